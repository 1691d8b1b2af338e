"""Makes a log's tree and signs what it has become, at most a second or 256 facts behind.

It signs only what extends the last that it signed, by its own record apart from the database.
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
from shared.log.tiles import SqlTiles, insert_tiles

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
        """Sign what has come, at most STEP_MAX facts; None when all is signed.

        Raises NotConsistent, and signs nothing, when the database contradicts the own record.
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
        checkpoint = None
        if growth.leaves:
            checkpoint = Checkpoint(self._log, edge.size, edge.root())
            self._sign(checkpoint, growth, tiles, record)
        self._edge = edge
        return checkpoint

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

    def _sign(
        self, checkpoint: Checkpoint, growth: Growth, tiles: list[Tile], record: SignerRecord
    ) -> None:
        # A clock that steps back doesn't take the signed time along.
        at = max(int(self._clock.now().timestamp()), record.at)
        lines = [self._signer.sign(checkpoint)]
        if self._cosigner is not None:
            lines.append(self._cosigner.cosign(checkpoint, at))
        row = {
            "size": checkpoint.size,
            "root": checkpoint.root,
            "leaves": b"".join(growth.leaves),
            "note": Note(checkpoint, tuple(lines)).encode(),
        }

        def write(conn: Connection) -> None:
            insert_tiles(conn, tiles)
            conn.execute(_INSERT, row)

        known = SignerRecord(self._log, checkpoint.size, checkpoint.root, growth.stored, at)
        known.save(self._state_file)
        self._database.write(write)


_INSERT = sa.text(
    "INSERT INTO checkpoint (size, root, leaves, note) VALUES (:size, :root, :leaves, :note)"
)
