"""Look into every fact of a part of a log: a page at once, and one by one where a page isn't whole.

A page at once is only ever found to be whole. Whatever else it may be, and however it is to be
named, is for the reading one by one.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.envelope import Envelope, Row, row_of
from shared.log import store
from shared.log.merkle import HASH_SIZE, leaf_hash
from shared.log.verification import rows
from shared.log.verification.bodies import read_facts
from shared.log.verification.columns import NotAFact, check_columns, person_index, read_fact
from shared.log.verification.report import Findings, Kind
from shared.log.verification.told import Part, Told, sound


class Examiner:
    """Reads a part of the log named `log` once; with `derive` it also tells the facts' rows."""

    def __init__(
        self, conn: Connection, log: str, part: Part, findings: Findings, *, derive: bool
    ) -> None:
        self._conn = conn
        self._log = log
        self._part = part
        self._findings = findings
        self._derive = derive
        self._persons = person_index(conn, part, findings)

    def told(self) -> Iterator[Told]:
        """What the facts tell, in order; what is wrong with any of them is found on the way."""
        for start in range(self._part.start, self._part.stop, rows.PAGE):
            stop = min(start + rows.PAGE, self._part.stop)
            yield self._at_once(start, stop) or self._one_by_one(start, stop)

    def close(self) -> None:
        """After the last fact; whoever went on writing has brought the index more rows."""
        if self._part.last:
            self._persons.close(self._part.stop, store.size(self._conn))
        else:
            self._persons.close_before(self._part.stop)

    def _at_once(self, start: int, stop: int) -> Told | None:
        """A page of which nothing is wrong; None where something may be."""
        found = rows.fact_tuples(self._conn, start, stop)
        if found is None or len(found) != stop - start:
            return None
        stored = [row[-1] for row in found]
        bodies = list(map(rows.as_bytes, stored))
        facts = read_facts(bodies)
        if facts is None or {fact.log for fact in facts} != {self._log}:
            return None
        leaves = list(map(leaf_hash, bodies))
        columns = [map(one, facts) for one in _COLUMNS]
        if found != list(zip(range(start, stop), *columns, leaves, stored, strict=True)):
            return None
        persons = list(map(_persons, facts))
        if not self._persons.agrees(stop, _pairs(start, persons)):
            return None
        full = list(map(_row, found, persons, bodies, leaves)) if self._derive else None
        return sound(start, leaves, [fact.at for fact in facts], full)

    def _one_by_one(self, start: int, stop: int) -> Told:
        found = rows.facts(self._conn, start, stop)
        told = Told(start, [], [], [], None, [] if self._derive else None)
        for position in range(start, stop):
            row = found.get(position)
            bare = b"" if row is None else rows.as_bytes(row.body)
            body = None if row is None else leaf_hash(bare)
            leaf = None if row is None else rows.as_bytes(row.leaf)
            if leaf is not None and len(leaf) != HASH_SIZE:
                leaf = None  # no hash at all; the body then stands alone
            said = self._examine(position, row if body == leaf else None)
            told.leaves.append(leaf)
            if told.bodies is not None:
                told.bodies.append(body)
            told.ats.append(None if said is None else said.at)
            if told.rows is not None:
                told.rows.append(None if said is None else row_of(bare))
        return told

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
        return said


def _row(found: tuple[Any, ...], persons: tuple[str, ...], body: bytes, leaf: bytes) -> Row:
    """What follows from a body, beside which the columns are as they should be."""
    return Row(*(*found[1:-2], tuple(dict.fromkeys(persons)), body, leaf))


def _pairs(start: int, persons: list[tuple[str, ...]]) -> list[tuple[int, str]]:
    """Whom the facts from `start` on concern: a person named twice in a fact comes twice."""
    return [(position, one) for position, named in enumerate(persons, start) for one in named]


_persons: Final = attrgetter("about.persons")
_COLUMNS: Final = tuple(
    attrgetter(path)
    for path in (
        "id", "stream", "version", "fact", "at", "actor.officer", "journey",
        "about.household", "about.township", "about.village",
    )
)  # fmt: skip
"""What the columns between position and leaf must be, in the order in which they are read."""
