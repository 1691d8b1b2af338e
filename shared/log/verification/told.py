"""What the facts themselves tell, a tile's worth at a time, and which of them are asked."""

from dataclasses import dataclass

from shared.envelope import Row
from shared.log.merkle import TILE_WIDTH, complete_root


@dataclass(frozen=True, slots=True)
class Part:
    """The positions `start` … `stop` − 1 of a log; `start` begins a page.

    The first part also has what lies before position 0, the last what lies beyond the end.
    """

    start: int
    stop: int
    last: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the facts from `start` on tell: never more than those of one tile of 256.

    `leaves` are as stored, None where there is none; `bodies` are the hashes of the bodies, and
    None as a whole where each is its leaf. `ats` are the instants of those that are facts. `root`
    is over the leaves of a full tile whose bodies bear them out. `rows` are what follows from the
    bodies, for a copy to be held against; None where nobody asked.
    """

    start: int
    leaves: list[bytes | None]
    bodies: list[bytes | None] | None
    ats: list[str | None]
    root: bytes | None
    rows: list[Row | None] | None

    @property
    def stop(self) -> int:
        """The position after the last."""
        return self.start + len(self.leaves)


def sound(start: int, leaves: list[bytes], ats: list[str], rows: list[Row] | None) -> Told:
    """What facts tell that are all as they should be."""
    root = complete_root(leaves) if len(leaves) == TILE_WIDTH else None
    return Told(start, [*leaves], None, [*ats], root, None if rows is None else [*rows])
