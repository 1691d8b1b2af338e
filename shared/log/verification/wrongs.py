"""From positions where the leaf is wrong to what was done there: edited, swapped, taken out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from shared.log.verification.report import Findings, Kind

WRONGS_MAX: Final = 20_000
_SENTENCES: Final = {
    Kind.MISSING: "位置 {0} 的事实不见了",
    Kind.INSERTED: "位置 {0} 插入了一条事实，其后的事实都被后移",
    Kind.REBUILT: "位置 {0} 起日志自成一体，却与已签署的记录或另一处保存的副本不同：日志被整体重写过",
    Kind.FACT_REPLACED: "位置 {0} 的事实被整条换过：正文与叶哈希相符，却不是当初签入检查点的那一条",
    Kind.BODY_EDITED: "位置 {0} 的正文被改动：正文与叶哈希不符",
    Kind.LEAF_EDITED: "位置 {0} 的叶哈希被改动，正文未变",
    Kind.TILE_EDITED: "位置 {0} 在树块中的哈希被改动，事实未变",
    Kind.CHECKPOINT_EDITED: "位置 {0} 在检查点所列叶哈希中被改动，事实未变",
}
_OF_FACTS: Final = frozenset({Kind.FACT_REPLACED, Kind.BODY_EDITED, Kind.REBUILT})


@dataclass(frozen=True, slots=True)
class Wrong:
    """At this position lies a fact whose body hashes to `found`, where `leaf` belongs."""

    position: int
    kind: Kind
    found: bytes
    leaf: bytes


class Wrongs:
    """Collects them, the first WRONGS_MAX, until those that belong together can be seen."""

    def __init__(self) -> None:
        self._wrongs: list[Wrong] = []

    def add(self, wrong: Wrong) -> None:
        """In ascending order of position."""
        if len(self._wrongs) < WRONGS_MAX:
            self._wrongs.append(wrong)

    def name(self, findings: Findings) -> None:
        """Say what was done."""
        home = {w.leaf: w for w in self._wrongs}
        named: set[int] = set()
        for first, last in _swaps(self._wrongs, home):
            named |= {first, last}
            findings.add(first, Kind.SWAPPED, f"位置 {first} 与位置 {last} 的事实被对调")
        rest = [wrong for wrong in self._wrongs if wrong.position not in named]
        for wrong in _without_shifts(rest):
            findings.add(wrong.position, wrong.kind, _SENTENCES[wrong.kind].format(wrong.position))


def _swaps(wrongs: list[Wrong], home: dict[bytes, Wrong]) -> Iterator[tuple[int, int]]:
    for wrong in wrongs:
        other = home.get(wrong.found)
        if other and other.found == wrong.leaf and wrong.position < other.position:
            yield wrong.position, other.position


def _without_shifts(wrongs: list[Wrong]) -> Iterator[Wrong]:
    """Where a fact was taken out or put in and the others moved up or down, only the first."""
    shift: Kind | None = None
    for wrong, following in zip(wrongs, [*wrongs[1:], None], strict=False):
        inside, shift_on = shift is not None, _shift(wrong, following)
        if inside and shift_on is shift:
            continue
        shift = shift_on
        if not inside:
            yield wrong if shift is None else Wrong(wrong.position, shift, wrong.found, wrong.leaf)


def _shift(wrong: Wrong, following: Wrong | None) -> Kind | None:
    """How this fact and the next have moved together, if they have."""
    if following is None or following.position != wrong.position + 1:
        return None
    if wrong.kind not in _OF_FACTS:
        return None
    if wrong.found == following.leaf:
        return Kind.MISSING
    return Kind.INSERTED if following.found == wrong.leaf else None
