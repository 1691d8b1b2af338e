"""What each witness of a log says about the leaf at a position, and who is believed.

Five witnesses: the body, the stored leaf, the checkpoints' lists, the tiles, and a copy in another
house. As long as they agree there is one tree. Where they part, each gets a tree of its own, and
the next signed root tells who spoke the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.log.merkle import HASH_SIZE, Frontier
from shared.log.verification.report import Findings, Kind
from shared.log.verification.wrongs import Wrong, Wrongs

NOTHING: Final = bytes(HASH_SIZE)
"""Stands in a tree where a fact is missing; no body hashes to it."""
_OPEN_MAX: Final = 20_000


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


_WITNESSES: Final = ("leaf", "body", "kept", "tile", "copy")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A root that somebody outside the facts vouches for; `whose` names them in Chinese."""

    size: int
    root: bytes
    whose: str
    at: int | None = None
    """The Unix second of the site's own cosignature."""


class Court:
    """Hears the evidence in order of position and settles it at every anchor."""

    def __init__(self, findings: Findings, wrongs: Wrongs) -> None:
        self._findings = findings
        self._wrongs = wrongs
        self._tree = Frontier()
        self._trees: dict[str, Frontier] = {}
        self._open: list[Evidence] = []
        self._held = 0
        self._contradicted = False

    @property
    def size(self) -> int:
        """How many positions were heard."""
        return (self._trees.get("leaf") or self._tree).size

    def root(self) -> bytes:
        """The root over the stored leaves as far as they are known to be wrong or right."""
        return (self._trees.get("leaf") or self._tree).root()

    def hear(self, evidence: Evidence) -> None:
        """Take the next position's evidence."""
        agreed = evidence.agreed()
        if agreed and not self._trees:
            self._tree.append(evidence.by("leaf"))
            return
        if not self._trees:
            start = self._tree
            self._trees = {w: Frontier(start.size, start.peaks) for w in _WITNESSES}
        for witness, tree in self._trees.items():
            tree.append(evidence.by(witness))
        if not agreed and len(self._open) < _OPEN_MAX:
            self._open.append(evidence)

    def settle(self, anchor: Anchor) -> None:
        """Compare with a root for exactly the size heard, and believe those who come to it."""
        believed = [w for w, tree in self._trees.items() if tree.root() == anchor.root]
        if believed:
            self._close(believed[0])
        elif not self._trees and self._tree.root() == anchor.root:
            self._held = anchor.size
        elif not self._contradicted:
            self._contradict(anchor)
        if believed:
            self._held = anchor.size

    def close(self) -> None:
        """After the last position: what no root has settled is told as it looks."""
        self._close(None)

    def _contradict(self, anchor: Anchor) -> None:
        self._contradicted = True
        self._findings.add(None, Kind.REBUILT, f"日志与{anchor.whose}不一致：{self._where(anchor)}")
        self._close(None)

    def _where(self, anchor: Anchor) -> str:
        last = anchor.size - 1
        if last < 0:
            return "它说日志空着，根却不是空日志的根"
        where = f"{self._held} 至 {last} 之间" if self._held <= last else f"{last} 或更早处"
        return f"位置 {where}被改写过"

    def _close(self, believed: str | None) -> None:
        for evidence in self._open:
            self._wrongs.add(_wrong(evidence, evidence.by(believed) if believed else None))
        if self._trees:
            self._tree = self._trees[believed or "leaf"]
        self._trees, self._open = {}, []


def _wrong(said: Evidence, proven: bytes | None) -> Wrong:
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
