"""The copy's own proof: the frontiers that it kept at its stations and at its edge."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.merkle import Frontier, split_hashes
from shared.log.verification import Findings, Kind, as_bytes


class Stations:
    """Lets the tree over the copy grow from each kept frontier to the next."""

    def __init__(self, conn: Connection, log: str, findings: Findings) -> None:
        self._conn, self._log, self._findings = conn, log, findings
        self._tree: Frontier | None = Frontier()

    def prove(self, start: int, stop: int, leaves: Mapping[int, bytes]) -> int:
        """Up to which position the page of leaves from `start` on is what the frontiers say."""
        proven, here = start, start
        values = {"log": self._log, "start": start, "stop": stop}
        for row in self._conn.execute(_KEPT, values):
            if not isinstance(row.size, int):
                continue  # counted at the end
            self._grow(here, row.size, leaves)
            if self._meets(here, row) and proven == here:
                proven = row.size
            here = row.size
        if here < stop:
            self._tell(f"{stop} 条处应有的树根不见了")
            self._grow(here, stop, leaves)
        return proven

    def close(self, end: int) -> None:
        """After the last page: no frontier may lie outside the copy."""
        row = self._conn.execute(_OUTSIDE, {"log": self._log, "end": end}).first()
        if row is not None:
            self._tell(f"存有副本之外的树根：{ascii(row.size)[:40]} 条处")

    def _grow(self, start: int, stop: int, leaves: Mapping[int, bytes]) -> None:
        missing = any(position not in leaves for position in range(start, stop))
        if missing:
            self._tree = None
        elif self._tree is not None:
            self._tree.extend(leaves[position] for position in range(start, stop))

    def _meets(self, start: int, row: sa.Row[Any]) -> bool:
        """Whether the tree is the kept one, from which it goes on growing if there is one."""
        tree, kept = self._tree, _frontier(row)
        same = tree is not None and kept is not None and tree.peaks == kept.peaks
        if not same and (tree is not None or kept is None):
            self._tell(f"位置 {start} 至 {row.size - 1} 与所存的树根不符，事实或树根被改动")
        self._tree = kept or tree
        return same

    def _tell(self, what: str) -> None:
        sentence = f"监督记录中 {self._log} {what}"
        self._findings.add(None, Kind.RECORD_ROOT_DIFFERS, sentence)


def _frontier(row: sa.Row[Any]) -> Frontier | None:
    try:
        return Frontier(row.size, split_hashes(as_bytes(row.peaks)))
    except ValueError:
        return None


_KEPT = sa.text(
    "SELECT size, peaks FROM mirror_frontier "
    "WHERE log = :log AND size > :start AND size <= :stop ORDER BY size"
)
_OUTSIDE = sa.text(
    "SELECT size FROM mirror_frontier WHERE log = :log "
    "AND (size < 1 OR size > :end OR size IS NULL OR size <> CAST(size AS BIGINT)) LIMIT 1"
)
