"""Whether the database and the signer's own record can belong together."""

from pathlib import Path

from shared.log.signer_record import RecordUnreadable, SignerRecord
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
        sentence = f"签名人签到 {before.size} 条，该检查点尚未入库（下次签署时补上）"
        findings.warnings.append(sentence)
