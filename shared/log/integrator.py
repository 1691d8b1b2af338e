"""Makes a log's tree and signs what it has become, at most a second or 256 facts behind.

It signs only what extends the last that it signed, by its own record apart from the database;
and what it signed but didn't get to store, it stores word for word before it signs anything more.
"""

from pathlib import Path

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from shared.clock import Clock
from shared.database import Database
from shared.log.edge import Edge, Tile
from shared.log.growth import Growth, NotConsistent, read_growth
from shared.log.leading import Leadership
from shared.log.note import Checkpoint, Note, Signer
from shared.log.signer_record import RecordUnreadable, SignerRecord
from shared.log.tile_reader import TileError
from shared.log.tiles import SqlTiles, insert_tiles, missing_tiles

_logger = structlog.get_logger(__name__)


class Integrator:
    """Integrates and signs one log. `step` as often as wanted; `lead` first on PostgreSQL."""

    def __init__(
        self,
        log: str,
        database: Database,
        signer: Signer,
        cosigner: Signer | None,
        clock: Clock,
        state_file: Path,
    ) -> None:
        self._log = log
        self._database = database
        self._signer = signer
        self._cosigner = cosigner
        self._clock = clock
        self._state_file = state_file
        self._edge: Edge | None = None
        self._leadership = Leadership(database.engine, f"yingbao.integrator {log}")

    def lead(self) -> bool:
        """Whether this process leads for this log, now."""
        return self._leadership.lead()

    def release(self) -> None:
        """Let another process lead."""
        self._leadership.release()

    def step(self) -> Checkpoint | None:
        """Sign and store what has come, at most STEP_MAX facts; None when all is signed.

        What was signed before a crash and not stored takes a step of its own. Raises
        NotConsistent, and signs nothing, when the database contradicts the own record.
        """
        try:
            return self._step()
        except NotConsistent as error:
            _logger.exception("log_not_consistent", log=self._log, reason=error.sentence)
            raise

    def _step(self) -> Checkpoint | None:
        edge, self._edge = self._edge, None  # remembered again only when all was stored
        record = self._record()
        with self._database.read() as conn:
            growth = read_growth(conn, record)
            if edge is None or edge.size != growth.stored:
                edge = self._edge_at(conn, growth.stored)
            tiles = self._grow(edge, growth, record)
            if growth.stored < record.size:
                tiles = missing_tiles(conn, tiles)
        note = None
        if growth.stored < record.size:
            note = self._signed(record)
        elif growth.leaves:
            note = self._sign(Checkpoint(self._log, edge.size, edge.root()), record)
        if note is not None:
            self._store(note, growth.leaves, tiles)
        self._edge = edge
        return note.checkpoint if note else None

    def _record(self) -> SignerRecord:
        try:
            record = SignerRecord.load(self._state_file)
        except RecordUnreadable as error:
            raise NotConsistent("签名人自己的记录已损坏，不能再签") from error
        if record is not None and record.log != self._log:
            raise NotConsistent(f"签名人的记录属于日志 {record.log}，不是 {self._log}")
        return record or SignerRecord.empty(self._log)

    def _edge_at(self, conn: Connection, size: int) -> Edge:
        try:
            return Edge.at(SqlTiles(conn), size)
        except TileError as error:
            raise NotConsistent(f"树块缺失或残缺：{error}") from error

    def _grow(self, edge: Edge, growth: Growth, record: SignerRecord) -> list[Tile]:
        """Let the edge grow, proving on the way that it passes through what was signed last."""
        signed = record.size - growth.stored
        tiles = edge.extend(growth.leaves[:signed])
        if edge.root() != record.root:
            raise NotConsistent(f"前 {record.size} 条的根与签名人的记录不同，日志被改写过")
        return tiles + edge.extend(growth.leaves[signed:])

    def _signed(self, record: SignerRecord) -> Note:
        """The newest note by the own record, which was signed and not stored."""
        note = Note.parse(record.note)
        if not note.signed_by(self._signer.verifier):
            raise NotConsistent(f"签名人记得的检查点 {record.size} 不是用本日志的密钥签署的")
        return note

    def _sign(self, checkpoint: Checkpoint, record: SignerRecord) -> Note:
        """Sign, and remember it before anybody else does."""
        lines = [self._signer.sign(checkpoint)]
        if self._cosigner is not None:
            lines.append(self._cosigner.cosign(checkpoint, self._at(self._cosigner, record)))
        note = Note(checkpoint, tuple(lines))
        record.then(note).save(self._state_file)
        return note

    def _at(self, cosigner: Signer, record: SignerRecord) -> int:
        """The Unix second to sign; a clock that steps back doesn't take it along."""
        known = Note.parse(record.note).cosigned_at(cosigner.verifier) if record.note else None
        return max(int(self._clock.now().timestamp()), known or 0)

    def _store(self, note: Note, leaves: list[bytes], tiles: list[Tile]) -> None:
        row = {
            "size": note.checkpoint.size,
            "root": note.checkpoint.root,
            "leaves": b"".join(leaves),
            "note": note.encode(),
        }

        def write(conn: Connection) -> None:
            insert_tiles(conn, tiles)
            conn.execute(_INSERT, row)

        self._database.write(write)


_INSERT = sa.text(
    "INSERT INTO checkpoint (size, root, leaves, note) VALUES (:size, :root, :leaves, :note)"
)
