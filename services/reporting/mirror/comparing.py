"""Holding the copy against what its source signed. Two roots at one size: somebody rewrote."""

from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from services.reporting.mirror.keeping import CopyDamaged, copied, nearest
from services.reporting.read_models import MIRROR_CHECKPOINT
from services.reporting.refusals import CheckpointUnsigned
from shared.log.merkle import HASH_SIZE
from shared.log.note import Note, Verifier
from shared.log.verification import as_bytes

logger = structlog.get_logger("mirror")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both roots (32 bytes) of a log at a size; `holds` when they are one."""

    log: str
    size: int
    root_here: bytes
    root_there: bytes
    holds: bool


def compare_checkpoint(
    conn: Connection, log: str, note_text: str, verifier: Verifier
) -> Comparison | None:
    """Compare the copy's root with the source's at the checkpoint's size, and keep the outcome.

    None while the copy is still shorter: follow first. Raises NoteError for a text that is no
    note, CheckpointUnsigned for another log's or an unsigned one, CopyDamaged. Reads one
    frontier and fewer leaves than lie between two stations; what lies before is counted only.
    """
    note = Note.parse(note_text)
    checkpoint = note.checkpoint
    if checkpoint.origin != log or not note.signed_by(verifier):
        raise CheckpointUnsigned("检查点不属于该日志，或没有该日志的有效签名。")
    here = root_of_copy(conn, log, checkpoint.size)
    if here is None:
        return None
    _require_all(conn, log)
    found = Comparison(log, checkpoint.size, here, checkpoint.root, here == checkpoint.root)
    if not found.holds:
        logger.error(
            "copy_differs_from_source",
            log=log,
            size=found.size,
            root_here=here.hex(),
            root_there=found.root_there.hex(),
        )
    _store(conn, found, note_text)
    return found


def root_of_copy(conn: Connection, log: str, size: int) -> bytes | None:
    """The copy's root as it was at `size` facts; None when it isn't that long yet."""
    frontier = nearest(conn, log, size)
    missing = {"log": log, "start": frontier.size, "end": size}
    for row in conn.execute(_LEAVES, missing):
        if row.position != frontier.size:
            raise CopyDamaged(f"{log}: {frontier.size} is missing from the copy")
        frontier.append(_hash(log, row.position, row.leaf))
    return frontier.root() if frontier.size == size else None


def _hash(log: str, position: int, leaf: object) -> bytes:
    hashed = as_bytes(leaf)
    if len(hashed) != HASH_SIZE:
        raise CopyDamaged(f"{log}: the leaf of {position} is no hash")
    return hashed


def _require_all(conn: Connection, log: str) -> None:
    """As many facts as the edge was made of: one deleted before a station is missed here."""
    count, size = conn.execute(_COUNT, {"log": log}).scalar_one(), copied(conn, log).size
    if count != size:
        raise CopyDamaged(f"{log}: {count} facts in the copy, which grew to {size}")


def _store(conn: Connection, found: Comparison, note_text: str) -> None:
    key = {"log": found.log, "size": found.size, "root": found.root_there}
    if conn.execute(_KNOWN, key).first() is None:
        row = {**key, "note": note_text, "holds": found.holds}
        conn.execute(sa.insert(MIRROR_CHECKPOINT), row)


_LEAVES = sa.text(
    "SELECT position, leaf FROM mirror_fact WHERE log = :log AND position >= :start "
    "AND position < :end ORDER BY position"
)
_COUNT = sa.text("SELECT count(*) FROM mirror_fact WHERE log = :log")
_KNOWN = sa.text(
    "SELECT 1 FROM mirror_checkpoint WHERE log = :log AND size = :size AND root = :root"
)
