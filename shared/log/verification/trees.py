"""A tree that grows by facts, and by whole tiles where somebody has hashed them already."""

from collections.abc import Sequence
from typing import Self

from shared.log.merkle import TILE_WIDTH, Frontier, bag


class Tree:
    """The frontier over all full tiles' roots, and the one over the leaves after them."""

    __slots__ = ("_edge", "_tiles")

    def __init__(self, tiles: Frontier | None = None, edge: Frontier | None = None) -> None:
        self._tiles = tiles or Frontier()
        self._edge = edge or Frontier()

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._tiles.size * TILE_WIDTH + self._edge.size

    def copy(self) -> Self:
        """Another that begins like this one."""
        tiles, edge = self._tiles, self._edge
        return type(self)(Frontier(tiles.size, tiles.peaks), Frontier(edge.size, edge.peaks))

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add leaf hashes in order."""
        start = 0
        while start < len(leaves):
            stop = start + TILE_WIDTH - self._edge.size
            self._edge.extend(leaves[start:stop])
            start = stop
            if self._edge.size == TILE_WIDTH:
                self._tiles.append(self._edge.root())
                self._edge = Frontier()

    def add_tile(self, root: bytes) -> None:
        """Add the 256 leaves under a root; ValueError within a tile."""
        if self._edge.size:
            raise ValueError(f"a tile doesn't begin at leaf {self.size}")
        self._tiles.append(root)

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return bag([*self._tiles.peaks, *self._edge.peaks])
