"""Read what every witness says of every position, and look into each fact on the way."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.envelope import Envelope, Row, row_of
from shared.log import store
from shared.log.merkle import HASH_SIZE, leaf_hash
from shared.log.verification import rows
from shared.log.verification.columns import NotAFact, check_columns, person_index, read_fact
from shared.log.verification.evidence import Evidence
from shared.log.verification.report import Findings, Kind
from shared.log.verification.times import Brackets


class Mirror(Protocol):
    """A copy of the log in another house, `size` facts long as far as it can vouch for itself."""

    size: int

    def leaf(self, position: int, there: bytes | None, derived: Row | None) -> bytes | None:
        """The leaf that the copy vouches for; None where it can't.

        Asked once for each position, in order, and told what the log has `there`: the leaf, and
        the row that follows from its body if that is a fact.
        """


class Witnesses:
    """The positions from 0 to `end` of the log named `log`; `newest` is its last checkpoint."""

    def __init__(
        self, conn: Connection, log: str, end: int, newest: int, findings: Findings
    ) -> None:
        self._conn = conn
        self._log = log
        self._end = end
        self._newest = newest
        self._findings = findings
        self._persons = person_index(conn, findings)
        self.times = Brackets()

    def evidence(
        self, mirror: Mirror | None, progress: Callable[[int], None]
    ) -> Iterator[Evidence]:
        """What every witness says, position by position; each fact is examined on the way."""
        kept = rows.kept_hashes(self._conn, self._newest, self._findings)
        tiles = rows.tile_hashes(self._conn, self._end)
        facts = enumerate(rows.facts(self._conn, self._end))
        for (position, row), kept_leaf, tile in zip(facts, kept, tiles, strict=False):
            body = None if row is None else leaf_hash(rows.as_bytes(row.body))
            leaf = None if row is None else rows.as_bytes(row.leaf)
            if leaf is not None and len(leaf) != HASH_SIZE:
                leaf = None  # no hash at all; the body then stands alone
            said = self._examine(position, row if body == leaf else None)
            copy = None
            if mirror is not None:
                derived = None if row is None or said is None else row_of(rows.as_bytes(row.body))
                copy = mirror.leaf(position, leaf, derived)
            yield Evidence(position, body, leaf, kept_leaf, tile, copy)
            if (position + 1) % rows.PAGE == 0:
                progress(position + 1)

    def close(self) -> None:
        """After the last position; whoever went on writing has brought the index more rows."""
        self._persons.close(self._end, store.size(self._conn))

    def _examine(self, position: int, row: sa.Row[Any] | None) -> Envelope | None:
        """Look into a fact whose body is its leaf's; another one is wrong as it stands."""
        if row is None:
            self._persons.check(position, None)
            return None
        try:
            said = read_fact(rows.as_bytes(row.body))
        except NotAFact as error:
            self._findings.add(position, Kind.NOT_CANONICAL, f"位置 {position}：{error}")
            self._persons.check(position, None)
            return None
        if said.log != self._log:
            sentence = f"位置 {position} 的事实属于日志 {said.log}"
            self._findings.add(position, Kind.FOREIGN_FACT, sentence)
        check_columns(row, said, self._findings)
        self._persons.check(position, said.about.persons)
        self.times.hear(position, said.at)
        return said
