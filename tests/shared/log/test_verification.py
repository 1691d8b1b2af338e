"""Whoever owns the database can do everything to it, but not unnoticed."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from shared.log.merkle import leaf_hash
from shared.log.note import Note
from shared.log.verification import Kind, Report
from tests.shared.log.samples import signer_named
from tests.shared.log.site_log import NAME, START, SiteLog, fact

SIZES = (3, 300, 560, 600)
"""Checkpoints within, across and beyond tiles; position 599 is the last that is signed."""


@pytest.fixture
def grown(site: SiteLog) -> SiteLog:
    site.grow(3, 297, 260, 40)
    return site


def first(report: Report) -> tuple[int | None, Kind]:
    assert not report.ok
    return report.findings[0].position, report.findings[0].kind


def kinds(report: Report) -> set[Kind]:
    return {finding.kind for finding in report.findings}


def test_an_untouched_log_holds(grown: SiteLog) -> None:
    """Nothing is found, by any of the witnesses, and the root is the signed one."""
    report = grown.verify(mirror=grown.mirror, handed=[grown.newest_note()])
    assert (True, (), ()) == (report.ok, report.findings, report.warnings)
    assert (600, 0, 4) == (report.size, report.unsigned_count, report.checkpoint_count)
    assert grown.newest_note().checkpoint.root == report.root


def test_an_empty_log_holds(site: SiteLog) -> None:
    """Before the first fact there is nothing to find."""
    report = site.verify(mirror=site.mirror)
    assert (True, 0, 0) == (report.ok, report.size, report.checkpoint_count)


def test_facts_not_signed_yet_are_a_number_and_no_error(grown: SiteLog) -> None:
    """A log is verified while it is written to."""
    grown.append([fact(n) for n in range(600, 605)])
    report = grown.verify(mirror=grown.mirror)
    assert (True, 605, 5) == (report.ok, report.size, report.unsigned_count)


def test_progress_is_told_up_to_the_end(site: SiteLog) -> None:
    """Whoever waits sees how far it is."""
    site.grow(1_500)
    told: list[int] = []
    site.verify(progress=told.append)
    assert [1_024, 1_500] == told


@pytest.mark.parametrize("position", [0, 2, 3, 255, 256, 599])
def test_an_edited_body_is_named(grown: SiteLog, position: int) -> None:
    """At the edges of checkpoints and tiles as within them."""
    body = fact(position, text="乙").body
    grown.attack(("UPDATE fact SET body = ? WHERE position = ?", (body, position)))
    assert (position, Kind.BODY_EDITED) == first(grown.verify())


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[" * 60_000, "text", 7, b"\xff"])
def test_a_broken_body_is_a_finding_and_no_crash(grown: SiteLog, body: object) -> None:
    """Whatever lies in the column, of whatever type."""
    grown.attack(("UPDATE fact SET body = ? WHERE position = 5", (body,)))
    assert (5, Kind.BODY_EDITED) == first(grown.verify())


@pytest.mark.parametrize(
    "body", [b"not JSON", b"[" * 60_000, b"[]", b'{"log":1}', b'{"n":1e999}', b"\xff"]
)
def test_a_leaf_over_bytes_that_are_no_fact_is_not_canonical(site: SiteLog, body: bytes) -> None:
    """Even when the leaf was made to fit before anything was signed."""
    site.append([fact(n) for n in range(3)])
    values = (body, leaf_hash(body))
    site.attack(("UPDATE fact SET body = ?, leaf = ? WHERE position = 1", values))
    site.integrator.step()
    assert (1, Kind.NOT_CANONICAL) == first(site.verify())


def test_a_body_in_another_spelling_is_not_canonical(site: SiteLog) -> None:
    """One fact has one row of bytes: a space more is another."""
    site.append([fact(n) for n in range(3)])
    body = fact(1).body.replace(b'"about":', b'"about": ')
    values = (body, leaf_hash(body))
    site.attack(("UPDATE fact SET body = ?, leaf = ? WHERE position = 1", values))
    assert (1, Kind.NOT_CANONICAL) == first(site.verify())


@pytest.mark.parametrize("leaf", [bytes(32), b"", "text", 7])
def test_an_edited_leaf_is_named(grown: SiteLog, leaf: object) -> None:
    """The body proves itself by the checkpoints' lists."""
    grown.attack(("UPDATE fact SET leaf = ? WHERE position = 400", (leaf,)))
    assert (400, Kind.LEAF_EDITED) == first(grown.verify())


