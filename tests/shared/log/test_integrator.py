"""A log is signed as it grows, and only as it grows."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log import store
from shared.log.growth import STEP_MAX, NotConsistent
from shared.log.integrator import Integrator
from shared.log.note import Checkpoint, Note
from shared.log.proof import consistency_proof, root_at, verify_consistency
from shared.log.signer_record import SignerRecord
from shared.log.tiles import node_reader
from tests.shared.log.naive_tree import NaiveTree
from tests.shared.log.samples import signer_named
from tests.shared.log.site_log import NAME, START, SiteLog, fact


def checkpoints(site: SiteLog) -> list[int]:
    with site.database.read() as conn:
        return list(conn.exec_driver_sql("SELECT size FROM checkpoint ORDER BY size").scalars())


def root_of(count: int) -> bytes:
    return NaiveTree([fact(n).body for n in range(count)]).mth(0, count)


def test_an_empty_log_is_not_signed(site: SiteLog) -> None:
    """There is nothing to say."""
    assert site.integrator.step() is None
    assert [] == checkpoints(site)


def test_a_step_signs_the_root_of_all_facts_with_the_logs_key_and_the_sites_time(
    site: SiteLog,
) -> None:
    """The note is checked by keys alone; the root by an independent tree."""
    site.append([fact(n) for n in range(300)])
    signed = site.integrator.step()
    note = site.newest_note()
    assert Checkpoint(NAME, 300, root_of(300)) == signed == note.checkpoint
    assert note.signed_by(site.signer.verifier)
    assert int(START.timestamp()) == note.cosigned_at(site.cosigner.verifier)


def test_with_all_signed_a_step_does_nothing(site: SiteLog) -> None:
    """An idle log doesn't grow by checkpoints."""
    site.grow(5)
    assert site.integrator.step() is None
    assert [5] == checkpoints(site)


@pytest.mark.parametrize("first", [1, 255, 256, 257, 511, 599])
@pytest.mark.parametrize("restart", [False, True])
def test_two_steps_come_to_the_root_of_one(site: SiteLog, first: int, *, restart: bool) -> None:
    """Also with a restart between them, and the second extends the first provably."""
    site.grow(first)
    before = site.newest_note().checkpoint
    if restart:
        site.integrator = site.new_integrator()
    site.grow(600 - first)
    after = site.newest_note().checkpoint
    assert root_of(600) == after.root
    with site.database.read() as conn:
        reader = node_reader(conn, 600)
        assert root_at(reader, first) == before.root
        proof = consistency_proof(reader, first, 600)
    assert verify_consistency(first, before.root, 600, after.root, proof)


def test_a_step_takes_so_many_facts_and_the_next_the_rest(site: SiteLog) -> None:
    """Memory stays flat after an import of thousands."""
    site.append([fact(n) for n in range(STEP_MAX + 10)])
    sizes = [checkpoint.size for checkpoint in iter(site.integrator.step, None) if checkpoint]
    assert [STEP_MAX, STEP_MAX + 10] == sizes
    assert site.verify().ok


class Cut(Exception):
    """The power goes."""


