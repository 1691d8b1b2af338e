"""The Merkle tree over a log's facts (RFC 6962, RFC 9162 §2.1).

A hash is 32 bytes of SHA-256; leaf *i* is the fact at position *i*. Leaves and inner nodes are
hashed under different prefixes, so that no node can pass for a fact.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

HASH_SIZE: Final = 32
TILE_LEVELS: Final = 8
"""One tile holds this many levels of the tree (C2SP tlog-tiles)."""
TILE_WIDTH: Final = 1 << TILE_LEVELS
EMPTY_ROOT: Final = sha256(b"").digest()
_leaf: Final = sha256(b"\x00").copy  # a copy is made in half the time of a new one


def leaf_hash(body: bytes) -> bytes:
    """The 32-byte hash of a fact's canonical bytes (RFC 9162 §2.1.1)."""
    hashed = _leaf()
    hashed.update(body)
    return hashed.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of an inner node (RFC 9162 §2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def split_hashes(joined: bytes) -> list[bytes]:
    """The 32-byte hashes that were joined."""
    return [joined[cut : cut + HASH_SIZE] for cut in range(0, len(joined), HASH_SIZE)]


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over 2**k equally deep hashes; ValueError for any other count."""
    if len(hashes).bit_count() != 1:
        raise ValueError(f"a complete subtree has 2**k hashes, not {len(hashes)}")
    while len(hashes) > 1:
        hashes = row_above(hashes)
    return hashes[0]


def row_above(row: Sequence[bytes]) -> list[bytes]:
    """The complete nodes one level higher; an odd last hash has none yet."""
    pairs = zip(row[::2], row[1::2], strict=False)
    return [sha256(b"\x01" + left + right).digest() for left, right in pairs]


class Frontier:
    """What a growing tree must remember: the roots of its complete subtrees, largest first.

    There is one peak for each one-bit of the size, so the memory is logarithmic in it.
    ValueError when the peaks don't fit the size.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self._size = size
        self._peaks = list(peaks)
        if size < 0 or len(self._peaks) != size.bit_count():
            raise ValueError(f"{len(self._peaks)} peaks don't make a tree of {size} leaves")
        if any(len(peak) != HASH_SIZE for peak in self._peaks):
            raise ValueError("a peak is a hash of 32 bytes")

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, largest (leftmost) first."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in order; ValueError at the first that isn't 32 bytes long."""
        peaks, hashed = self._peaks, sha256
        for leaf in leaves:
            if len(leaf) != HASH_SIZE:
                raise ValueError(f"a leaf is a hash of 32 bytes, not {len(leaf)}")
            peak, ones = leaf, self._size
            while ones & 1:  # as in adding one to a binary number: each one-bit is a carry
                peak = hashed(b"\x01" + peaks.pop() + peak).digest()
                ones >>= 1
            peaks.append(peak)
            self._size += 1

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return bag(self._peaks)


def bag(peaks: Sequence[bytes]) -> bytes:
    """The root over peaks, largest first; of none, the root of the empty tree."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root