@pytest.mark.parametrize("position", [1, 299, 300, 590])
def test_a_fact_replaced_whole_is_named(grown: SiteLog, position: int) -> None:
    """Body, leaf and columns all fit one another, but it isn't what was signed."""
    grown.replace(position, fact(position, text="乙"))
    assert (position, Kind.FACT_REPLACED) == first(grown.verify())


def test_a_fact_replaced_in_the_checkpoint_too_is_named_by_its_tile(grown: SiteLog) -> None:
    """The signed root tells which of the two lists is true."""
    row = fact(100, text="乙")
    grown.replace(100, row)
    patched_leaves(grown, 300, 100 - 3, row.leaf)
    assert (100, Kind.FACT_REPLACED) == first(grown.verify())


def test_a_fact_replaced_in_every_list_is_named_by_the_copy(grown: SiteLog) -> None:
    """All lists in the database agree; the signed root and the copy in another house don't."""
    row = fact(100, text="乙")
    grown.replace(100, row)
    patched_leaves(grown, 300, 100 - 3, row.leaf)
    patched_tile(grown, 100, row.leaf)
    assert (100, Kind.REBUILT) == first(grown.verify(mirror=grown.mirror))
    alone = grown.verify()
    assert (None, Kind.REBUILT) == first(alone)
    assert "位置 3 至 299" in alone.findings[0].sentence


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("officer", "o-2"),
        ("household", None),
        ("township", "411603103"),
        ("id", "fact-x"),
        ("at", "2024-03-02T01:00:00.000000Z"),
        ("stream", "case/x"),
        ("name", b"\x00\xff"),
        ("village", "村"),
    ],
)
def test_an_edited_column_is_named(grown: SiteLog, column: str, value: object) -> None:
    """What an inspector searches by is derived again from the body."""
    grown.attack((f"UPDATE fact SET {column} = ? WHERE position = 42", (value,)))
    report = grown.verify()
    assert (42, Kind.COLUMN_EDITED) == first(report)
    assert column in report.findings[0].sentence


def test_text_that_is_no_text_is_a_finding_and_no_crash(grown: SiteLog) -> None:
    """SQLite keeps any bytes as text."""
    grown.attack("UPDATE fact SET journey = CAST(x'ff41' AS TEXT) WHERE position = 42")
    assert (42, Kind.COLUMN_EDITED) == first(grown.verify())


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("DELETE FROM fact_person WHERE position = 77", 77),
        ("UPDATE fact_person SET person = 'p-x' WHERE position = 77", 77),
        ("INSERT INTO fact_person VALUES ('p-x', 599)", 599),
        ("INSERT INTO fact_person VALUES ('p-x', -5)", -5),
        ("INSERT INTO fact_person VALUES ('p-x', 600)", 600),
        ("INSERT INTO fact_person VALUES ('p-x', 9223372036854775807)", 2**63 - 1),
        ("INSERT INTO fact_person VALUES ('p-x', 2.5)", None),
        ("INSERT INTO fact_person VALUES ('p-x', 'abc')", None),
        ("INSERT INTO fact_person VALUES ('p-x', x'00')", None),
        ("UPDATE fact_person SET person = x'ff' WHERE position = 77", 77),
        ("INSERT INTO fact_person VALUES (x'ff', 77)", 77),
        ("INSERT INTO fact_person VALUES (CAST(x'ff' AS TEXT), 77)", 77),
    ],
)
def test_an_edited_index_of_persons_is_named(
    grown: SiteLog, statement: str, position: int | None
) -> None:
    """A person can't be hidden from the inspector, nor be given a fact that isn't theirs."""
    grown.attack(statement)
    assert (position, Kind.PERSON_INDEX_EDITED) == first(grown.verify())


