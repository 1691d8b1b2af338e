"""Every choice of the demo is a hash of the seed and of what is being chosen.

So a choice depends neither on the order of calls nor on how many households there are.
"""

import builtins
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = int | str
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choices:
    """A source of repeatable choices: the same seed, scope and keys give the same answer."""

    seed: int
    scope: tuple[Key, ...] = ()

    def within(self, *keys: Key) -> "Choices":
        """The same source, narrowed: `within(a).below(n, b)` is `below(n, a, b)`."""
        return Choices(self.seed, (*self.scope, *keys))

    def below(self, count: int, *keys: Key) -> int:
        """An integer from 0 to `count` - 1; its bias is below 2**-200 for any count used here.

        Raises ValueError where there is nothing to choose from.
        """
        if count < 1:
            raise ValueError(f"nothing below {count}")
        return int.from_bytes(self._digest(0, keys)) % count

    def between(self, low: int, high: int, *keys: Key) -> int:
        """An integer from `low` to `high`, both included."""
        return low + self.below(high - low + 1, *keys)

    def chance(self, per_mille: int, *keys: Key) -> bool:
        """True in `per_mille` cases of a thousand."""
        return self.below(1000, *keys) < per_mille

    def pick(self, sequence: Sequence[T], *keys: Key) -> T:
        """One of the sequence; ValueError where it is empty."""
        return sequence[self.below(len(sequence), *keys)]

    def shuffled(self, sequence: Sequence[T], *keys: Key) -> tuple[T, ...]:
        """The sequence in another order."""
        places = sorted(range(len(sequence)), key=lambda place: self._digest(0, (*keys, place)))
        return tuple(sequence[place] for place in places)

    def uuid(self, *keys: Key) -> uuid.UUID:
        """A version 8 UUID (RFC 9562: bits of one's own making), for command ids."""
        octets = bytearray(self._digest(0, keys)[:16])
        octets[6] = octets[6] & 0x0F | 0x80
        octets[8] = octets[8] & 0x3F | 0x80
        return uuid.UUID(bytes=builtins.bytes(octets))

    def bytes(self, count: int, *keys: Key) -> builtins.bytes:
        """`count` bytes, SHA-256 block after block."""
        blocks = (self._digest(block, keys) for block in range(-(-count // 32)))
        return b"".join(blocks)[:count]

    def _digest(self, block: int, keys: tuple[Key, ...]) -> builtins.bytes:
        """JSON keeps `("ab", "c")` apart from `("a", "bc")` and 1 from "1"."""
        told = json.dumps([self.seed, block, *self.scope, *keys], separators=(",", ":"))
        return hashlib.sha256(told.encode("ascii")).digest()
