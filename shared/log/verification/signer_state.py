"""Whether the database and the signer's own record can belong together."""

from dataclasses import dataclass
from pathlib import Path

from shared.log.signer_record import CHAIN_START, RecordUnreadable, SignerRecord, linked
from shared.log.verification.report import Findings, Kind


def read_record(path: Path | None, log: str, findings: Findings) -> SignerRecord | None:
    """The signer's record; one that can't be read or is another log's is a finding."""
    if path is None:
        return None
    try:
        record = SignerRecord.load(path)
    except RecordUnreadable:
        findings.add(None, Kind.SIGNATURE_WRONG, "签名人自己的记录读不懂，无法对照")
        return None
    if record is not None and record.log != log:
        findings.add(None, Kind.SIGNATURE_WRONG, f"签名人的记录属于日志 {record.log}")
        return None
    return record


def compare_record(
    before: SignerRecord | None, newest: int, after: SignerRecord | None, findings: Findings
) -> None:
    """`newest` is the largest stored checkpoint; the record was read before and after it.

    The signer writes its record first, so the database may be one checkpoint behind, never ahead.
    """
    if after is None and newest:
        findings.add(None, Kind.SIGNATURE_WRONG, "签名人自己的记录不见了，无法对照")
    elif after is not None and newest > after.size:
        sentence = f"数据库里有 {newest} 条的检查点，签名人的记录里没有：不是签名人所签"
        findings.add(None, Kind.REBUILT, sentence)
    if before is None:
        return
    if newest < before.previous:
        sentence = f"签名人签到 {before.size} 条，数据库里的检查点只到 {newest} 条：有检查点被删除"
        findings.add(None, Kind.CHECKPOINT_EDITED, sentence)
    elif newest < before.size:
        sentence = f"签名人签到 {before.size} 条，该检查点尚未入库（下次签署时按原文补上）"
        findings.warnings.append(sentence)


@dataclass(frozen=True, slots=True)
class _Link:
    """The stored checkpoints up to a size: how many, and the chain over their notes."""

    size: int = 0
    count: int = 0
    chain: bytes = CHAIN_START

    def then(self, size: int, note: bytes) -> "_Link":
        return _Link(size, self.count + 1, linked(self.chain, note))


class Chain:
    """Hears every stored note in order and holds their chain against the signer's record."""

    def __init__(self, record: SignerRecord | None) -> None:
        self.count = 0
        self._record = record
        self._last = _Link()
        self._previous: _Link | None = self._last if record and not record.previous else None
        self._newest: _Link | None = None

    def hear(self, size: int, note: object) -> None:
        """The next stored checkpoint."""
        self.count += 1
        if self._record is None:
            return
        before, said = self._last, str(note).encode("utf-8", "surrogateescape")
        self._last = before.then(size, said)
        if size == self._record.previous:
            self._previous = self._last
        if size == self._record.size and before == self._previous:
            self._newest = self._last

    def compare(self, findings: Findings) -> None:
        """After the last; a newest note that isn't stored counts as it lies in the record."""
        if (record := self._record) is None:
            return
        found = self._newest
        if found is None and self._previous is not None and self._last == self._previous:
            found = self._previous.then(record.size, record.note.encode())
        if found is None or (found.count, found.chain) != (record.count, record.chain):
            sentence = (
                f"签名人共签过 {record.count} 个检查点，所存的检查点与之不相连："
                "有检查点被删除、合并或改动"
            )
            findings.add(None, Kind.CHECKPOINT_EDITED, sentence)
