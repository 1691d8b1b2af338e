"""The tree's nodes out of stored tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.log.proof import frontier_at, root_at, subtree_root
from shared.log.tile_reader import TileError, TileReader
from tests.shared.log.naive_tree import NaiveTiles
from tests.shared.log.samples import TREE, untimed


@untimed
@given(st.data())
def test_a_node_out_of_tiles_is_the_root_of_its_leaves(data: st.DataObject) -> None:
    """Whatever level and place, over two tile levels and a part of the third."""
    size = data.draw(st.integers(1, 70_000))
    level = data.draw(st.integers(0, size.bit_length() - 1))
    index = data.draw(st.integers(0, (size >> level) - 1))
    node = TileReader(NaiveTiles(TREE), size).node(level, index)
    assert TREE.mth(index << level, (index + 1) << level) == node


@untimed
@given(st.data())
def test_an_earlier_root_and_frontier_are_read_from_a_later_tree(data: st.DataObject) -> None:
    """A reader of the tree as it is answers for each size it had before."""
    size = data.draw(st.integers(0, 70_000))
    earlier = data.draw(st.integers(0, size))
    reader = TileReader(NaiveTiles(TREE), size)
    assert TREE.mth(0, earlier) == root_at(reader, earlier)
    assert TREE.mth(0, earlier) == frontier_at(reader, earlier).root()
    assert earlier == frontier_at(reader, earlier).size


@untimed
@given(st.integers(0, 255), st.integers(0, 8), st.integers(0, 255))
def test_a_subtree_has_the_root_of_its_own_leaves(block: int, depth: int, extra: int) -> None:
    """A range that starts where a tree of its size may start is a tree by itself."""
    start, count = block << depth, (1 << depth) + extra % (1 << depth)
    root = subtree_root(TileReader(NaiveTiles(TREE), 70_000), start, start + count)
    assert TREE.mth(start, start + count) == root


@pytest.mark.parametrize(("start", "end"), [(1, 3), (2, 6), (-4, 0), (5, 4)])
def test_a_range_that_is_no_subtree_is_refused(start: int, end: int) -> None:
    """No root is made up for a range that crosses the tree's own nodes."""
    with pytest.raises(ValueError, match="no subtree"):
        subtree_root(TileReader(NaiveTiles(TREE), 100), start, end)


@pytest.mark.parametrize(("level", "index"), [(0, 100), (6, 1), (7, 0), (-1, 0), (0, -1)])
def test_a_node_that_is_not_complete_is_refused(level: int, index: int) -> None:
    """Of a tree of 100 leaves no node is given that its later leaves would change."""
    with pytest.raises(ValueError, match="no complete node"):
        TileReader(NaiveTiles(TREE), 100).node(level, index)


def test_a_tile_is_asked_for_once_and_at_its_width() -> None:
    """70 000 leaves: 273 full tiles and one of 112; 273 hashes above; one hash on top."""
    tiles = NaiveTiles(TREE)
    reader = TileReader(tiles, 70_000)
    for _ in range(2):
        for level, index in [(0, 69_999), (3, 8749), (0, 0), (8, 272), (16, 0), (15, 0)]:
            reader.node(level, index)
    assert tiles.asked == [(0, 273, 112), (0, 0, 256), (1, 1, 17), (2, 0, 1), (1, 0, 256)]


def test_a_reader_keeps_only_a_few_tiles() -> None:
    """Memory stays flat over a long reading: what was read long ago is asked for again."""
    tiles = NaiveTiles(TREE)
    reader = TileReader(tiles, 70_000)
    for number in [*range(100), 0]:
        reader.node(0, number * 256)
    assert [*range(100), 0] == [number for _, number, _ in tiles.asked]


class ShortTiles(NaiveTiles):
    def tile(self, level: int, number: int, width: int) -> bytes:
        return super().tile(level, number, width)[:-1]


def test_a_tile_with_too_few_hashes_is_trouble_by_name() -> None:
    """A damaged tile row doesn't turn into a wrong proof."""
    with pytest.raises(TileError, match="tile 0/0"):
        TileReader(ShortTiles(TREE), 10).node(0, 0)


def test_a_tree_of_less_than_no_leaves_is_refused() -> None:
    """A size below zero is a bug of the caller's."""
    with pytest.raises(ValueError, match="-1 leaves"):
        TileReader(NaiveTiles(TREE), -1)
