"""What a follower reads from: another service's log, by position, keys beside the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.sealing import TravellingKey


@dataclass(frozen=True, slots=True)
class Carried:
    """A fact on its way: its place, its exact bytes, and the key its sealed part needs."""

    log: str
    position: int
    body: bytes
    key: TravellingKey | None = None


class Source(Protocol):
    """A log that can be followed. Positions come dense and in order, or it raises."""

    log: str

    def facts_after(self, position: int, limit: int) -> Sequence[Carried]:
        """Facts from `position` + 1 on, at most `limit`."""
        ...

    def facts_at(self, positions: Sequence[int]) -> Sequence[Carried]:
        """These facts, in order of position."""
        ...

    def head(self) -> int:
        """The last position; −1 for an empty log."""
        ...
