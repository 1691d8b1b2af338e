"""Who is believed.

Five witnesses: the body, the stored leaf, the checkpoints' lists, the tiles, and a copy in another
house. As long as they agree there is one tree. Where they part, each gets a tree of its own, and
the next signed root tells who spoke the truth.
"""

from collections.abc import Iterable
from typing import Final

from shared.log.verification.evidence import Agreed, Anchor, Evidence, wrong_of
from shared.log.verification.report import Findings, Kind
from shared.log.verification.trees import Tree
from shared.log.verification.wrongs import Wrongs

_WITNESSES: Final = ("leaf", "body", "kept", "tile", "copy")
_OPEN_MAX: Final = 20_000


class Court:
    """Hears the evidence in order of position and settles it at every anchor."""

    def __init__(self, findings: Findings, wrongs: Wrongs) -> None:
        self._findings = findings
        self._wrongs = wrongs
        self._tree = Tree()
        self._trees: dict[str, Tree] = {}
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

    def hear_all(self, said: Iterable[Agreed | Evidence]) -> None:
        """Take what follows, position by position or many at once."""
        for one in said:
            if isinstance(one, Agreed):
                self._hear_agreed(one)
            else:
                self.hear(one)

    def _hear_agreed(self, agreed: Agreed) -> None:
        """Take the next positions, where there is nothing to settle."""
        for tree in self._trees.values() or (self._tree,):
            if agreed.tile is not None:
                tree.add_tile(agreed.tile)
            else:
                tree.extend(agreed.leaves)

    def hear(self, evidence: Evidence) -> None:
        """Take the next position's evidence."""
        agreed = evidence.agreed()
        if agreed and not self._trees:
            self._tree.extend([evidence.by("leaf")])
            return
        if not self._trees:
            self._trees = {witness: self._tree.copy() for witness in _WITNESSES}
        for witness, tree in self._trees.items():
            tree.extend([evidence.by(witness)])
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
            self._wrongs.add(wrong_of(evidence, evidence.by(believed) if believed else None))
        if self._trees:
            self._tree = self._trees[believed or "leaf"]
        self._trees, self._open = {}, []
