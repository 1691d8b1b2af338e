"""Proofs are what the RFC defines, hold, and cost little on a large log."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.log.merkle import leaf_hash, node_hash
from shared.log.proof import (
    consistency_proof,
    inclusion_proof,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from shared.log.tile_reader import TileReader
from tests.shared.log.naive_tree import NaiveTiles
from tests.shared.log.samples import CT_LEAVES, CT_ROOTS, LEAVES, TREE, untimed


def reader_of(size: int) -> TileReader:
    return TileReader(NaiveTiles(TREE), size)


def test_every_inclusion_proof_to_size_300_is_the_definition_and_holds() -> None:
    """Each index of each size: the siblings of PATH, and the checker agrees."""
    for size in range(1, 301):
        reader, root = reader_of(size), TREE.mth(0, size)
        for index in range(size):
            proof = inclusion_proof(reader, index, size)
            assert TREE.path(index, 0, size) == proof
            assert verify_inclusion(LEAVES[index], index, size, proof, root)


def test_every_consistency_proof_to_size_300_is_the_definition_and_holds() -> None:
    """Each pair of sizes, from 0 and of a tree with itself included: the hashes of PROOF."""
    for new in range(301):
        reader, root = reader_of(new), TREE.mth(0, new)
        for old in range(new + 1):
            proof = consistency_proof(reader, old, new)
            assert TREE.proof(old, new) == proof
            assert verify_consistency(old, TREE.mth(0, old), new, root, proof)


@untimed
@given(st.data())
def test_proofs_of_earlier_trees_are_made_from_a_later_one(data: st.DataObject) -> None:
    """Over several tile levels, whatever size the reader has by now."""
    now = data.draw(st.integers(1, 70_000))
    new = data.draw(st.integers(1, now))
    old = data.draw(st.integers(0, new))
    index = data.draw(st.integers(0, new - 1))
    inclusion = inclusion_proof(reader_of(now), index, new)
    consistency = consistency_proof(reader_of(now), old, new)
    assert TREE.path(index, 0, new) == inclusion
    assert TREE.proof(old, new) == consistency
    assert verify_inclusion(LEAVES[index], index, new, inclusion, TREE.mth(0, new))
    assert verify_consistency(old, TREE.mth(0, old), new, TREE.mth(0, new), consistency)


def test_the_published_proofs_of_the_known_small_tree_hold() -> None:
    """Vectors of Certificate Transparency, made by others."""
    path = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    extension = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    roots = [bytes.fromhex(root) for root in CT_ROOTS]
    leaf = leaf_hash(CT_LEAVES[0])
    assert verify_inclusion(leaf, 0, 8, [bytes.fromhex(one) for one in path], roots[8])
    proof = [bytes.fromhex(one) for one in extension]
    assert verify_consistency(6, roots[6], 8, roots[8], proof)


@pytest.mark.parametrize(
    "make",
    [
        lambda reader: inclusion_proof(reader, 5, 5),
        lambda reader: inclusion_proof(reader, -1, 5),
        lambda reader: inclusion_proof(reader, 0, 0),
        lambda reader: inclusion_proof(reader, 0, 11),
        lambda reader: consistency_proof(reader, 6, 5),
        lambda reader: consistency_proof(reader, -1, 5),
        lambda reader: consistency_proof(reader, 1, 11),
    ],
)
def test_a_proof_of_what_is_not_there_is_refused(make: Callable[[TileReader], object]) -> None:
    """An index or size beyond the tree is the caller's mistake, said at once."""
    with pytest.raises(ValueError, match=r"leaf|leaves|node"):
        make(reader_of(10))


class EqualLeaves:
    """The tiles of a log whose leaves are all equal: each hash depends on its level alone."""

    def __init__(self) -> None:
        self.rows = 0
        self.asked: list[tuple[int, int]] = []
        self._levels = [leaf_hash(b"the same")]
        for _ in range(64):
            self._levels.append(node_hash(self._levels[-1], self._levels[-1]))

    def tile(self, level: int, number: int, width: int) -> bytes:
        self.rows += 1 if width == 256 else width  # a full tile is a row; a partial one is made up
        self.asked.append((level, number))
        return self._levels[8 * level] * width


TEN_MILLION = 10_000_000


@untimed
@given(st.integers(0, TEN_MILLION - 1))
def test_an_inclusion_proof_among_ten_million_facts_reads_a_few_hundred_rows(index: int) -> None:
    """Two tiles at most for each of three tile levels, each asked for once, and it holds."""
    tiles = EqualLeaves()
    proof = inclusion_proof(TileReader(tiles, TEN_MILLION), index, TEN_MILLION)
    assert tiles.rows < 600
    assert len(tiles.asked) <= 6
    assert len(set(tiles.asked)) == len(tiles.asked)
    root = root_at(TileReader(EqualLeaves(), TEN_MILLION), TEN_MILLION)
    assert verify_inclusion(leaf_hash(b"the same"), index, TEN_MILLION, proof, root)


@untimed
@given(st.integers(0, TEN_MILLION))
def test_a_consistency_proof_to_ten_million_facts_reads_a_few_hundred_rows(old: int) -> None:
    """The same bound, from every earlier size."""
    tiles = EqualLeaves()
    proof = consistency_proof(TileReader(tiles, TEN_MILLION), old, TEN_MILLION)
    assert tiles.rows < 600
    assert len(tiles.asked) <= 6
    assert len(set(tiles.asked)) == len(tiles.asked)
    reader = TileReader(EqualLeaves(), TEN_MILLION)
    old_root, new_root = root_at(reader, old), root_at(reader, TEN_MILLION)
    assert verify_consistency(old, old_root, TEN_MILLION, new_root, proof)
