"""The signer remembers how many checkpoints there were, and their texts in order."""

import pytest

from shared.log.merkle import EMPTY_ROOT
from shared.log.note import Checkpoint, Note
from shared.log.signer_record import SignerRecord
from shared.log.verification import Kind
from tests.shared.log.samples import signer_named
from tests.shared.log.site_log import NAME, SiteLog


@pytest.fixture
def grown(site: SiteLog) -> SiteLog:
    site.grow(3, 297, 260, 40)
    return site


def kinds(site: SiteLog) -> set[Kind]:
    return {finding.kind for finding in site.verify().findings}


def join(site: SiteLog, gone: int, into: int) -> None:
    """One checkpoint's leaves go to the next one, and it was never there."""
    site.attack(
        f"UPDATE checkpoint SET leaves = CAST((SELECT leaves FROM checkpoint WHERE size = {gone}) "
        f"|| leaves AS BLOB) WHERE size = {into}",
        f"DELETE FROM checkpoint WHERE size = {gone}",
    )


def test_joined_checkpoints_are_missed(grown: SiteLog) -> None:
    """Each signed time brackets its facts; with a checkpoint gone they could be of any time."""
    join(grown, 300, 560)
    assert grown.verify(state_file=None).ok  # nothing within the database shows it
    assert {Kind.CHECKPOINT_EDITED} == kinds(grown)


def test_all_joined_into_the_last_are_missed(grown: SiteLog) -> None:
    """Until only the newest is left."""
    join(grown, 3, 300)
    join(grown, 300, 560)
    join(grown, 560, 600)
    assert {Kind.CHECKPOINT_EDITED} == kinds(grown)


def test_a_line_added_to_a_stored_note_is_found(grown: SiteLog) -> None:
    """A stranger's, or one of its own a second time; the newest and an older one."""
    for size in (300, 600):
        question = f"SELECT note FROM checkpoint WHERE size = {size}"
        with grown.database.read() as conn:
            text = conn.exec_driver_sql(question).scalar_one()
        note = Note.parse(text)
        stranger = signer_named("somebody", seed=9).sign(note.checkpoint)
        for line in (stranger, note.lines[0]):
            longer = Note(note.checkpoint, (*note.lines, line)).encode()
            update = f"UPDATE checkpoint SET note = ? WHERE size = {size}"
            grown.attack((update, (longer,)))
            assert {Kind.CHECKPOINT_EDITED} == kinds(grown)
            grown.attack((update, (text,)))
            assert grown.verify().ok


@pytest.mark.parametrize("size", [0, -1, -(2**63)])
def test_a_checkpoint_of_nothing_is_found(grown: SiteLog, size: int) -> None:
    """Nothing is signed before the first fact."""
    empty = Checkpoint(NAME, 0, EMPTY_ROOT)
    note = Note(empty, (grown.signer.sign(empty), grown.cosigner.cosign(empty, 1))).encode()
    grown.attack(("INSERT INTO checkpoint VALUES (?, ?, x'', ?)", (size, EMPTY_ROOT, note)))
    report = grown.verify(state_file=None)
    assert [Kind.CHECKPOINT_EDITED] == list({f.kind for f in report.findings})
    assert f"检查点 {size}不可能存在" in report.findings[0].sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"previous": 560', '"previous": 300'),
        ('"count": 4', '"count": 3'),
        ('"chain": "', '"chain": "00'),
        ("\\n600\\n", "\\n0\\n"),
        ("\\n600\\n", "\\n-1\\n"),
    ],
)
def test_a_changed_record_of_the_signer_is_a_finding(grown: SiteLog, old: str, new: str) -> None:
    """Every field of it is held against the stored checkpoints."""
    text = grown.state_file.read_text("utf-8")
    assert old in text
    changed = text.replace(old, new)
    if "chain" in old:
        changed = changed.replace(changed.split(new)[1][:64], changed.split(new)[1][:62], 1)
    grown.state_file.write_text(changed, "utf-8")
    report = grown.verify()
    assert not report.ok
    assert all("位置" not in f.sentence for f in report.findings)


def test_a_record_with_another_time_is_a_finding(grown: SiteLog) -> None:
    """The time lies in the note itself, under the site's key."""
    record = SignerRecord.load(grown.state_file)
    assert record is not None
    note = Note.parse(record.note)
    line = signer_named("411603/witness", seed=9).cosign(note.checkpoint, 1)
    text = record.note.replace(note.lines[1], line)
    grown.state_file.write_text(
        grown.state_file.read_text("utf-8").replace(note.lines[1], line), "utf-8"
    )
    changed = SignerRecord.load(grown.state_file)
    assert changed is not None
    assert text == changed.note
    assert Kind.SIGNATURE_WRONG in kinds(grown)


def test_a_handed_checkpoint_of_the_empty_log_is_told_plainly(grown: SiteLog) -> None:
    """No position before the first is named."""
    empty = Checkpoint(NAME, 0, bytes(32))
    report = grown.verify(handed=[Note(empty, (grown.signer.sign(empty),))])
    assert ["日志与交来的检查点（0 条）不一致：它说日志空着，根却不是空日志的根"] == [
        f.sentence for f in report.findings
    ]
