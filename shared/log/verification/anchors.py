"""The roots that somebody vouches for: stored checkpoints, the signer's record, those handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.note import Note, NoteError, Verifier
from shared.log.signer_record import SignerRecord
from shared.log.verification.checkpoints import checkpoints
from shared.log.verification.evidence import Anchor
from shared.log.verification.report import Findings, Kind
from shared.log.verification.rows import as_bytes
from shared.log.verification.signer_state import Chain


@dataclass(frozen=True, slots=True)
class Keys:
    """Whose word counts: the log's own key, and the site's key that adds the time."""

    log: str
    signer: Verifier
    cosigner: Verifier | None


def stored_anchors(
    conn: Connection, newest: int, keys: Keys, chain: Chain, findings: Findings
) -> Iterator[Anchor]:
    """The stored checkpoints whose signatures hold, in order of size; the others are findings."""
    count = signed = 0
    last_at = 0
    for row in checkpoints(conn, newest):
        count += 1
        chain.hear(row.size, row.note)
        anchor = _stored_anchor(row, keys, findings)
        if anchor is None:
            continue
        signed += 1
        if anchor.at is not None and anchor.at < last_at:
            findings.warnings.append(f"{anchor.whose}的时间早于前一个检查点")
        last_at = anchor.at or last_at
        yield anchor
    chain.compare(findings)
    if count and not signed:
        sentence = "没有一个检查点是用本日志的密钥签署的：日志被整体重写过"
        findings.add(None, Kind.REBUILT, sentence)


def newest_anchor(conn: Connection, keys: Keys) -> Anchor | None:
    """The largest stored checkpoint, if its signature holds."""
    row = conn.execute(_NEWEST).one_or_none()
    return None if row is None else _stored_anchor(row, keys, Findings())


def _stored_anchor(row: sa.Row[Any], keys: Keys, findings: Findings) -> Anchor | None:
    whose = f"检查点 {row.size}"
    if not isinstance(row.size, int):
        findings.add(None, Kind.CHECKPOINT_EDITED, f"{whose} 不可能存在：大小不是整数")
        return None
    if row.size < 1:
        findings.add(None, Kind.CHECKPOINT_EDITED, f"{whose}不可能存在：没有事实时不签署")
        return None
    try:
        note = Note.parse(row.note if isinstance(row.note, str) else "")
    except NoteError:
        findings.add(None, Kind.CHECKPOINT_EDITED, f"{whose}的签名文本读不懂")
        return None
    if not note.signed_by(keys.signer) or note.checkpoint.origin != keys.log:
        findings.add(None, Kind.SIGNATURE_WRONG, f"{whose}不是用本日志的密钥签署的")
        return None
    checkpoint = note.checkpoint
    if (row.size, as_bytes(row.root)) != (checkpoint.size, checkpoint.root):
        findings.add(None, Kind.CHECKPOINT_EDITED, f"{whose}的列与所签文本不符")
    if checkpoint.size != row.size:
        return None  # what it vouches for stands elsewhere in the order
    at = note.cosigned_at(keys.cosigner) if keys.cosigner else None
    if keys.cosigner and at is None:
        findings.add(None, Kind.SIGNATURE_WRONG, f"{whose}缺少本站点的带时间联署，或联署不实")
    return Anchor(checkpoint.size, checkpoint.root, whose, at)


def outside_anchors(
    record: SignerRecord | None, handed: Sequence[Note], keys: Keys, findings: Findings
) -> list[Anchor]:
    """The roots that the database can't touch, in order of size."""
    anchors = [_remembered(record, keys, findings)] if record else []
    for note in handed:
        checkpoint = note.checkpoint
        whose = f"交来的检查点（{checkpoint.size} 条）"
        if checkpoint.origin != keys.log:
            findings.add(None, Kind.SIGNATURE_WRONG, f"{whose}属于日志 {checkpoint.origin}")
        elif not note.signed_by(keys.signer):
            findings.add(None, Kind.SIGNATURE_WRONG, f"{whose}不是用本日志的密钥签署的")
        else:
            anchors.append(Anchor(checkpoint.size, checkpoint.root, whose))
    return sorted(anchors, key=lambda anchor: anchor.size)


def _remembered(record: SignerRecord, keys: Keys, findings: Findings) -> Anchor:
    note = Note.parse(record.note)
    cosigned = keys.cosigner is None or note.cosigned_at(keys.cosigner) is not None
    if not (note.signed_by(keys.signer) and cosigned):
        sentence = "签名人自己的记录里的检查点不是用本日志和本站点的密钥签署的"
        findings.add(None, Kind.SIGNATURE_WRONG, sentence)
    return Anchor(record.size, record.root, "签名人自己的记录")


_NEWEST = sa.text("SELECT size, root, note FROM checkpoint ORDER BY size DESC LIMIT 1")
