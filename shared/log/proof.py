"""Proofs about a log's tree: a fact is in it; a later tree only added to an earlier one.

Making reads a few nodes; checking needs nothing but the proof (RFC 9162 §2.1.3, §2.1.4).
A maker answers nonsense with ValueError; a checker, which reads what strangers send, with False.
"""

from collections.abc import Iterator, Sequence

from shared.log.merkle import EMPTY_ROOT, HASH_SIZE, Frontier, bag, node_hash
from shared.log.tile_reader import NodeReader


def subtree_root(reader: NodeReader, start: int, end: int) -> bytes:
    """The root over leaves start … end-1.

    ValueError unless `start` is a multiple of the largest power of two within the range's
    length: other ranges aren't unions of the tree's own nodes in the shape of a tree.
    """
    return bag([reader.node(level, index) for level, index in _peaks(start, end)])


def root_at(reader: NodeReader, size: int) -> bytes:
    """The root as it was when the tree had `size` leaves."""
    return subtree_root(reader, 0, size)


def frontier_at(reader: NodeReader, size: int) -> Frontier:
    """The frontier as it was at `size` leaves, ready to grow from there."""
    return Frontier(size, (reader.node(level, index) for level, index in _peaks(0, size)))


def inclusion_proof(reader: NodeReader, index: int, size: int) -> list[bytes]:
    """The siblings on the way from leaf `index` up to the root at `size` (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    siblings, start, end = [], 0, size
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            siblings.append(subtree_root(reader, middle, end))
            end = middle
        else:
            siblings.append(subtree_root(reader, start, middle))
            start = middle
    return siblings[::-1]


def consistency_proof(reader: NodeReader, old: int, new: int) -> list[bytes]:
    """What shows that the first `old` leaves of the tree at `new` are unchanged (§2.1.4.1).

    Empty from the empty tree and from a tree to itself.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves doesn't extend one of {old}")
    if old == 0:
        return []
    hashes, start, end = [], 0, new
    while old < end:
        middle = _middle(start, end)
        if old <= middle:
            hashes.append(subtree_root(reader, middle, end))
            end = middle
        else:
            hashes.append(subtree_root(reader, start, middle))
            start = middle
    if start > 0:  # otherwise what remains is the old tree, whose root the checker has
        hashes.append(subtree_root(reader, start, end))
    return hashes[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether `leaf` is the leaf hash at `index` of the tree of `size` leaves under `root`."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *proof):
        return False
    climbed = _climb(index, size - 1, leaf, proof)
    return climbed is not None and climbed[1] == root


def verify_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `new` leaves under `new_root` extends that of `old` under `old_root`."""
    if not 0 <= old <= new or not _all_hashes(old_root, new_root, *proof):
        return False
    if old == 0 and old_root != EMPTY_ROOT:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not path:
        return False
    level = (old & -old).bit_length() - 1  # of the old tree's last peak: the climb starts there
    climbed = _climb((old - 1) >> level, (new - 1) >> level, path[0], path[1:])
    return climbed == (old_root, new_root)


def _climb(
    index: int, last: int, seed: bytes, siblings: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """Hash from node `index` of a row that ends at `last` up to the top.

    Gives (root of the tree that ends with this node, root of the whole); None when the
    siblings are too few or too many (RFC 9162 §2.1.3.2 and §2.1.4.2 in one).
    """
    inner = outer = seed
    for sibling in siblings:
        if last == 0:
            return None
        if index & 1 or index == last:
            inner, outer = node_hash(sibling, inner), node_hash(sibling, outer)
            while index and not index & 1:  # a lone right edge rises without a sibling
                index, last = index >> 1, last >> 1
        else:
            outer = node_hash(outer, sibling)
        index, last = index >> 1, last >> 1
    return (inner, outer) if last == 0 else None


def _middle(start: int, end: int) -> int:
    """Where a range splits: after the largest power of two smaller than its length."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _peaks(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The (level, index) of the complete subtrees of leaves start … end-1, largest first."""
    largest = 1 << max(0, (end - start).bit_length() - 1)
    if not 0 <= start <= end or start % largest:
        raise ValueError(f"leaves {start} to {end} are no subtree")
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _all_hashes(*candidates: bytes) -> bool:
    return all(isinstance(one, bytes) and len(one) == HASH_SIZE for one in candidates)