def crash_before_storing(site: SiteLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_work: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(site.database, "write", fail)
        with pytest.raises(Cut):
            site.integrator.step()


@pytest.mark.parametrize("more", [0, 7])
@pytest.mark.parametrize("restart", [False, True])
def test_a_crash_between_record_and_database_is_made_good(
    site: SiteLog, monkeypatch: pytest.MonkeyPatch, more: int, *, restart: bool
) -> None:
    """What was signed and not stored is stored word for word, and what came since is signed."""
    site.grow(250)
    site.append([fact(n) for n in range(250, 300)])
    crash_before_storing(site, monkeypatch)
    record = SignerRecord.load(site.state_file)
    assert record is not None
    assert ([250], 300, 250, 2) == (checkpoints(site), record.size, record.previous, record.count)
    report = site.verify()
    assert (True, 1) == (report.ok, len(report.warnings))
    if restart:
        site.integrator = site.new_integrator()
    site.append([fact(n) for n in range(300, 300 + more)])
    site.clock.set(START + timedelta(days=1))
    assert Checkpoint(NAME, 300, root_of(300)) == site.integrator.step()
    assert record.note == site.newest_note().encode()
    later = Checkpoint(NAME, 300 + more, root_of(300 + more)) if more else None
    assert later == site.integrator.step()
    assert [250, 300, *([307] if more else [])] == checkpoints(site)
    assert site.verify().ok


def test_a_deleted_newest_checkpoint_comes_back_as_it_was_signed(site: SiteLog) -> None:
    """The proven time of its facts doesn't move."""
    site.grow(250, 50)
    note = site.newest_note()
    site.attack("DELETE FROM checkpoint WHERE size = 300")
    site.clock.set(START + timedelta(days=1))
    site.integrator = site.new_integrator()
    assert note.checkpoint == site.integrator.step()
    assert note == site.newest_note()
    assert site.verify().ok


def test_a_record_that_others_signed_is_not_stored(site: SiteLog) -> None:
    """Whoever plants a record can't have it taken for this key's word."""
    site.grow(5)
    record = SignerRecord.load(site.state_file)
    assert record is not None
    site.append([fact(5)])
    checkpoint = Checkpoint(NAME, 6, root_of(6))
    other = signer_named(NAME, seed=9)
    record.then(Note(checkpoint, (other.sign(checkpoint),))).save(site.state_file)
    refuses(site, restart=True, why="不是用本日志的密钥")


def test_an_exchanged_newest_note_is_not_signed_over(site: SiteLog) -> None:
    """Same size, same root, another time."""
    site.grow(5)
    checkpoint = site.newest_note().checkpoint
    lines = (site.signer.sign(checkpoint), site.cosigner.cosign(checkpoint, 1))
    note = Note(checkpoint, lines).encode()
    site.attack(("UPDATE checkpoint SET note = ?", (note,)))
    site.append([fact(5)])
    refuses(site, restart=True, why="签名文本")


def test_a_fact_changed_in_that_gap_is_not_signed(
    site: SiteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record holds what was signed, though the database never got it."""
    site.grow(250)
    site.append([fact(n) for n in range(250, 300)])
    crash_before_storing(site, monkeypatch)
    site.replace(270, fact(270, text="乙"))
    with pytest.raises(NotConsistent, match="改写"):
        site.new_integrator().step()


def refuses(site: SiteLog, *, restart: bool, why: str) -> None:
    record = site.state_file.read_bytes()
    before = checkpoints(site)
    if restart:
        site.integrator = site.new_integrator()
    for _ in range(2):  # and goes on refusing
        with pytest.raises(NotConsistent, match=why):
            site.integrator.step()
    assert (record, before) == (site.state_file.read_bytes(), checkpoints(site))


def test_a_rewritten_fact_is_not_signed_over_after_a_restart(site: SiteLog) -> None:
    """Leaf and tile fit each other, but not what was signed."""
    site.grow(100)
    site.replace(50, fact(50, text="乙"))
    site.append([fact(100)])
    refuses(site, restart=True, why="改写")


@pytest.mark.parametrize("restart", [False, True])
def test_a_shorter_log_is_not_signed(site: SiteLog, *, restart: bool) -> None:
    """The size never regresses."""
    site.grow(100)
    site.attack("DELETE FROM fact WHERE position >= 90", "DELETE FROM checkpoint")
    refuses(site, restart=restart, why="90 条")


@pytest.mark.parametrize("restart", [False, True])
def test_a_restored_backup_is_not_signed(site: SiteLog, *, restart: bool) -> None:
    """Even once it has grown beyond the size that was signed."""
    site.grow(50, 25, 25)
    site.attack(
        "DELETE FROM checkpoint WHERE size > 50",
        "DELETE FROM fact WHERE position >= 50",
        "DELETE FROM fact_person WHERE position >= 50",
    )
    site.append([fact(n, text="乙") for n in range(50, 200)])
    refuses(site, restart=restart, why="签名人记得")


@pytest.mark.parametrize("restart", [False, True])
def test_a_rebuilt_log_is_not_signed(site: SiteLog, *, restart: bool) -> None:
    """Rebuilt with the stolen key, larger than before."""
    site.grow(50, 50)
    rows = [fact(n, text="乙") for n in range(120)]
    site.rebuild(rows, [50, 100, 110], site.signer)
    refuses(site, restart=restart, why="签名人记得 100")
    site.attack("DELETE FROM checkpoint WHERE size > 100")
    site.append(rows[110:])
    refuses(site, restart=True, why="签名文本")


def test_without_its_record_a_signer_does_not_sign_a_log_that_was_signed(site: SiteLog) -> None:
    """Otherwise taking the record away would be enough."""
    site.grow(10)
    site.append([fact(10)])
    site.state_file.unlink()
    with pytest.raises(NotConsistent, match="签名人记得 0"):
        site.new_integrator().step()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"note": "", "previous": 0, "count": 0, "chain": ""}',
        '{"note": "n\\n0\\n", "previous": -1, "count": 1, "chain": "00"}',
    ],
)
def test_an_unreadable_record_is_refused(site: SiteLog, content: str) -> None:
    """A damaged record isn't taken for none."""
    site.append([fact(0)])
    site.state_file.write_text(content)
    refuses(site, restart=False, why="已损坏")


def test_the_record_of_another_log_is_refused(site: SiteLog) -> None:
    """Two services' records can't be mixed up."""
    site.append([fact(0)])
    checkpoint = Checkpoint("411603/intake", 1, root_of(1))
    note = Note(checkpoint, (signer_named("411603/intake").sign(checkpoint),))
    SignerRecord.empty("411603/intake").then(note).save(site.state_file)
    refuses(site, restart=False, why="411603/intake")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM fact WHERE position = 12",
        "UPDATE fact SET leaf = x'00' WHERE position = 12",
        "UPDATE fact SET position = 20 WHERE position = 12",
    ],
)
def test_a_gap_is_not_signed(site: SiteLog, statement: str) -> None:
    """Positions are dense, or nothing is signed."""
    site.grow(10)
    site.append([fact(n) for n in range(10, 15)])
    site.attack(statement)
    refuses(site, restart=False, why="位置 12")


