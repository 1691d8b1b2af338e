"""The right edge grows as the tree does."""

from hypothesis import given
from hypothesis import strategies as st

from shared.log.edge import Edge
from tests.shared.log.naive_tree import NaiveTiles
from tests.shared.log.samples import LEAVES, TREE, untimed

SIZES = st.integers(0, 70_000)


@untimed
@given(st.integers(0, 1_000), st.integers(0, 1_000))
def test_the_root_of_an_edge_is_that_of_its_leaves(first: int, more: int) -> None:
    """Grown at once or in two steps."""
    edge = Edge()
    edge.extend(LEAVES[:first])
    edge.extend(LEAVES[first : first + more])
    assert (first + more, TREE.mth(0, first + more)) == (edge.size, edge.root())


@untimed
@given(SIZES)
def test_an_edge_out_of_tiles_is_the_edge_that_grew(size: int) -> None:
    """A restart reads a few tiles, and the tree goes on."""
    edge = Edge.at(NaiveTiles(TREE), size)
    assert (size, TREE.mth(0, size)) == (edge.size, edge.root())
    later = min(size + 600, 70_000)
    edge.extend(LEAVES[size:later])
    assert TREE.mth(0, later) == edge.root()


def test_growing_gives_each_tile_when_it_is_full() -> None:
    """Of every level, with its number, its hashes and its root."""
    tiles = Edge().extend(LEAVES[:66_000])
    source = NaiveTiles(TREE)
    assert [*((0, n) for n in range(256)), (1, 0), (0, 256)] == [(t.level, t.number) for t in tiles]
    for tile in tiles:
        span = 256 ** (tile.level + 1)
        assert source.tile(tile.level, tile.number, 256) == tile.hashes
        assert TREE.mth(tile.number * span, (tile.number + 1) * span) == tile.root
