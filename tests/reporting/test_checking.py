"""The record is verified as a thing of its own: whoever owns it can't silence it unnoticed."""

import pytest
import sqlalchemy as sa

from services.reporting.mirror import CheckedCopy, check_strangers
from services.reporting.mirror.stations import Stations
from shared.envelope import Row, row_of
from shared.log.merkle import leaf_hash
from shared.log.verification import Findings, Kind, lenient_text
from tests.reporting.speech import about, withdrawn
from tests.reporting.world import Record

LOG = "411603/intake"
SIZE = 2_100
"""Two full stations and an edge."""
Found = list[tuple[int | None, Kind]]


@pytest.fixture
def kept(record: Record) -> Record:
    for number in range(SIZE):
        record.logs["intake"].say(withdrawn(number), f"application/case-{number}", about(number))
    record.settle()
    return record


def attack(record: Record, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    def work(conn: sa.Connection) -> None:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for name in conn.exec_driver_sql(names).scalars().all():
            conn.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            sql, values = (statement, ()) if isinstance(statement, str) else statement
            conn.exec_driver_sql(sql, values)

    record.database.write(work)


def check(record: Record, source: list[bytes] | None = None) -> tuple[Findings, list[bytes | None]]:
    """What is found, and what the copy vouches for, beside a source with these bodies."""
    bodies = record.logs["intake"].bodies if source is None else source
    findings = Findings()
    with record.database.read() as conn, lenient_text(conn):
        copy = CheckedCopy(conn, LOG, findings)
        vouched = [copy.leaf(p, leaf_hash(body), _row(body)) for p, body in enumerate(bodies)]
        copy.close(len(bodies))
    return findings, vouched


def _row(body: bytes) -> Row | None:
    """As the source's verification derives it, which a body that is no fact hasn't."""
    return row_of(body) if body != b"{}" else None


def found(record: Record, source: list[bytes] | None = None) -> Found:
    return [(f.position, f.kind) for f in check(record, source)[0].sorted()]


def test_a_true_copy_vouches_for_every_fact(kept: Record) -> None:
    """Nothing is found, and each leaf is the source's."""
    findings, vouched = check(kept)
    assert ((), ()) == (findings.sorted(), findings.all_warnings())
    assert [leaf_hash(body) for body in kept.logs["intake"].bodies] == vouched


def test_a_copy_that_is_behind_is_no_error(kept: Record) -> None:
    """Only a hint: following takes a moment."""
    longer = [*kept.logs["intake"].bodies, b"{}"]
    findings, vouched = check(kept, longer)
    assert ((), ("监督记录还落后 1 条",)) == (findings.sorted(), findings.all_warnings())
    assert vouched[-1] is None


@pytest.mark.parametrize("position", [0, 1, 1_023, 1_024, 2_047, 2_098, 2_099])
def test_a_deleted_row_is_missed_at_its_place(kept: Record, position: int) -> None:
    """First, middle and last, at stations and beside them, with its persons or without."""
    attack(kept, f"DELETE FROM mirror_fact WHERE position = {position}")
    assert (position, Kind.RECORD_MISSING) == found(kept)[0]
    attack(kept, f"DELETE FROM mirror_person WHERE position = {position}")
    assert (position, Kind.RECORD_MISSING) == found(kept)[0]


def test_a_record_without_any_row_is_missed_from_the_first_on(kept: Record) -> None:
    """Silence of the whole log; with everything about it gone, it isn't known to have spoken."""
    attack(kept, f"DELETE FROM mirror_fact WHERE log = '{LOG}'")
    first = found(kept)
    assert (0, Kind.RECORD_MISSING) == first[0]
    assert (None, Kind.RECORD_INCOMPLETE) in first
    attack(kept, f"DELETE FROM follow_cursor WHERE log = '{LOG}'")
    assert (None, Kind.RECORD_ROOT_DIFFERS) in found(kept)
    attack(kept, "DELETE FROM mirror_frontier", "DELETE FROM mirror_person")
    assert f"监督记录还落后 {SIZE} 条" in check(kept)[0].all_warnings()
    attack(kept, f"INSERT INTO mirror_checkpoint VALUES ('{LOG}', 5, x'00', 'n', 1)")
    assert [(None, Kind.RECORD_INCOMPLETE)] == found(kept)


@pytest.mark.parametrize("column", ["stream", "name", "at", "officer", "journey", "household",
                                    "township", "village"])  # fmt: skip
@pytest.mark.parametrize("value", ["'x'", "CAST(x'ff' AS TEXT)", "x'00'"])
def test_an_edited_column_is_named(kept: Record, column: str, value: str) -> None:
    """What the timeline is searched by says what the body says."""
    attack(kept, f"UPDATE mirror_fact SET {column} = {value} WHERE position = 1500")
    findings = check(kept)[0].sorted()
    assert [(1_500, Kind.RECORD_COLUMN_EDITED)] == [(f.position, f.kind) for f in findings]
    assert LOG in findings[0].sentence
    assert column in findings[0].sentence


def test_an_edited_version_is_named(kept: Record) -> None:
    """A number, too."""
    attack(kept, "UPDATE mirror_fact SET version = 7 WHERE position = 1500")
    assert [(1_500, Kind.RECORD_COLUMN_EDITED)] == found(kept)


@pytest.mark.parametrize("leaf", [bytes(32), b"", "text", 2**62])
def test_an_edited_leaf_is_named(kept: Record, leaf: object) -> None:
    """The body proves itself by the kept roots."""
    attack(kept, ("UPDATE mirror_fact SET leaf = ? WHERE position = 1500", (leaf,)))
    assert [(1_500, Kind.RECORD_EDITED)] == found(kept)


@pytest.mark.parametrize("body", [b"", "abc", 2**62, b"[]", b"[" * 60_000, b"{}", b"x" * 70_000])
def test_a_body_that_is_none_is_named_and_nothing_is_made_of_it(kept: Record, body: object) -> None:
    """Of whatever type; a number isn't an order for so many bytes."""
    attack(kept, ("UPDATE mirror_fact SET body = ? WHERE position = 1500", (body,)))
    assert (1_500, Kind.RECORD_EDITED) == found(kept)[0]


def test_a_body_edited_with_its_leaf_is_named_by_the_source(kept: Record) -> None:
    """By itself the copy only knows between which stations; the source knows where."""
    body = kept.logs["intake"].bodies[1_500].replace(b"case-1500", b"case-9999")
    update = "UPDATE mirror_fact SET body = ?, leaf = ? WHERE position = 1500"
    attack(kept, (update, (body, leaf_hash(body))))
    first = found(kept)
    assert (1_500, Kind.RECORD_EDITED) in first
    assert (None, Kind.RECORD_ROOT_DIFFERS) in first


def test_a_rewritten_source_meets_a_witness(kept: Record) -> None:
    """The copy is right by its own roots, and says what it knows."""
    honest = [leaf_hash(body) for body in kept.logs["intake"].bodies]
    rewritten = [*kept.logs["intake"].bodies]
    rewritten[1_500] = rewritten[1_501]
    findings, vouched = check(kept, rewritten)
    assert () == findings.sorted()
    assert honest == vouched


def test_a_source_that_lost_its_end_is_told(kept: Record) -> None:
    """And what the copy holds beyond it is checked all the same."""
    attack(kept, "UPDATE mirror_fact SET officer = 'x' WHERE position = 2050")
    assert [(2_050, Kind.RECORD_COLUMN_EDITED), (None, Kind.RECORD_INCOMPLETE)] == found(
        kept, kept.logs["intake"].bodies[:900]
    )


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("DELETE FROM mirror_person WHERE position = 1500", 1_500),
        ("UPDATE mirror_person SET person = 'p-x' WHERE position = 1500", 1_500),
        ("UPDATE mirror_person SET person = x'ff' WHERE position = 1500", 1_500),
        (f"INSERT INTO mirror_person VALUES ('p-x', '{LOG}', 1500)", 1_500),
        (f"INSERT INTO mirror_person VALUES ('p-x', '{LOG}', 2100)", 2_100),
        (f"INSERT INTO mirror_person VALUES ('p-x', '{LOG}', -1)", -1),
        (f"INSERT INTO mirror_person VALUES ('p-x', '{LOG}', 'abc')", None),
        (f"INSERT INTO mirror_person VALUES ('p-x', '{LOG}', x'ff')", None),
    ],
)
def test_an_edited_index_of_persons_is_named(
    kept: Record, statement: str, position: int | None
) -> None:
    """`yingbao log --person` finds what concerns a person, no less and no more."""
    attack(kept, statement)
    assert [(position, Kind.RECORD_PERSON_INDEX_EDITED)] == found(kept)


