"""The tree's tiles as they lie in the database.

Only full tiles have rows. What a partial tile holds stands elsewhere already: at tile level 0 in
the facts' leaves, above that in the roots of the full tiles below.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.driver import Asked
from shared.log.edge import Tile
from shared.log.merkle import TILE_WIDTH
from shared.log.tile_reader import TileReader


class SqlTiles:
    """A TileSource over a connection. A tile costs one row when full, else a row for each hash."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def tile(self, level: int, number: int, width: int) -> bytes:
        """The first `width` hashes, 32 bytes each; fewer where the database has fewer."""
        if width == TILE_WIDTH:
            found = _FULL.of(self._conn, {"level": level, "number": number})
        else:
            first = number * TILE_WIDTH
            parts = {"level": level - 1, "first": first, "end": first + width}
            found = (_LEAVES if level == 0 else _ROOTS).of(self._conn, parts)
        return b"".join(hashes for (hashes,) in found)


def node_reader(conn: Connection, size: int) -> TileReader:
    """The nodes of the tree at `size` leaves, which must have been signed at that size or later."""
    return TileReader(SqlTiles(conn), size)


def insert_tiles(conn: Connection, tiles: Iterable[Tile]) -> None:
    """Write tiles that have become full."""
    rows = [
        {"level": t.level, "number": t.number, "hashes": t.hashes, "root": t.root} for t in tiles
    ]
    if rows:
        conn.execute(_INSERT, rows)


def missing_tiles(conn: Connection, tiles: Iterable[Tile]) -> list[Tile]:
    """Those of which no row is stored; one that is stored with other hashes is missing, too."""
    source = SqlTiles(conn)
    return [
        tile for tile in tiles if source.tile(tile.level, tile.number, TILE_WIDTH) != tile.hashes
    ]


_FULL = Asked("SELECT hashes FROM merkle_tile WHERE level = :level AND number = :number")
_LEAVES = Asked(
    "SELECT leaf FROM fact WHERE position >= :first AND position < :end ORDER BY position"
)
_ROOTS = Asked(
    "SELECT root FROM merkle_tile "
    "WHERE level = :level AND number >= :first AND number < :end ORDER BY number"
)
_INSERT = sa.text(
    "INSERT INTO merkle_tile (level, number, hashes, root) VALUES (:level, :number, :hashes, :root)"
)
