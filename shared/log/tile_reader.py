"""The tree's nodes out of stored tiles of 256 hashes (C2SP tlog-tiles)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol

from shared.log.merkle import HASH_SIZE, TILE_LEVELS, TILE_WIDTH, row_above, split_hashes

TILES_KEPT_MAX: Final = 32
"""More than the two tiles a level that a proof needs, however large the log."""
UPPER_KEPT_MAX: Final = 64
"""Tiles above the lowest level whose inner nodes are remembered: 16 in a million facts; 3 MB."""
Rows = Sequence[Sequence[bytes]]


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
        self._tiles: dict[tuple[int, int], Rows] = {}

    def node(self, level: int, index: int) -> bytes:
        """ValueError for a node that isn't complete at this size; TileError for a short tile."""
        if level < 0 or index < 0 or (index + 1) << level > self._size:
            raise ValueError(f"no complete node ({level}, {index}) in {self._size} leaves")
        tile_level, depth = divmod(level, TILE_LEVELS)
        number, first = divmod(index << depth, TILE_WIDTH)
        return self._rows(tile_level, number)[depth][first >> depth]

    def _rows(self, level: int, number: int) -> Rows:
        """A tile's own hashes and the rows above them."""
        if (level, number) not in self._tiles:
            if len(self._tiles) >= TILES_KEPT_MAX:
                del self._tiles[next(iter(self._tiles))]  # the oldest: reading moves one way
            self._tiles[level, number] = self._read(level, number)
        return self._tiles[level, number]

    def _read(self, level: int, number: int) -> Rows:
        here = (self._size >> (TILE_LEVELS * level)) - number * TILE_WIDTH
        width = min(TILE_WIDTH, here)
        tile = self._source.tile(level, number, width)
        if len(tile) != width * HASH_SIZE:
            raise TileError(f"tile {level}/{number}: {len(tile)} bytes for {width} hashes")
        return _rows(tile) if level == 0 else _rows_of_upper(tile)


def _rows(tile: bytes) -> Rows:
    """A tile's hashes, and row by row the nodes above them that are complete; each has one."""
    rows = [split_hashes(tile)]
    while len(rows[-1]) > 1:
        rows.append(row_above(rows[-1]))
    return rows


_rows_of_upper: Final = lru_cache(UPPER_KEPT_MAX)(_rows)
"""Every proof of a log goes through the same few tiles above the lowest level.

They are read from the source each time; only what follows from their very bytes is remembered.
"""
