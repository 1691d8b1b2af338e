"""A proof that was tampered with, or is of something else, is refused."""

from hypothesis import given
from hypothesis import strategies as st

from shared.log.merkle import EMPTY_ROOT
from shared.log.proof import verify_consistency, verify_inclusion
from tests.shared.log.naive_tree import NaiveTree
from tests.shared.log.samples import LEAVES, TREE, untimed


def damaged(proof: list[bytes]) -> list[list[bytes]]:
    """The proof with each hash changed, dropped, doubled or cut short, one more, one swap."""
    variants = [[*proof, EMPTY_ROOT], [EMPTY_ROOT, *proof]]
    for at, one in enumerate(proof):
        flipped = bytes([one[0] ^ 1]) + one[1:]
        others: list[list[bytes]] = [[flipped], [], [one, one], [one[:-1]], [one + b"\0"]]
        variants += [[*proof[:at], *instead, *proof[at + 1 :]] for instead in others]
    return variants + ([[*proof[1:], proof[0]]] if len(proof) > 1 else [])


@untimed
@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_a_damaged_inclusion_proof_is_refused(sized: tuple[int, int]) -> None:
    """Any hash changed, dropped or added; another leaf, place or root."""
    size, index = sized
    leaf, root, proof = LEAVES[index], TREE.mth(0, size), TREE.path(index, 0, size)
    assert not [bad for bad in damaged(proof) if verify_inclusion(leaf, index, size, bad, root)]
    assert not verify_inclusion(LEAVES[index + 1], index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, proof, TREE.mth(0, size + 1))
    elsewhere = [other for other in range(-1, size + 2) if other != index]
    assert not [at for at in elsewhere if verify_inclusion(leaf, at, size, proof, root)]


@untimed
@given(st.integers(2, 300).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))))
def test_a_damaged_consistency_proof_is_refused(sizes: tuple[int, int]) -> None:
    """Any hash changed, dropped or added; another root at either end."""
    old, new = sizes
    roots = TREE.mth(0, old), TREE.mth(0, new)
    proof = TREE.proof(old, new)
    assert not [
        bad for bad in damaged(proof) if verify_consistency(old, roots[0], new, roots[1], bad)
    ]
    assert not verify_consistency(old, TREE.mth(0, old - 1), new, roots[1], proof)
    assert not verify_consistency(old, roots[0], new, TREE.mth(0, new + 1), proof)
    assert not verify_consistency(old, roots[0], new, roots[1], [])


@untimed
@given(st.integers(1, 200), st.integers(1, 100), st.data())
def test_a_history_with_one_fact_changed_is_no_extension(
    old: int, more: int, data: st.DataObject
) -> None:
    """Whoever rewrites a fact that a kept checkpoint covers can't prove the new log from it."""
    changed = data.draw(st.integers(0, old - 1))
    bodies = TREE.bodies[: old + more]
    forged = NaiveTree([*bodies[:changed], b"another fact", *bodies[changed + 1 :]])
    new_root, proof = forged.mth(0, old + more), forged.proof(old, old + more)
    assert verify_consistency(old, forged.mth(0, old), old + more, new_root, proof)
    assert not verify_consistency(old, TREE.mth(0, old), old + more, new_root, proof)


def test_the_ends_of_consistency_are_exact() -> None:
    """From the empty tree all follows, by an empty proof; a tree follows from itself alone."""
    root, other = TREE.mth(0, 5), TREE.mth(0, 6)
    assert verify_consistency(0, EMPTY_ROOT, 5, root, [])
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    assert verify_consistency(5, root, 5, root, [])
    assert not verify_consistency(0, EMPTY_ROOT, 5, root, [root])
    assert not verify_consistency(0, other, 5, root, [])
    assert not verify_consistency(0, root, 0, root, [])
    assert not verify_consistency(0, EMPTY_ROOT, 0, root, [])
    assert not verify_consistency(5, root, 5, other, [])
    assert not verify_consistency(5, root, 5, root, [root])
    assert not verify_consistency(6, other, 5, root, [])
    assert not verify_consistency(-1, EMPTY_ROOT, 5, root, [])


def test_the_ends_of_inclusion_are_exact() -> None:
    """The only leaf of a tree is its root; the empty tree holds nothing."""
    leaf = LEAVES[0]
    assert verify_inclusion(leaf, 0, 1, [], leaf)
    assert not verify_inclusion(leaf, 0, 0, [], EMPTY_ROOT)
    assert not verify_inclusion(leaf, 1, 1, [], leaf)
    assert not verify_inclusion(leaf, -1, 1, [], leaf)
    assert not verify_inclusion(leaf[:-1], 0, 1, [], leaf[:-1])


def test_a_proof_longer_than_the_tree_is_high_is_refused() -> None:
    """Even where its hashes do lead to the root: the size would be a lie."""
    root = TREE.mth(0, 2)
    assert verify_inclusion(LEAVES[1], 1, 2, [LEAVES[0]], root)
    assert not verify_inclusion(LEAVES[1], 0, 1, [LEAVES[0]], root)
