"""What every witness says of every position: the facts, the lists, the tiles and the copy."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, Protocol

from sqlalchemy.engine import Connection

from shared.envelope import Row
from shared.log.merkle import HASH_SIZE, TILE_WIDTH
from shared.log.verification import rows
from shared.log.verification.checkpoints import kept_hashes
from shared.log.verification.evidence import Agreed, Evidence
from shared.log.verification.report import Findings
from shared.log.verification.times import Brackets
from shared.log.verification.told import Told


class Mirror(Protocol):
    """A copy of the log in another house, `size` facts long as far as it can vouch for itself."""

    size: int

    def leaf(self, position: int, there: bytes | None, derived: Row | None) -> bytes | None:
        """The leaf that the copy vouches for; None where it can't.

        Asked once for each position, in order, and told what the log has `there`: the leaf, and
        the row that follows from its body if that is a fact and at hand.
        """


class Witnesses:
    """Holds what the facts have `told` beside the others; `newest` is the last checkpoint's size."""

    def __init__(
        self,
        conn: Connection,
        told: Iterator[Told],
        newest: int,
        mirror: Mirror | None,
        progress: Callable[[int], None],
        findings: Findings,
    ) -> None:
        self._told = told
        self._kept = kept_hashes(conn, newest, findings)
        self._tiles = rows.Tiles(conn)
        self._mirror = mirror
        self._progress = progress
        self._position = 0
        self._now = Told(0, [], [], [], None, None)
        self._hashes = b""
        self.times = Brackets()
        self.whole = set[int]()
        """The numbers of the full tiles that are exactly what the facts make of them."""
        self.found_count = 0
        """The positions at which there is a fact, whatever it is."""

    def until(self, size: int) -> Iterator[Agreed | Evidence]:
        """What they say of the positions before `size`, from where the last question ended."""
        while self._position < size:
            if self._position == self._now.stop:
                self._next()
            now, first = self._now, self._position - self._now.start
            last = min(size, now.stop) - now.start
            self._position = now.start + last
            self.times.hear_all(now.start + first, now.ats[first:last])
            yield from self._say(now, first, last)
            if self._position % _TOLD == 0:
                self._progress(self._position)

    def _next(self) -> None:
        now = self._now = next(self._told)
        bodies = now.leaves if now.bodies is None else now.bodies
        self.found_count += len(bodies) - bodies.count(None)
        number = now.start // TILE_WIDTH
        self._hashes, root = self._tiles.at(number)
        if now.root is not None and (self._hashes, root) == (_joined(now.leaves), now.root):
            self.whole.add(number)

    def _say(self, told: Told, first: int, last: int) -> Iterator[Agreed | Evidence]:
        start, leaves = told.start + first, told.leaves[first:last]
        kept = list(islice(self._kept, last - first))
        copies = self._copies(told, first, last)
        hashes = self._hashes[first * HASH_SIZE : last * HASH_SIZE]
        if told.bodies is None:
            proven = [leaf for leaf in leaves if leaf is not None]  # which are all
            silent = not any(kept), not hashes, not any(copies)
            by_all = kept == leaves, hashes == _joined(leaves), copies == leaves
            if all(map(max, silent, by_all)):
                yield Agreed(proven, told.root if len(leaves) == TILE_WIDTH else None)
                return
        bodies = leaves if told.bodies is None else told.bodies[first:last]
        for position, body, leaf, listed, tile, copy in zip(
            range(start, start + len(leaves)), bodies, leaves, kept, _split(hashes), copies,
            strict=False,
        ):  # fmt: skip
            yield Evidence(position, body, leaf, listed, tile, copy)

    def _copies(self, told: Told, first: int, last: int) -> list[bytes | None]:
        if self._mirror is None:
            return [None] * (last - first)
        derived = told.rows or [None] * len(told.leaves)
        return [
            self._mirror.leaf(told.start + index, told.leaves[index], derived[index])
            for index in range(first, last)
        ]


_TOLD: Final = 1_024
"""Positions after which progress is told again."""


def _joined(leaves: list[bytes | None]) -> bytes:
    return b"".join(leaf or b"" for leaf in leaves)


def _split(hashes: bytes) -> Iterator[bytes | None]:
    """The hashes that are there, and None for ever after."""
    for cut in range(0, len(hashes) - HASH_SIZE + 1, HASH_SIZE):
        yield hashes[cut : cut + HASH_SIZE]
    while True:
        yield None
