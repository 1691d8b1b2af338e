"""After a restore: a signer's record set back to what the restored log holds.

A signer that remembers more than its log holds refuses to sign. That is right until people have
decided that what was lost stays lost; then its record is made anew from the stored checkpoints.
"""

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from services.runtime.home import Home
from services.runtime.reading import reading
from services.runtime.signers import verifier
from shared.log import store
from shared.log.note import Note, Verifier
from shared.log.signer_record import SignerRecord


class NotRewound(Exception):
    """There is nothing to set back, or nothing sound to set it back to; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Rewound:
    """A log, how many facts its signer had signed, and how many it signs on from now."""

    log: str
    before: int
    now: int


def rewind(home: Home, service: str) -> Rewound:
    """Make the signer's record from the log's stored checkpoints. The service must not run.

    Raises NotRewound when the record fits the log, and when a stored checkpoint isn't signed by
    the log's own key: setting the record back to a forged history would make it true.
    """
    log, path = f"{home.charter().code}/{service}", home.signer_state(service)
    before = SignerRecord.load(path) or SignerRecord.empty(log)
    with reading(home, service) as conn:
        size = store.size(conn)
        stored = _record(conn, log, verifier(home, service))
    if stored.size > size:
        raise NotRewound(
            f"日志 {log} 只有 {size} 条，所存的检查点却到 {stored.size} 条，请先核验。"
        )
    if stored.size in (before.previous, before.size) and before.size <= size:
        raise NotRewound(f"签名人的记录与日志 {log} 相符，无须回退。")
    if stored.size:
        stored.save(path)
    else:
        path.unlink(missing_ok=True)
    return Rewound(log, before.size, stored.size)


def _record(conn: Connection, log: str, verifier: Verifier) -> SignerRecord:
    """What a signer remembers who signed just these checkpoints."""
    record = SignerRecord.empty(log)
    for (text,) in conn.exec_driver_sql("SELECT note FROM checkpoint ORDER BY size"):
        note = Note.parse(text)
        if note.checkpoint.origin != log or not note.signed_by(verifier):
            raise NotRewound(f"检查点 {note.checkpoint.size} 不是日志 {log} 的签名人所签。")
        record = record.then(note)
    return record
