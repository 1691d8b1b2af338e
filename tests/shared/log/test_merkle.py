"""The tree's hashes and its growing edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.log.merkle import EMPTY_ROOT, Frontier, complete_root, leaf_hash, node_hash
from tests.shared.log.samples import CT_LEAVES, CT_ROOTS, LEAVES, TREE, untimed


def test_the_root_of_every_size_of_the_known_small_tree_is_the_published_one() -> None:
    """Our hashes are those of RFC 6962, the empty tree's included."""
    frontier = Frontier()
    roots = [frontier.root().hex()]
    for body in CT_LEAVES:
        frontier.append(leaf_hash(body))
        roots.append(frontier.root().hex())
    assert roots == CT_ROOTS
    assert CT_ROOTS[0] == EMPTY_ROOT.hex()


def test_a_fact_never_has_the_hash_of_an_inner_node() -> None:
    """A body made of two hashes isn't taken for the node over them."""
    left, right = LEAVES[:2]
    assert node_hash(left, right) != leaf_hash(left + right)


def test_the_frontier_has_the_root_by_definition_at_every_size_to_300() -> None:
    """Growing leaf by leaf gives MTH at each size, and knows how many leaves it has."""
    frontier = Frontier()
    for size in range(301):
        assert TREE.mth(0, size) == frontier.root()
        assert size == frontier.size
        frontier.append(LEAVES[size])


@untimed
@given(st.integers(0, 2000), st.integers(0, 2000))
def test_a_frontier_taken_up_from_its_peaks_grows_as_if_never_laid_down(
    first: int, more: int
) -> None:
    """Size and peaks are all that has to be kept."""
    early = Frontier()
    early.extend(LEAVES[:first])
    resumed = Frontier(early.size, early.peaks)
    resumed.extend(LEAVES[first : first + more])
    assert TREE.mth(0, first + more) == resumed.root()
    assert TREE.mth(0, first) == early.root()


@pytest.mark.parametrize(
    ("size", "peaks"),
    [(-1, []), (0, [EMPTY_ROOT]), (3, [EMPTY_ROOT]), (1, [b"short"])],
)
def test_peaks_that_do_not_fit_the_size_are_refused(size: int, peaks: list[bytes]) -> None:
    """A damaged store of peaks is noticed where it is read."""
    with pytest.raises(ValueError, match="peak"):
        Frontier(size, peaks)


def test_a_leaf_that_is_no_hash_is_refused() -> None:
    """A body handed in for its hash doesn't get into the tree."""
    frontier = Frontier()
    with pytest.raises(ValueError, match="32 bytes"):
        frontier.append(b"a body")
    assert frontier.root() == EMPTY_ROOT


@pytest.mark.parametrize("count", [0, 3, 6, 255])
def test_only_a_power_of_two_of_hashes_makes_a_complete_subtree(count: int) -> None:
    """A tile that isn't full is never hashed upward."""
    with pytest.raises(ValueError, match="complete subtree"):
        complete_root(LEAVES[:count])