@pytest.mark.parametrize("value", ["NULL", "x'ff'", "7"])
def test_an_index_of_persons_in_a_table_made_anew_is_named(grown: SiteLog, value: str) -> None:
    """Without types and keys everything may lie in it, a row twice, too."""
    grown.attack(
        "ALTER TABLE fact_person RENAME TO gone",
        "CREATE TABLE fact_person (person, position)",
        "INSERT INTO fact_person SELECT person, position FROM gone",
        f"UPDATE fact_person SET person = {value} WHERE position = 77",
        "INSERT INTO fact_person SELECT person, position FROM gone WHERE position = 500",
        "INSERT INTO fact_person VALUES ('p-x', NULL)",
    )
    found = [(f.position, f.kind) for f in grown.verify().findings]
    assert [(p, Kind.PERSON_INDEX_EDITED) for p in (77, 500, None)] == found


def test_missing_triggers_are_a_warning(grown: SiteLog) -> None:
    """One for each table; what the tables hold is proven without them."""

    def names(report: Report) -> list[str]:
        return [w.split()[1] for w in report.warnings if "缺少只增触发器" in w]

    assert [] == names(grown.verify())

    def gut(conn: Connection) -> None:
        conn.exec_driver_sql("DROP TRIGGER checkpoint_no_update")
        conn.exec_driver_sql("DROP TRIGGER fact_no_delete")
        conn.exec_driver_sql(
            "CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact BEGIN SELECT 1; END"
        )

    grown.database.write(gut)
    report = grown.verify()
    assert report.ok
    assert ["fact", "checkpoint"] == names(report)


@pytest.mark.parametrize("position", [0, 3, 256, 598])
def test_a_deleted_fact_is_named(grown: SiteLog, position: int) -> None:
    """A gap is the position of what is missing."""
    grown.attack(f"DELETE FROM fact WHERE position = {position}")
    assert (position, Kind.MISSING) == first(grown.verify())


def test_a_fact_taken_out_with_the_others_moved_up_is_named(grown: SiteLog) -> None:
    """Dense positions don't hide it: from there on every fact lies one place too early."""
    grown.attack(
        "DELETE FROM fact WHERE position = 50",
        "UPDATE fact SET position = -position WHERE position > 50",
        "UPDATE fact SET position = -position - 1 WHERE position < 0",
    )
    report = grown.verify()
    assert (50, Kind.MISSING) == first(report)
    assert (599, Kind.TRUNCATED) in [(f.position, f.kind) for f in report.findings]


def test_a_fact_put_in_with_the_others_moved_down_is_named(grown: SiteLog) -> None:
    """A thing that never happened can't be slipped in between."""
    row = fact(9_999)
    grown.attack(
        "UPDATE fact SET position = -position - 1 WHERE position >= 50",
        "UPDATE fact SET position = -position WHERE position < 0",
    )
    grown.replace(50, row)
    report = grown.verify()
    assert (50, Kind.INSERTED) == first(report)


@pytest.mark.parametrize(("one", "other"), [(10, 11), (1, 590), (300, 301)])
def test_two_swapped_facts_are_both_named(grown: SiteLog, one: int, other: int) -> None:
    """The order of things is part of what was signed."""
    grown.attack(
        f"UPDATE fact SET position = -1 WHERE position = {one}",
        f"UPDATE fact SET position = {one} WHERE position = {other}",
        f"UPDATE fact SET position = {other} WHERE position = -1",
    )
    report = grown.verify()
    assert (one, Kind.SWAPPED) == first(report)
    assert f"位置 {one} 与位置 {other}" in report.findings[0].sentence


@pytest.mark.parametrize("left", [599, 560, 559, 3, 0])
def test_deleted_last_facts_are_named(grown: SiteLog, left: int) -> None:
    """Cut at a checkpoint or within one, the stored checkpoints know more."""
    grown.attack(f"DELETE FROM fact WHERE position >= {left}")
    assert (left, Kind.TRUNCATED) == first(grown.verify(state_file=None))


@pytest.mark.parametrize("left", [599, 560, 300, 0])
def test_a_restored_old_backup_is_named(grown: SiteLog, left: int) -> None:
    """The database is in order by itself; whoever kept something newer sees the cut."""
    note = grown.newest_note()
    roll_back(grown, left)
    options: list[dict[str, Any]] = [
        {},
        {"state_file": None, "handed": [note]},
        {"state_file": None, "mirror": grown.mirror},
    ]
    for known in options:
        assert (left, Kind.TRUNCATED) == first(grown.verify(**known))


