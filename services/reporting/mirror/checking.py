"""Whether the copy of a log is what its source said: whole, dense, unchanged, and found by search.

The copy proves itself by its kept frontiers. Where it does, it is a witness against its source;
where it doesn't, each of its facts is held against the source instead.
"""

from operator import attrgetter
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.reporting.mirror.keeping import STATION
from services.reporting.mirror.stations import Stations
from shared.envelope import BODY_MAX, Row, row_of
from shared.log.merkle import leaf_hash
from shared.log.verification import Findings, Kind, PersonIndex, as_bytes

_COLUMNS: Final = (
    "stream", "version", "name", "at", "officer", "journey", "household", "township", "village",
)  # fmt: skip
_columns: Final = attrgetter(*_COLUMNS)


class CheckedCopy:
    """The copy of one log, read a page at a time beside its source. Trusts nothing it reads.

    The connection must see one snapshot, begun before the source's: following goes on meanwhile.
    `size` is how many facts it can claim: up to the follower's cursor, and no more than it has.
    """

    def __init__(self, conn: Connection, log: str, findings: Findings) -> None:
        self._conn, self._log, self._findings = conn, log, findings
        self._trouble: str | None = None
        self._checked, self._next = 0, 0
        self._rows: dict[int, sa.Row[Any]] = {}
        self._leaves: dict[int, bytes] = {}
        self._proven = 0
        cursor = conn.execute(_CURSOR, {"log": log}).scalars().first()
        self._end = cursor + 1 if isinstance(cursor, int) and cursor >= 0 else 0
        self._count = int(conn.execute(_COUNT, {"log": log}).scalar_one())
        self.size = min(self._end, self._count)
        self._stations = Stations(conn, log, findings)
        options = {"stream_results": True, "yield_per": 1_000}
        persons = conn.execute(_PERSONS, {"log": log}, execution_options=options)
        self._persons = PersonIndex(iter(persons), self._tell_person)

    def leaf(self, position: int, there: bytes | None, derived: Row | None) -> bytes | None:
        """The leaf that the copy vouches for; where it can't, it is compared with `there`."""
        if self._trouble or position >= self._end:
            return None
        try:
            return self._leaf(position, there, derived)
        except sa.exc.DatabaseError as error:  # a damaged file; the source is read on without it
            self._trouble = f"{type(error.orig).__name__}: {error.orig}"
            return None

    def close(self, head: int) -> None:
        """After the source's last position; the source has `head` facts."""
        # One more than there are rows: with fewer rows than positions, a gap comes before that.
        for position in range(self._checked, min(self._end, self._count + 1)):
            self.leaf(position, None, None)
        if self._trouble:
            self._findings.add(None, Kind.UNREADABLE, f"监督记录读不下去：{self._trouble}")
            return
        self._persons.close(self._checked, self._end)
        self._stations.close(self._end)
        self._extent(head)

    def _leaf(self, position: int, there: bytes | None, derived: Row | None) -> bytes | None:
        if position >= self._next:
            self._load()
        here = self._leaves.get(position)
        self._check(position, derived if here == there else None)
        if here is None or position < self._proven:
            return here
        if there not in (None, here):
            self._tell(position, Kind.RECORD_EDITED, "与日志所载不符")
        return None

    def _load(self) -> None:
        """Read the next page, from one station to the next, and prove it as far as it goes."""
        start, stop = self._next, min(self._next + STATION, self._end)
        self._next, self._rows = stop, {}
        for row in self._conn.execute(_PAGE, {"log": self._log, "start": start, "stop": stop}):
            if not isinstance(row.position, int) or row.position in self._rows:
                self._stray(row.position)
            else:
                self._rows[row.position] = row
        self._leaves = {p: leaf_hash(as_bytes(row.body)) for p, row in self._rows.items()}
        self._proven = self._stations.prove(start, stop, self._leaves)

    def _check(self, position: int, derived: Row | None) -> None:
        """Compare a fact with its own leaf, columns and persons. `derived` is its body's, if known."""
        self._checked = position + 1
        row = self._rows.get(position)
        if row is None:
            self._tell(position, Kind.RECORD_MISSING, "的事实不见了")
        elif derived is None and (derived := _derive(as_bytes(row.body))) is None:
            self._tell(position, Kind.RECORD_EDITED, "的正文不是一条事实")
        if row is None or derived is None:
            self._persons.check(position, None)
            return
        if derived.leaf != as_bytes(row.leaf):
            self._tell(position, Kind.RECORD_EDITED, "的正文与叶哈希不符")
        if tuple(row[1 : len(_COLUMNS) + 1]) != _columns(derived):
            wrong = [name for name in _COLUMNS if row._mapping[name] != getattr(derived, name)]
            self._tell(position, Kind.RECORD_COLUMN_EDITED, f"的列与正文不符：{'、'.join(wrong)}")
        self._persons.check(position, derived.persons)

    def _extent(self, head: int) -> None:
        """How far the copy goes, by all who know."""
        values = {"log": self._log, "end": self._end}
        for position in self._conn.execute(_STRAYS, values).scalars():
            self._stray(position)
        compared = self._conn.execute(_COMPARED, values).scalar_one()
        if self._count != self._end:
            self._incomplete(f"跟随到 {self._end} 条，却存有 {self._count} 条")
        if isinstance(compared, int) and compared > self._end:
            self._incomplete(f"曾与来源核对到 {compared} 条，如今只到 {self._end} 条")
        if self._end > head:
            self._incomplete(f"跟随到 {self._end} 条，而日志只有 {head} 条")
        elif self._end < head:
            self._findings.warnings.append(f"监督记录还落后 {head - self._end} 条")

    def _incomplete(self, what: str) -> None:
        self._findings.add(None, Kind.RECORD_INCOMPLETE, f"监督记录中 {self._log} {what}")

    def _stray(self, position: object) -> None:
        if isinstance(position, int):
            self._tell(position, Kind.RECORD_INSERTED, "多出一行")
        else:
            sentence = f"监督记录中有一行的位置不是数字：{ascii(position)[:40]}"
            self._findings.add(None, Kind.RECORD_INSERTED, sentence)

    def _tell(self, position: int, kind: Kind, what: str) -> None:
        self._findings.add(position, kind, f"监督记录中 {self._log} 位置 {position} {what}")

    def _tell_person(self, position: int | None, sentence: str) -> None:
        self._findings.add(position, Kind.RECORD_PERSON_INDEX_EDITED, f"监督记录中{sentence}")