def test_a_missing_tile_is_not_signed_over(site: SiteLog) -> None:
    """After a restart the edge must come out of the tiles whole."""
    site.grow(300)
    site.append([fact(300)])
    site.attack("DELETE FROM merkle_tile", "UPDATE fact SET leaf = x'00' WHERE position = 299")
    refuses(site, restart=True, why="树块")


def test_a_clock_that_steps_back_does_not_take_the_signed_time_along(site: SiteLog) -> None:
    """Also after a restart: the time lies in the record."""
    site.grow(5)
    later = int(site.clock.now().timestamp())
    site.clock.set(START - timedelta(days=1))
    site.integrator = site.new_integrator()
    site.append([fact(5)])
    site.integrator.step()
    assert later == site.newest_note().cosigned_at(site.cosigner.verifier)


def test_a_log_may_be_signed_without_the_sites_cosignature(site: SiteLog) -> None:
    """Then it has one line."""
    site.append([fact(0)])
    Integrator(NAME, site.database, site.signer, None, site.clock, site.state_file).step()
    assert 1 == len(site.newest_note().lines)
    assert site.newest_note().signed_by(site.signer.verifier)


def test_on_sqlite_the_sites_lock_file_has_decided_who_leads(site: SiteLog) -> None:
    """There is one process, so it leads."""
    assert site.integrator.lead()
    site.integrator.release()
    assert site.integrator.lead()


def test_a_checkpoint_once_stored_is_never_written_again(site: SiteLog) -> None:
    """The table refuses it, replacing included."""
    site.grow(5)

    def again(conn: Connection) -> None:
        conn.exec_driver_sql("INSERT OR REPLACE INTO checkpoint VALUES (5, x'', x'', '')")

    with pytest.raises(sa.exc.IntegrityError, match="checkpoint"):
        site.database.write(again)
    with site.database.read() as conn:
        assert 5 == store.size(conn)