def test_a_restored_old_backup_is_not_seen_by_the_database_alone(grown: SiteLog) -> None:
    """Why checkpoints are kept elsewhere: with none of them at hand the rest holds."""
    roll_back(grown, 560)
    assert grown.verify(state_file=None).ok


def roll_back(site: SiteLog, size: int) -> None:
    site.attack(
        f"DELETE FROM fact WHERE position >= {size}",
        f"DELETE FROM fact_person WHERE position >= {size}",
        f"DELETE FROM checkpoint WHERE size > {size}",
        f"DELETE FROM merkle_tile WHERE (number + 1) * 256 > {size}",
    )


@pytest.mark.parametrize("position", [0, 255, 256, 511])
def test_an_edited_tile_is_named_by_the_fact_whose_proof_it_spoils(
    grown: SiteLog, position: int
) -> None:
    """The facts are right, and proofs from this tile would be wrong."""
    patched_tile(grown, position, bytes(32))
    assert (position, Kind.TILE_EDITED) == first(grown.verify())


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM merkle_tile WHERE number = 1",
        "UPDATE merkle_tile SET root = zeroblob(32) WHERE number = 0",
        "UPDATE merkle_tile SET hashes = 'text' WHERE number = 0",
        "INSERT INTO merkle_tile VALUES (0, 9, zeroblob(8192), zeroblob(32))",
    ],
)
def test_a_tile_lost_damaged_or_made_up_is_named(grown: SiteLog, statement: str) -> None:
    """Every full tile is there, whole, and no other."""
    grown.attack(statement)
    assert {Kind.TILE_EDITED} == kinds(grown.verify())


def test_an_edited_tile_above_is_named(site: SiteLog) -> None:
    """Each tile stands for those below it."""
    site.attack()
    site.grow(16_000, 16_000, 16_000, 16_000, 1_600)
    assert site.verify().ok
    site.attack("UPDATE merkle_tile SET hashes = zeroblob(8192) WHERE level = 1")
    assert [(None, Kind.TILE_EDITED)] == [(f.position, f.kind) for f in site.verify().findings]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE checkpoint SET root = zeroblob(32) WHERE size = 300", Kind.CHECKPOINT_EDITED),
        ("UPDATE checkpoint SET note = 'x' WHERE size = 300", Kind.CHECKPOINT_EDITED),
        ("UPDATE checkpoint SET note = x'ff' WHERE size = 300", Kind.CHECKPOINT_EDITED),
        ("UPDATE checkpoint SET leaves = x'' WHERE size = 300", Kind.CHECKPOINT_EDITED),
        ("UPDATE checkpoint SET leaves = 'x' WHERE size = 300", Kind.CHECKPOINT_EDITED),
        ("UPDATE checkpoint SET size = 301 WHERE size = 300", Kind.CHECKPOINT_EDITED),
        ("DELETE FROM checkpoint WHERE size = 300", Kind.CHECKPOINT_EDITED),
        ("DELETE FROM checkpoint", Kind.CHECKPOINT_EDITED),
        ("UPDATE checkpoint SET note = replace(note, '300', '301')", Kind.SIGNATURE_WRONG),
    ],
)
def test_an_edited_checkpoint_is_named(grown: SiteLog, statement: str, kind: Kind) -> None:
    """Its columns, its list and its signed text must belong together, and none be missing."""
    grown.attack(statement)
    assert {kind, Kind.CHECKPOINT_EDITED} == kinds(grown.verify())


def test_an_edited_list_of_a_checkpoint_is_named_by_position(grown: SiteLog) -> None:
    """The facts come to the signed root, so the list is what is wrong."""
    patched_leaves(grown, 300, 7, bytes(32))
    assert (10, Kind.CHECKPOINT_EDITED) == first(grown.verify())


def test_a_checkpoint_without_the_sites_time_is_named(grown: SiteLog) -> None:
    """The log's signature alone doesn't say when."""
    note = grown.newest_note()
    bare = Note(note.checkpoint, note.lines[:1]).encode()
    grown.attack(("UPDATE checkpoint SET note = ? WHERE size = 600", (bare,)))
    assert {Kind.SIGNATURE_WRONG} == kinds(grown.verify(state_file=None))
    assert {Kind.SIGNATURE_WRONG, Kind.CHECKPOINT_EDITED} == kinds(grown.verify())


