"""What a verification says: what is wrong first, and of what kind."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

FINDINGS_MAX: Final = 50
"""Findings of one kind that are named; the rest are counted, so that memory stays flat."""


class Kind(StrEnum):
    """The kinds of wrong; where several meet at one position, the upper one is named first.

    RECORD_… are those of a copy in another house, the others those of the log itself.
    """

    MISSING = "missing"
    TRUNCATED = "truncated"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    REBUILT = "rebuilt"
    FACT_REPLACED = "fact_replaced"
    BODY_EDITED = "body_edited"
    LEAF_EDITED = "leaf_edited"
    NOT_CANONICAL = "not_canonical"
    FOREIGN_FACT = "foreign_fact"
    COLUMN_EDITED = "column_edited"
    PERSON_INDEX_EDITED = "person_index_edited"
    VERSION_GAP = "version_gap"
    TILE_EDITED = "tile_edited"
    CHECKPOINT_EDITED = "checkpoint_edited"
    SIGNATURE_WRONG = "signature_wrong"
    BOOKS_DIFFER = "books_differ"
    RECORD_MISSING = "record_missing"
    RECORD_INSERTED = "record_inserted"
    RECORD_EDITED = "record_edited"
    RECORD_COLUMN_EDITED = "record_column_edited"
    RECORD_PERSON_INDEX_EDITED = "record_person_index_edited"
    RECORD_ROOT_DIFFERS = "record_root_differs"
    RECORD_INCOMPLETE = "record_incomplete"
    UNREADABLE = "unreadable"


_RANK: Final = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. `position` is None where no single fact is meant."""

    position: int | None
    kind: Kind
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer for one log. `unsigned_count` facts at its end await their checkpoint."""

    log: str
    size: int
    root: bytes
    ok: bool
    unsigned_count: int
    checkpoint_count: int
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]


def unreadable(log: str, sentence: str) -> Report:
    """The answer for a log that couldn't be read to its end."""
    return Report(log, 0, b"", False, 0, 0, (Finding(None, Kind.UNREADABLE, sentence),), ())


class Findings:
    """Collects findings, at most FINDINGS_MAX of a kind, and gives them first position first."""

    def __init__(self) -> None:
        self._named: dict[tuple[int | None, Kind], Finding] = {}
        self._counts: Counter[Kind] = Counter()
        self.warnings: list[str] = []

    def add(self, position: int | None, kind: Kind, sentence: str) -> None:
        """Name a finding; a second of the same kind at the same position adds nothing new."""
        if position is not None and (position, kind) in self._named:
            return
        self._counts[kind] += 1
        if self._counts[kind] <= FINDINGS_MAX:
            key = (position if position is not None else -self._counts[kind], kind)
            self._named[key] = Finding(position, kind, sentence)

    def tell(self, kind: Kind, position: int | None, sentence: str) -> None:
        """As `add`, for whoever knows of one kind only."""
        self.add(position, kind, sentence)

    def counted(self) -> tuple[list[Finding], dict[Kind, int]]:
        """Those that are named, in the order in which they came, and how many there are of each."""
        return list(self._named.values()), dict(self._counts)

    def take_over(self, named: Iterable[Finding], counts: Mapping[Kind, int]) -> None:
        """What others have `counted` of the positions that follow."""
        here = Counter[Kind]()
        for finding in named:
            here[finding.kind] += 1
            self.add(finding.position, finding.kind, finding.sentence)
        self._counts.update(Counter(counts) - here)

    def sorted(self) -> tuple[Finding, ...]:
        """The first wrong position comes first; what concerns no single fact, last."""
        return tuple(sorted(self._named.values(), key=_order))

    def all_warnings(self) -> tuple[str, ...]:
        """The warnings, and how many findings of each kind were left unnamed."""
        unnamed = [
            f"另有 {count - FINDINGS_MAX} 处同类问题未列出（{kind}）"
            for kind, count in sorted(self._counts.items())
            if count > FINDINGS_MAX
        ]
        return (*self.warnings, *unnamed)


def joined(report: Report, beside: Findings) -> Report:
    """The report with what was found in a copy of the log."""
    found = tuple(sorted((*report.findings, *beside.sorted()), key=_order))
    warnings = (*report.warnings, *beside.all_warnings())
    return replace(report, ok=not found, findings=found, warnings=warnings)


def _order(finding: Finding) -> tuple[bool, int, int]:
    return finding.position is None, finding.position or 0, _RANK[finding.kind]