COPY_OF_7 = (
    "INSERT INTO mirror_fact SELECT log, {}, stream, version, name, at, officer, journey, "
    "household, township, village, body, leaf FROM mirror_fact WHERE position = 7"
)


@pytest.mark.parametrize(
    ("value", "position"), [("2100", 2_100), ("-1", -1), ("2.5", None), ("'abc'", None)]
)
def test_a_row_too_many_is_named(kept: Record, value: str, position: int | None) -> None:
    """Beyond the end, before the beginning, between two positions, and nowhere."""
    attack(kept, COPY_OF_7.format(value))
    assert (position, Kind.RECORD_INSERTED) in found(kept)


def test_a_table_made_anew_holds_nothing_unseen(kept: Record) -> None:
    """Without keys a position may be NULL or lie there twice."""
    attack(
        kept,
        "ALTER TABLE mirror_fact RENAME TO gone",
        "CREATE TABLE mirror_fact AS SELECT * FROM gone",
        COPY_OF_7.format("position"),
        "UPDATE mirror_fact SET position = NULL WHERE position = 1500",
    )
    expected = [
        (7, Kind.RECORD_INSERTED),
        (1_500, Kind.RECORD_MISSING),
        (None, Kind.RECORD_INSERTED),
    ]
    assert expected == found(kept)[:3]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mirror_frontier SET peaks = zeroblob(32) WHERE size = 1024",
        "UPDATE mirror_frontier SET peaks = 4611686018427387904 WHERE size = 1024",
        "UPDATE mirror_frontier SET peaks = x'00' WHERE size = 2100",
        "DELETE FROM mirror_frontier WHERE size = 2048",
        "DELETE FROM mirror_frontier WHERE size = 2100",
        f"INSERT INTO mirror_frontier VALUES ('{LOG}', 500, zeroblob(192))",
        f"INSERT INTO mirror_frontier VALUES ('{LOG}', 3000, x'')",
        f"INSERT INTO mirror_frontier VALUES ('{LOG}', 0, x'')",
        f"INSERT INTO mirror_frontier VALUES ('{LOG}', 'abc', x'')",
    ],
)
def test_an_edited_frontier_is_named(kept: Record, statement: str) -> None:
    """Comparing with the sources rests on them."""
    attack(kept, statement)
    assert {(None, Kind.RECORD_ROOT_DIFFERS)} == set(found(kept))