def test_a_gap_or_a_turn_in_a_streams_versions_is_named(site: SiteLog) -> None:
    """Versions count 1, 2, 3 … in the order of positions, signed or not."""
    site.append([fact(0, "case/a"), fact(1, "case/a", 2), fact(2, "case/a", 3)])
    site.replace(1, fact(1, "case/b"))
    assert (2, Kind.VERSION_GAP) == first(site.verify())


def test_facts_of_a_stream_in_the_wrong_order_are_named(site: SiteLog) -> None:
    """Exchanged before anything was signed, only their versions tell."""
    site.append([fact(0, "case/a"), fact(1, "case/a", 2)])
    site.replace(0, fact(8))
    site.replace(1, fact(0, "case/a"))
    site.replace(0, fact(1, "case/a", 2))
    assert [(0, Kind.VERSION_GAP)] == [(f.position, f.kind) for f in site.verify().findings]


def test_a_fact_of_another_log_is_named(site: SiteLog) -> None:
    """A fact belongs to one log."""
    site.append([fact(0)])
    body = fact(0).body.replace(NAME.encode(), b"411603/intake")
    values = (body, leaf_hash(body))
    site.attack(("UPDATE fact SET body = ?, leaf = ?", values))
    assert (0, Kind.FOREIGN_FACT) == first(site.verify())


REBUILT_FROM = 120


def rebuilt_rows() -> list[Any]:
    return [fact(n, text="乙" if n >= REBUILT_FROM else "甲") for n in range(600)]


def test_a_log_rebuilt_under_another_key_is_named(grown: SiteLog) -> None:
    """Whoever owns the database doesn't own the key."""
    grown.rebuild(rebuilt_rows(), SIZES, signer_named(NAME, seed=9))
    assert (None, Kind.REBUILT) == first(grown.verify(state_file=None))
    assert (None, Kind.REBUILT) == first(grown.verify())
    report = grown.verify(mirror=grown.mirror)
    assert (REBUILT_FROM, Kind.REBUILT) == first(report)
    assert Kind.SIGNATURE_WRONG in kinds(report)


def test_a_log_rebuilt_with_the_stolen_key_is_named(grown: SiteLog) -> None:
    """The signer's record, a printed checkpoint and the copy each know better."""
    note = grown.newest_note()
    grown.rebuild(rebuilt_rows(), SIZES, grown.signer)
    assert grown.verify(state_file=None).ok  # nothing within the database shows it
    assert (None, Kind.REBUILT) == first(grown.verify())
    assert (None, Kind.REBUILT) == first(grown.verify(state_file=None, handed=[note]))
    alone = grown.verify(state_file=None, mirror=grown.mirror)
    assert (REBUILT_FROM, Kind.REBUILT) == first(alone)
    assert (REBUILT_FROM, Kind.REBUILT) == first(grown.verify(mirror=grown.mirror, handed=[note]))


def test_a_shorter_log_rebuilt_with_the_stolen_key_is_named(grown: SiteLog) -> None:
    """It contradicts the copy where it differs and is cut where it ends."""
    grown.rebuild(rebuilt_rows()[:300], SIZES[:2], grown.signer)
    report = grown.verify(mirror=grown.mirror)
    assert (REBUILT_FROM, Kind.REBUILT) == first(report)
    assert (300, Kind.TRUNCATED) in [(f.position, f.kind) for f in report.findings]


def test_a_checkpoint_the_signer_never_signed_is_named(grown: SiteLog) -> None:
    """The stolen key signs on; the signer's own record has not moved."""
    known = grown.folder / "known.json"
    shutil.copy(grown.state_file, known)
    grown.grow(10)
    assert (None, Kind.REBUILT) == first(grown.verify(state_file=known))


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"log":"411603/intake"}'])
def test_an_unreadable_record_of_the_signer_is_a_finding(grown: SiteLog, content: bytes) -> None:
    """Not a silent pass, and not a crash."""
    grown.state_file.write_bytes(content)
    assert Kind.SIGNATURE_WRONG in kinds(grown.verify())


