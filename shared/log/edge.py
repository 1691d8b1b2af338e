"""The right edge of a growing tree: one partial tile for each tile level.

All that is left of the edge is full tiles, already written; the root follows from the edge alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from shared.log.merkle import HASH_SIZE, TILE_LEVELS, TILE_WIDTH, bag, complete_root, split_hashes
from shared.log.tile_reader import TileError, TileSource


@dataclass(frozen=True, slots=True)
class Tile:
    """A full tile: 256 × 32 bytes of hashes, and the root over them."""

    level: int
    number: int
    hashes: bytes
    root: bytes


class Edge:
    """Grows by leaves and gives each tile that becomes full. Memory: 255 hashes for each level."""

    __slots__ = ("_rows", "_size")

    def __init__(self, size: int = 0, rows: Iterable[list[bytes]] = ()) -> None:
        self._size = size
        self._rows = list(rows)

    @classmethod
    def at(cls, source: TileSource, size: int) -> Self:
        """The edge as it was at `size` leaves, out of stored tiles. Raises TileError."""
        rows, level = [], 0
        while size >> (TILE_LEVELS * level):
            rows.append(_partial(source, level, size >> (TILE_LEVELS * level)))
            level += 1
        return cls(size, rows)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    def extend(self, leaves: Iterable[bytes]) -> list[Tile]:
        """Add leaf hashes in order; the tiles, of every level, that they fill."""
        filled: list[Tile] = []
        for leaf in leaves:
            if len(leaf) != HASH_SIZE:
                raise ValueError(f"a leaf is a hash of 32 bytes, not {len(leaf)}")
            self._size += 1
            filled.extend(self._add(0, leaf))
        return filled

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return bag([peak for row in reversed(self._rows) for peak in _peaks(row)])

    def _add(self, level: int, node: bytes) -> Iterator[Tile]:
        if level == len(self._rows):
            self._rows.append([])
        row = self._rows[level]
        row.append(node)
        if len(row) == TILE_WIDTH:
            number = (self._size >> (TILE_LEVELS * (level + 1))) - 1
            tile = Tile(level, number, b"".join(row), complete_root(row))
            row.clear()
            yield tile
            yield from self._add(level + 1, tile.root)


def _partial(source: TileSource, level: int, nodes: int) -> list[bytes]:
    number, width = divmod(nodes, TILE_WIDTH)
    hashes = source.tile(level, number, width) if width else b""
    if len(hashes) != width * HASH_SIZE:
        raise TileError(f"tile {level}/{number}: {len(hashes)} bytes for {width} hashes")
    return split_hashes(hashes)


def _peaks(row: Sequence[bytes]) -> Iterator[bytes]:
    """The roots of the complete subtrees over a row, largest first."""
    start = 0
    while start < len(row):
        count = 1 << ((len(row) - start).bit_length() - 1)
        yield complete_root(row[start : start + count])
        start += count