@pytest.mark.parametrize("cursor", ["9223372036854775806", "5000", "2000", "'abc'", "-5"])
def test_an_edited_cursor_is_named(kept: Record, cursor: str) -> None:
    """And a huge one keeps nobody busy."""
    attack(kept, f"UPDATE follow_cursor SET position = {cursor} WHERE log = '{LOG}'")
    assert (None, Kind.RECORD_INCOMPLETE) in found(kept)


def test_a_damaged_table_is_a_finding(kept: Record) -> None:
    """The source is then verified without its copy."""
    attack(kept, "ALTER TABLE mirror_fact DROP COLUMN village")
    assert [(None, Kind.UNREADABLE)] == found(kept)


def test_nothing_lies_under_a_strange_name(kept: Record) -> None:
    """What belongs to no followed log would still be shown by the timeline."""
    attack(
        kept,
        "UPDATE mirror_fact SET log = '411603/other' WHERE position = 2099",
        "INSERT INTO mirror_frontier VALUES (x'ff', 1, x'')",
    )
    findings = Findings()
    with kept.database.read() as conn, lenient_text(conn):
        check_strangers(conn, frozenset(kept.service.definition.follows) | {LOG}, findings)
    assert [Kind.RECORD_INSERTED] * 2 == [f.kind for f in findings.sorted()]


def test_a_page_is_proven_as_far_as_its_frontiers_agree(kept: Record) -> None:
    """And growing goes on from the kept one behind it."""
    leaves = dict(enumerate(leaf_hash(body) for body in kept.logs["intake"].bodies))
    leaves[5] = bytes(32)
    findings = Findings()
    with kept.database.read() as conn:
        stations = Stations(conn, LOG, findings)
        pages = [(0, 1_024), (1_024, 2_048), (2_048, SIZE)]
        assert [0, 2_048, SIZE] == [stations.prove(*page, leaves) for page in pages]
    assert 1 == len(findings.sorted())
