"""The tree's nodes out of stored tiles of 256 hashes (C2SP tlog-tiles)."""

from typing import Final, Protocol

from shared.log.merkle import HASH_SIZE, TILE_LEVELS, TILE_WIDTH, row_above

TILES_KEPT_MAX: Final = 32
"""More than the two tiles a level that a proof needs, however large the log."""


class TileError(ValueError):
    """A stored tile doesn't have the hashes that the tree's size says it has."""


class NodeReader(Protocol):
    """Gives the hash of the complete subtree of 2**level leaves from leaf index << level."""

    def node(self, level: int, index: int) -> bytes: ...


class TileSource(Protocol):
    """Gives `width` × 32 bytes: the first hashes of tile `number` at tile level `level`.

    Hash *j* of that tile is the node (8 × level, 256 × number + j) of the tree.
    """

    def tile(self, level: int, number: int, width: int) -> bytes: ...


class TileReader:
    """Nodes of a tree of `size` leaves out of its tiles.

    A tile is asked for once while it is among the last few, and always at the width it has at
    this size; so a proof costs about two tiles for each tile level.
    """

    def __init__(self, source: TileSource, size: int) -> None:
        if size < 0:
            raise ValueError(f"a tree of {size} leaves")
        self._source = source
        self._size = size
        self._tiles: dict[tuple[int, int], list[list[bytes]]] = {}

    def node(self, level: int, index: int) -> bytes:
        """ValueError for a node that isn't complete at this size; TileError for a short tile."""
        if level < 0 or index < 0 or (index + 1) << level > self._size:
            raise ValueError(f"no complete node ({level}, {index}) in {self._size} leaves")
        tile_level, depth = divmod(level, TILE_LEVELS)
        number, first = divmod(index << depth, TILE_WIDTH)
        rows = self._rows(tile_level, number)
        while len(rows) <= depth:
            rows.append(row_above(rows[-1]))
        return rows[depth][first >> depth]

    def _rows(self, level: int, number: int) -> list[list[bytes]]:
        """A tile's own hashes and the rows above them as far as they were needed."""
        if (level, number) not in self._tiles:
            if len(self._tiles) >= TILES_KEPT_MAX:
                del self._tiles[next(iter(self._tiles))]  # the oldest: reading moves one way
            self._tiles[level, number] = [self._read(level, number)]
        return self._tiles[level, number]

    def _read(self, level: int, number: int) -> list[bytes]:
        here = (self._size >> (TILE_LEVELS * level)) - number * TILE_WIDTH
        width = min(TILE_WIDTH, here)
        tile = self._source.tile(level, number, width)
        if len(tile) != width * HASH_SIZE:
            raise TileError(f"tile {level}/{number}: {len(tile)} bytes for {width} hashes")
        return [tile[cut : cut + HASH_SIZE] for cut in range(0, len(tile), HASH_SIZE)]