def test_a_missing_record_of_the_signer_is_a_finding(grown: SiteLog, tmp_path: Path) -> None:
    """With checkpoints there, there must be one."""
    assert {Kind.SIGNATURE_WRONG} == kinds(grown.verify(state_file=tmp_path / "none.json"))


def test_a_handed_checkpoint_of_another_key_or_log_is_a_finding(grown: SiteLog) -> None:
    """What was handed in could not be held against the log; silence would be taken for yes."""
    checkpoint = grown.newest_note().checkpoint
    forged = Note(checkpoint, (signer_named(NAME, seed=9).sign(checkpoint),))
    assert {Kind.SIGNATURE_WRONG} == kinds(grown.verify(handed=[forged]))
    with grown.database.read() as conn:
        assert 600 == conn.exec_driver_sql("SELECT max(size) FROM checkpoint").scalar_one()


def test_a_fact_at_a_huge_position_does_not_keep_verification_busy(grown: SiteLog) -> None:
    """The gap before it is named, and the walk ends soon after what is known."""
    grown.attack("UPDATE fact SET position = 1000000000000 WHERE position = 599")
    assert (599, Kind.MISSING) == first(grown.verify())


def test_a_fact_before_the_first_is_named(grown: SiteLog) -> None:
    """Positions begin at 0."""
    grown.replace(-7, fact(9_999))
    assert (-7, Kind.INSERTED) == first(grown.verify())


def test_a_time_outside_its_checkpoints_is_only_a_warning(site: SiteLog) -> None:
    """Clocks are set by people; the log still holds."""
    site.grow(3)
    site.append([fact(n) for n in range(3, 6)])
    site.clock.set(START + timedelta(hours=2))
    site.integrator.step()
    site.append([fact(n) for n in range(6, 8)])
    site.integrator.step()
    report = site.verify()
    assert (True, 1) == (report.ok, len(report.warnings))
    assert "位置 6" in report.warnings[0]


def test_a_time_after_its_checkpoint_is_only_a_warning(site: SiteLog) -> None:
    """It says that it happened later than it was signed."""
    site.append([fact(0), fact(1_000)])
    site.integrator.step()
    report = site.verify()
    assert (True, 1) == (report.ok, len(report.warnings))
    assert "位置 1" in report.warnings[0]


def test_checkpoints_whose_times_turn_back_are_only_a_warning(site: SiteLog) -> None:
    """Both are truly signed, so only a clock was wrong."""
    site.grow(3)
    checkpoint = site.newest_note().checkpoint
    at = int(START.timestamp()) + 200
    lines = (site.signer.sign(checkpoint), site.cosigner.cosign(checkpoint, at))
    site.grow(2)
    note = Note(checkpoint, lines).encode()
    site.attack(("UPDATE checkpoint SET note = ? WHERE size = 3", (note,)))
    assert {Kind.CHECKPOINT_EDITED} == kinds(site.verify())  # but it isn't what was signed first
    report = site.verify(state_file=None)
    assert report.ok
    assert "检查点 5的时间早于前一个检查点" in report.warnings


def test_many_findings_of_a_kind_are_counted_and_the_first_named(grown: SiteLog) -> None:
    """A log edited everywhere gives a short answer."""
    grown.attack("UPDATE fact SET officer = 'o-2'")
    report = grown.verify()
    assert (50, 0) == (len(report.findings), report.findings[0].position)
    assert any("550" in warning for warning in report.warnings)


def patched_leaves(site: SiteLog, size: int, index: int, leaf: bytes) -> None:
    """Overwrites the index-th leaf in the list of a checkpoint."""
    patch(site, f"checkpoint SET leaves = {{}} WHERE size = {size}", "leaves", index, leaf)


def patched_tile(site: SiteLog, position: int, leaf: bytes) -> None:
    """Overwrites the leaf of a position in its tile."""
    number, index = divmod(position, 256)
    where = f"merkle_tile SET hashes = {{}} WHERE level = 0 AND number = {number}"
    patch(site, where, "hashes", index, leaf)


def patch(site: SiteLog, update: str, column: str, index: int, leaf: bytes) -> None:
    cut = f"substr({column}, 1, {index * 32}) || ? || substr({column}, {index * 32 + 33})"
    site.attack((f"UPDATE {update.format(f'CAST({cut} AS BLOB)')}", (leaf,)))
