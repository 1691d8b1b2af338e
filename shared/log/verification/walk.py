"""One reading of a log from position 0 to its end, every witness beside every fact."""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from heapq import merge

from sqlalchemy.engine import Connection

from shared.log.verification.anchors import Keys, newest_anchor, stored_anchors
from shared.log.verification.columns import check_versions
from shared.log.verification.court import Court
from shared.log.verification.evidence import Anchor
from shared.log.verification.parts import Asked, told_by
from shared.log.verification.places import check_places
from shared.log.verification.report import Findings, Kind, Report
from shared.log.verification.signer_state import Chain
from shared.log.verification.tiles import check_tiles
from shared.log.verification.witnesses import Mirror, Witnesses
from shared.log.verification.wrongs import Wrongs


@dataclass(frozen=True, slots=True)
class Head:
    """The log's extent at one moment; `newest` is the size of the largest stored checkpoint."""

    size: int
    fact_count: int
    newest: int
    checkpoint_count: int
    tile_count: int


class Walk:
    """One reading of the log from position 0 to its end."""

    def __init__(
        self, conn: Connection, keys: Keys, head: Head, processes: int, findings: Findings
    ) -> None:
        self._conn = conn
        self._processes = processes
        self._keys = keys
        self._head = head
        self._findings = findings
        self._wrongs = Wrongs()
        self._court = Court(findings, self._wrongs)

    def run(
        self,
        outside: list[Anchor],
        chain: Chain,
        mirror: Mirror | None,
        progress: Callable[[int], None],
    ) -> Report:
        """The report on what this walk meets."""
        head, findings = self._head, self._findings
        stored = stored_anchors(self._conn, head.newest, self._keys, chain, findings)
        end = self._end(outside)
        asked = Asked(self._keys.log, end, mirror is not None)
        with told_by(self._conn, asked, self._processes, findings) as told:
            witnesses = Witnesses(self._conn, told, head.newest, mirror, progress, findings)
            signed = self._hold(merge(outside, stored, key=_size), end, witnesses)
            progress(end)
        if chain.count != head.checkpoint_count:
            sentence = f"检查点有 {head.checkpoint_count} 行，排得进次序的只有 {chain.count} 行"
            findings.add(None, Kind.CHECKPOINT_EDITED, sentence)
        self._court.close()
        findings.warnings.extend(witnesses.times.warnings())
        check_places(self._conn, head.size, head.fact_count, witnesses.found_count, findings)
        check_versions(self._conn, end, findings)
        return self._report(signed, witnesses.whole)

    def _end(self, outside: list[Anchor]) -> int:
        """Where to stop: a fact set at a huge position must not make this run for ever.

        With fewer facts than positions, a gap comes before as many positions as there are facts.
        """
        known = [anchor.size for anchor in outside]
        if (newest := newest_anchor(self._conn, self._keys)) is not None:
            known.append(newest.size)
        return min(self._head.size, max([self._head.fact_count, *known]))

    def _hold(self, anchors: Iterator[Anchor], end: int, witnesses: Witnesses) -> int:
        """Hear all up to `end` and settle it at every anchor; the size up to which it is signed."""
        signed = 0
        for anchor in anchors:
            if anchor.size > self._head.size:
                truncated(self._head.size, anchor.whose, self._findings)
            elif anchor.size <= end:
                self._court.hear_all(witnesses.until(anchor.size))
                self._court.settle(anchor)
                if anchor.at is not None:
                    witnesses.times.close(anchor.at)
                signed = anchor.size
        self._court.hear_all(witnesses.until(end))
        return signed

    def _report(self, signed: int, whole: Set[int]) -> Report:
        head, findings = self._head, self._findings
        stored = max(0, min(head.newest, self._court.size))
        most = max(stored, signed)
        check_tiles(self._conn, stored, most, head.tile_count, whole, findings)
        self._wrongs.name(findings)
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


def _size(anchor: Anchor) -> int:
    return anchor.size


def truncated(size: int, whose: str, findings: Findings) -> None:
    """Somebody knows facts beyond the log's end."""
    sentence = f"日志从位置 {size} 起被截断：{whose}知道更多的事实"
    findings.add(size, Kind.TRUNCATED, sentence)