def _derive(body: bytes) -> Row | None:
    """What the columns beside a body must be; None for a body that is no fact."""
    try:
        return row_of(body) if len(body) <= BODY_MAX else None
    except (ValueError, KeyError, TypeError):
        return None


def check_strangers(conn: Connection, logs: frozenset[str], findings: Findings) -> None:
    """Nothing may lie in the record under the name of a log that isn't followed."""
    for table, first, after in _NAMES:
        name = conn.execute(first).scalar_one()
        while name is not None:
            if name not in logs:
                sentence = f"监督记录的 {table} 中有不属于本站点的日志：{ascii(name)[:80]}"
                findings.add(None, Kind.RECORD_INSERTED, sentence)
            name = conn.execute(after, {"log": name}).scalar_one()


_NAMES: Final = [
    (
        table,
        sa.text(f"SELECT min(log) FROM {table}"),  # noqa: S608 — names of our own tables
        sa.text(f"SELECT min(log) FROM {table} WHERE log > :log"),  # noqa: S608
    )
    for table in ("mirror_fact", "mirror_frontier", "mirror_checkpoint")
]
_CURSOR = sa.text("SELECT position FROM follow_cursor WHERE log = :log")
_COUNT = sa.text("SELECT count(*) FROM mirror_fact WHERE log = :log")
_COMPARED = sa.text("SELECT coalesce(max(size), 0) FROM mirror_checkpoint WHERE log = :log")
_PERSONS = sa.text("SELECT position, person FROM mirror_person WHERE log = :log ORDER BY position")
_PAGE = sa.text(
    "SELECT position, stream, version, name, at, officer, journey, household, township, village, "
    "body, leaf FROM mirror_fact WHERE log = :log AND position >= :start AND position < :stop"
)
_STRAYS = sa.text(
    "SELECT position FROM mirror_fact WHERE log = :log AND position < 0 UNION ALL "
    "SELECT position FROM mirror_fact WHERE log = :log AND position >= :end UNION ALL "
    "SELECT position FROM mirror_fact WHERE log = :log AND position IS NULL"
)
