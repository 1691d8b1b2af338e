"""A source's signed checkpoint is held against the copy, and a difference is loud and kept."""

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from structlog.testing import capture_logs

from services.reporting.mirror import Comparison, CopyDamaged, compare_checkpoint
from services.reporting.refusals import CheckpointUnsigned
from shared.log.note import NoteError, Signer
from tests.reporting.speech import about, withdrawn
from tests.reporting.world import Record, SpokenLog

LOG = "411603/intake"
SIGNER = Signer(LOG, Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
OTHER = Signer(LOG, Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))


def speak(log: SpokenLog, count: int) -> None:
    for number in range(count):
        log.say(withdrawn(number), f"application/case-{number}", about(number))


def compare(record: Record, note: str, log: str = LOG) -> Comparison | None:
    return record.database.write(lambda conn: compare_checkpoint(conn, log, note, SIGNER.verifier))


def stored(record: Record) -> list[tuple[int, bool]]:
    with record.database.read() as conn:
        rows = conn.execute(sa.text("SELECT size, holds FROM mirror_checkpoint ORDER BY size"))
        return [(row.size, bool(row.holds)) for row in rows]


def test_a_true_copy_holds_at_every_size_that_was_signed(record: Record) -> None:
    """At the edge, within the first station, at a station and past it, and when empty."""
    source = record.logs["intake"]
    speak(source, 2_100)
    record.settle()
    sizes = [0, 1, 700, 1_023, 1_024, 1_025, 2_047, 2_048, 2_099, 2_100]

    found = [compare(record, source.note(SIGNER, size)) for size in sizes]

    assert [(size, True) for size in sizes] == [(c.size, c.holds) for c in found if c is not None]
    assert all(c is not None and c.root_here == c.root_there for c in found)
    assert [(size, True) for size in sizes] == stored(record)


def test_a_rewritten_source_is_told_loudly_and_kept(record: Record) -> None:
    """Same size, another root: an error in the log, a row that says so, both roots in hand."""
    source = record.logs["intake"]
    speak(source, 10)
    record.settle()
    honest = source.note(SIGNER)
    source.bodies[4] = source.bodies[4].replace(b"case-4", b"case-5")
    forged = source.note(SIGNER)

    assert compare(record, honest) is not None
    with capture_logs() as told:
        found = compare(record, forged)

    assert found is not None
    assert (10, False) == (found.size, found.holds)
    assert [("copy_differs_from_source", "error", LOG, 10)] == [
        (one["event"], one["log_level"], one["log"], one["size"]) for one in told
    ]
    assert sorted([(10, True), (10, False)]) == sorted(stored(record))


def test_a_copy_that_is_still_shorter_is_not_compared(record: Record) -> None:
    """Nothing is known yet: follow first."""
    source = record.logs["intake"]
    speak(source, 5)
    record.settle()
    speak(source, 1)

    assert compare(record, source.note(SIGNER)) is None
    assert [] == stored(record)


def test_the_same_checkpoint_again_is_kept_once(record: Record) -> None:
    """Comparing is repeatable."""
    speak(record.logs["intake"], 3)
    record.settle()
    note = record.logs["intake"].note(SIGNER)

    assert compare(record, note) == compare(record, note)
    assert [(3, True)] == stored(record)


def test_a_note_that_proves_nothing_is_refused(record: Record) -> None:
    """Another key's, another log's, or no note at all; nothing is kept."""
    speak(record.logs["intake"], 3)
    record.settle()
    source = record.logs["intake"]

    with pytest.raises(CheckpointUnsigned):
        compare(record, source.note(OTHER))
    with pytest.raises(CheckpointUnsigned):
        compare(record, source.note(SIGNER), log="411603/review")
    with pytest.raises(NoteError):
        compare(record, "411603/intake\n3\n")
    assert [] == stored(record)


def test_a_hole_in_the_copy_itself_is_told_by_name(record: Record) -> None:
    """Whoever removes the triggers and a fact makes the comparison fail, not pass."""
    speak(record.logs["intake"], 20)
    record.settle()

    def attack(conn: sa.Connection) -> None:
        conn.exec_driver_sql("DROP TRIGGER mirror_fact_no_delete")
        conn.exec_driver_sql("DELETE FROM mirror_fact WHERE position = 7")

    record.database.write(attack)
    with pytest.raises(CopyDamaged, match="7 is missing"):
        compare(record, record.logs["intake"].note(SIGNER, 15))


@pytest.mark.parametrize("position", [0, 7, 1_999])
def test_a_fact_deleted_long_before_the_last_station_is_missed(
    record: Record, position: int
) -> None:
    """Comparing starts from a kept frontier; the facts before it are counted."""
    speak(record.logs["intake"], 2_100)
    record.settle()

    def attack(conn: sa.Connection) -> None:
        conn.exec_driver_sql("DROP TRIGGER mirror_fact_no_delete")
        conn.exec_driver_sql(f"DELETE FROM mirror_fact WHERE position = {position}")

    record.database.write(attack)
    with pytest.raises(CopyDamaged, match="2099 facts"):
        compare(record, record.logs["intake"].note(SIGNER))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE mirror_frontier SET peaks = 9223372036854775807", "no frontier"),
        ("UPDATE mirror_fact SET leaf = 9223372036854775807 WHERE position = 3", "leaf of 3"),
    ],
)
def test_what_is_no_hash_is_told_and_nothing_is_made_of_it(
    record: Record, statement: str, told: str
) -> None:
    """A number in the place of bytes isn't an order for so many bytes."""
    speak(record.logs["intake"], 20)
    record.settle()

    def attack(conn: sa.Connection) -> None:
        conn.exec_driver_sql("DROP TRIGGER mirror_fact_no_update")
        conn.exec_driver_sql(statement)

    record.database.write(attack)
    with pytest.raises(CopyDamaged, match=told):
        compare(record, record.logs["intake"].note(SIGNER, 15))
