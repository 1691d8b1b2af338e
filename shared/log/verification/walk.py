"""One reading of a log from position 0 to its end, every witness beside every fact."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.merkle import HASH_SIZE, leaf_hash
from shared.log.verification import rows
from shared.log.verification.anchors import Keys, newest_anchor, stored_anchors
from shared.log.verification.columns import (
    NotAFact,
    PersonIndex,
    check_columns,
    check_versions,
    read_fact,
)
from shared.log.verification.evidence import Anchor, Court, Evidence
from shared.log.verification.report import Findings, Kind, Report
from shared.log.verification.tiles import check_tiles
from shared.log.verification.times import Brackets
from shared.log.verification.wrongs import Wrongs

Mirror = Callable[[int, int], Iterable[tuple[int, bytes]]]
"""The facts of a copy from a position up to another, as (position, exact body)."""


@dataclass(frozen=True, slots=True)
class Head:
    """The log's extent at one moment; `newest` is the size of the largest stored checkpoint."""

    size: int
    first: int
    fact_count: int
    newest: int
    checkpoint_count: int
    tile_count: int


class Walk:
    """One reading of the log from position 0 to its end."""

    def __init__(self, conn: Connection, keys: Keys, head: Head, findings: Findings) -> None:
        self._conn = conn
        self._keys = keys
        self._head = head
        self._findings = findings
        self._wrongs = Wrongs()
        self._court = Court(findings, self._wrongs)
        self._times = Brackets()

    def run(
        self, outside: list[Anchor], mirror: Mirror | None, progress: Callable[[int], None]
    ) -> Report:
        """The report on what this walk meets."""
        stored = stored_anchors(self._conn, self._head.newest, self._keys, self._findings)
        end = self._end(outside)
        evidence = self._evidence(end, mirror, progress)
        signed = 0
        for anchor in merge(outside, stored, key=lambda anchor: anchor.size):
            if anchor.size > self._head.size:
                truncated(self._head.size, anchor.whose, self._findings)
            elif anchor.size <= end:
                self._hear_until(anchor.size, evidence)
                self._court.settle(anchor)
                self._times.close(anchor.at)
                signed = anchor.size
        self._hear_until(end, evidence)
        progress(end)
        self._court.close()
        self._beyond(end)
        return self._report(signed)

    def _end(self, outside: list[Anchor]) -> int:
        """Where to stop: a fact set at a huge position must not make this run for ever.

        With fewer facts than positions, a gap comes before as many positions as there are facts.
        """
        known = [anchor.size for anchor in outside]
        if (newest := newest_anchor(self._conn, self._keys)) is not None:
            known.append(newest.size)
        return min(self._head.size, max([self._head.fact_count, *known]))

    def _hear_until(self, size: int, evidence: Iterator[Evidence]) -> None:
        while self._court.size < size:
            self._court.hear(next(evidence))

    def _evidence(
        self, end: int, mirror: Mirror | None, progress: Callable[[int], None]
    ) -> Iterator[Evidence]:
        """What every witness says, position by position; each fact is examined on the way."""
        persons = PersonIndex(self._conn, end, self._findings)
        kept = rows.kept_hashes(self._conn, self._head.newest, self._findings)
        tiles = rows.tile_hashes(self._conn, end)
        copies = _copies(mirror, end)
        facts = enumerate(rows.facts(self._conn, end))
        for (position, row), kept_leaf, tile, copy in zip(facts, kept, tiles, copies, strict=False):
            body = None if row is None else leaf_hash(rows.as_bytes(row.body))
            leaf = None if row is None else rows.as_bytes(row.leaf)
            if leaf is not None and len(leaf) != HASH_SIZE:
                leaf = None  # no hash at all; the body then stands alone
            self._examine(position, row if body == leaf else None, persons)
            yield Evidence(position, body, leaf, kept_leaf, tile, copy)
            if (position + 1) % rows.PAGE == 0:
                progress(position + 1)

    def _examine(self, position: int, row: sa.Row[Any] | None, persons: PersonIndex) -> None:
        """Look into a fact whose body is its leaf's; another one is wrong as it stands."""
        if row is None:
            persons.check(position, None)
            return
        try:
            log, derived = read_fact(rows.as_bytes(row.body))
        except NotAFact as error:
            self._findings.add(position, Kind.NOT_CANONICAL, f"位置 {position}：{error}")
            persons.check(position, None)
            return
        if log != self._keys.log:
            sentence = f"位置 {position} 的事实属于日志 {log}"
            self._findings.add(position, Kind.FOREIGN_FACT, sentence)
        check_columns(row, derived, self._findings)
        persons.check(position, derived.persons)
        self._times.hear(position, derived.at)

    def _beyond(self, end: int) -> None:
        """What can't be seen position by position."""
        if self._head.first < 0:
            sentence = f"位置 {self._head.first} 不在日志之内"
            self._findings.add(self._head.first, Kind.INSERTED, sentence)
        check_versions(self._conn, end, self._findings)

    def _report(self, signed: int) -> Report:
        head, findings = self._head, self._findings
        stored = min(head.newest, self._court.size)
        check_tiles(self._conn, stored, max(stored, signed), head.tile_count, findings)
        self._wrongs.name(findings)
        findings.warnings.extend(self._times.warnings())
        found = findings.sorted()
        return Report(
            self._keys.log,
            head.size,
            self._court.root(),
            not found,
            head.size - signed,
            head.checkpoint_count,
            found,
            findings.all_warnings(),
        )


def truncated(size: int, whose: str, findings: Findings) -> None:
    """Somebody knows facts beyond the log's end."""
    sentence = f"日志从位置 {size} 起被截断：{whose}知道更多的事实"
    findings.add(size, Kind.TRUNCATED, sentence)


def _copies(mirror: Mirror | None, end: int) -> Iterator[bytes | None]:
    """The leaf at each position by the copy, None where it has none."""
    for start in range(0, end, rows.PAGE):
        stop = min(start + rows.PAGE, end)
        page = dict(mirror(start, stop)) if mirror is not None else {}
        for position in range(start, stop):
            yield leaf_hash(bytes(page[position])) if position in page else None
