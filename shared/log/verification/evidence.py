"""What each witness of a log says about the leaf at a position, and what a disagreement is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.log.merkle import HASH_SIZE
from shared.log.verification.report import Kind
from shared.log.verification.wrongs import Wrong

NOTHING: Final = bytes(HASH_SIZE)
"""Stands in a tree where a fact is missing; no body hashes to it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The leaf hash at a position by each witness; None where one is silent."""

    position: int
    body: bytes | None
    leaf: bytes | None
    kept: bytes | None
    tile: bytes | None
    copy: bytes | None

    def agreed(self) -> bool:
        """Whether all who speak say the same, the fact itself among them."""
        leaf = self.leaf
        others = (self.kept, self.tile, self.copy)
        return leaf is not None and self.body == leaf and all(o in (leaf, None) for o in others)

    def by(self, witness: str) -> bytes:
        """What a witness says; one who is silent goes along with the stored leaf."""
        said: bytes | None = getattr(self, witness)
        return said or self.leaf or NOTHING


@dataclass(frozen=True, slots=True)
class Agreed:
    """Leaf hashes of which all who speak say the same; `tile` is their root if they fill a tile."""

    leaves: list[bytes]
    tile: bytes | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A root that somebody outside the facts vouches for; `whose` names them in Chinese."""

    size: int
    root: bytes
    whose: str
    at: int | None = None
    """The Unix second of the site's own cosignature."""


def wrong_of(said: Evidence, proven: bytes | None) -> Wrong:
    """What a disagreement is, given the proven leaf or, without one, the likeliest."""
    leaf = proven or said.kept or said.tile or said.leaf or said.copy or NOTHING
    return Wrong(said.position, _kind(said, leaf), said.body or NOTHING, leaf)


def _kind(said: Evidence, leaf: bytes) -> Kind:
    if said.body is None:
        return Kind.MISSING
    if said.body == leaf == said.leaf:
        return _kind_beside(said, leaf)
    if said.body == leaf:
        return Kind.LEAF_EDITED
    if said.body != said.leaf:
        return Kind.BODY_EDITED
    kept = [one for one in (said.kept, said.tile) if one is not None]
    everywhere = bool(kept) and all(one == said.body for one in kept)
    return Kind.REBUILT if everywhere else Kind.FACT_REPLACED


def _kind_beside(said: Evidence, leaf: bytes) -> Kind:
    """The fact is right; which of its witnesses isn't."""
    witnesses: Sequence[tuple[bytes | None, Kind]] = (
        (said.kept, Kind.CHECKPOINT_EDITED),
        (said.tile, Kind.TILE_EDITED),
    )
    for hashed, kind in witnesses:
        if hashed not in (leaf, None):
            return kind
    return Kind.REBUILT  # the copy in another house knows another fact
