"""The tree by the letter of RFC 9162 §2.1, over a list of bodies, sharing nothing with ours.

Recursive, and remembering only the roots of ranges, so that all small trees can be compared.
"""

from hashlib import sha256


class NaiveTree:
    def __init__(self, bodies: list[bytes]) -> None:
        self.bodies = bodies
        self._roots: dict[tuple[int, int], bytes] = {}

    def mth(self, start: int, end: int) -> bytes:
        """MTH(D[start:end])."""
        if (start, end) not in self._roots:
            self._roots[start, end] = self._mth(start, end)
        return self._roots[start, end]

    def _mth(self, start: int, end: int) -> bytes:
        if start == end:
            return sha256().digest()
        if end - start == 1:
            return sha256(bytes([0]) + self.bodies[start]).digest()
        k = split(end - start)
        halves = [self.mth(start, start + k), self.mth(start + k, end)]
        return sha256(bytes([1]) + b"".join(halves)).digest()

    def path(self, m: int, start: int, end: int) -> list[bytes]:
        """PATH(m, D[start:end]), m counted from start."""
        if end - start == 1:
            return []
        k = split(end - start)
        if m < k:
            return [*self.path(m, start, start + k), self.mth(start + k, end)]
        return [*self.path(m - k, start + k, end), self.mth(start, start + k)]

    def proof(self, m: int, n: int) -> list[bytes]:
        """PROOF(m, D[0:n]), which the RFC defines for 0 < m < n; empty outside."""
        return self._subproof(m, 0, n, whole=True) if 0 < m < n else []

    def _subproof(self, m: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        if m == end - start:
            return [] if whole else [self.mth(start, end)]
        k = split(end - start)
        if m <= k:
            left = self._subproof(m, start, start + k, whole=whole)
            return [*left, self.mth(start + k, end)]
        right = self._subproof(m - k, start + k, end, whole=False)
        return [*right, self.mth(start, start + k)]


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


class NaiveTiles:
    """The tiles of such a tree, cut by their definition; records what it was asked for."""

    def __init__(self, tree: NaiveTree) -> None:
        self._tree = tree
        self.asked: list[tuple[int, int, int]] = []

    def tile(self, level: int, number: int, width: int) -> bytes:
        self.asked.append((level, number, width))
        span = 256**level
        starts = range(number * 256 * span, (number * 256 + width) * span, span)
        return b"".join(self._tree.mth(start, start + span) for start in starts)
