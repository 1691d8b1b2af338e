"""Append to and read from a service's log. Positions are dense and in commit order.

Everything is decided, encoded and hashed before `append`; in its transaction the append is the
last statement. Bytes are kept exactly as they were hashed.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.driver import Asked, on_driver
from shared.envelope import BODY_MAX, Row
from shared.log.append_call import append_call
from shared.log.merkle import leaf_hash
from shared.messages import Messenger

PAGE = 1_000
_UNIQUE_VIOLATION = "23505"
_OTHER_BYTES = "YB001"
_VERSION_WRONG = "YB002"
_UNSOUND = "YB003"


@dataclass(frozen=True, slots=True)
class Stored:
    """A fact as it stands in the log."""

    position: int
    body: bytes
    leaf: bytes


class Conflict(Exception):
    """Somebody else moved this stream first: load it again and decide again."""


class FactIdConflict(Exception):
    """A known fact id came with other bytes; nothing was written."""


class RowsUnsound(ValueError):
    """An id came twice, a body is too long, or a leaf isn't its hash; nothing was written."""


def append(conn: Connection, rows: Sequence[Row]) -> list[int]:
    """Write all rows in one statement and give their positions.

    The same ids with the same bytes give the first positions and write nothing. Raises Conflict
    unless each stream's versions go on by one, in the order given; FactIdConflict when an id is
    known with other bytes; RowsUnsound. After any, the transaction has to be rolled back.
    """
    if not rows:
        return []
    write = _append_sqlite if conn.dialect.name == "sqlite" else _append_postgres
    return write(conn, rows)


def append_last(conn: Connection, rows: Sequence[Row]) -> None:
    """The same at the end of a transaction: on PostgreSQL it goes with the commit, which raises."""
    if not rows:
        return
    driver = conn.connection.driver_connection
    if isinstance(driver, Messenger) and driver.few_messages:
        _append_later(conn, rows)
    else:
        append(conn, rows)


def size(conn: Connection) -> int:
    """How many facts the log holds; the next position."""
    return int(conn.exec_driver_sql(_SIZE).scalar_one())


def stream(conn: Connection, name: str, after_version: int = 0) -> list[Stored]:
    """One stream's facts in order of version."""
    rows = conn.execute(_STREAM, {"stream": name, "after": after_version})
    return [Stored(r.position, bytes(r.body), bytes(r.leaf)) for r in rows]


def bodies(conn: Connection, name: str) -> list[bytes]:
    """The same facts' bodies alone."""
    return [bytes(body) for (body,) in _BODIES.of(conn, {"stream": name})]


def versions(conn: Connection, names: Sequence[str]) -> dict[str, int]:
    """The last version of each stream that exists; a query per thousand names."""
    found: dict[str, int] = {}
    for start in range(0, len(names), PAGE):
        chunk = list(names[start : start + PAGE])
        found.update((r.stream, r.version) for r in conn.execute(_VERSIONS, {"names": chunk}))
    return found


def read(conn: Connection, start: int, limit: int = PAGE) -> list[Stored]:
    """Facts from position `start` on, at most `limit`, without a gap (or it raises LogGap)."""
    rows = _READ.of(conn, {"start": start, "limit": limit})
    page = [Stored(position, bytes(body), bytes(leaf)) for position, body, leaf in rows]
    for offset, fact in enumerate(page):
        if fact.position != start + offset:
            raise LogGap(start + offset)
    return page


def read_all(conn: Connection, start: int = 0) -> Iterator[Stored]:
    """Every fact from `start` on, a page at a time."""
    while page := read(conn, start):
        yield from page
        start = page[-1].position + 1


class LogGap(Exception):
    """A position is missing: the log has been tampered with or is damaged."""

    def __init__(self, position: int) -> None:
        super().__init__(f"position {position} is missing")
        self.position = position


_SIZE = "SELECT coalesce(max(position), -1) + 1 FROM fact"
_STREAM = sa.text(
    "SELECT position, body, leaf FROM fact WHERE stream = :stream AND version > :after "
    "ORDER BY version"
)
_BODIES = Asked("SELECT body FROM fact WHERE stream = :stream ORDER BY version")
_READ = Asked(
    "SELECT position, body, leaf FROM fact WHERE position >= :start ORDER BY position LIMIT :limit"
)
_VERSIONS = sa.text(
    "SELECT stream, max(version) AS version FROM fact WHERE stream IN :names GROUP BY stream"
).bindparams(sa.bindparam("names", expanding=True))


def _append_sqlite(conn: Connection, rows: Sequence[Row]) -> list[int]:
    _require_sound(rows)
    try:
        with on_driver(conn) as driver:
            known, first = _known_positions(driver, rows)
            return known or _insert(driver, rows, first)
    except sa.exc.IntegrityError as error:
        raise Conflict(rows[0].stream) from error


def _insert(driver: sqlite3.Connection, rows: Sequence[Row], first: int) -> list[int]:
    numbered = list(enumerate(rows, first))
    driver.executemany(_FACT, [_values(position, row) for position, row in numbered])
    persons = [(person, position) for position, row in numbered for person in row.persons]
    driver.executemany("INSERT INTO fact_person VALUES (?,?)", persons)
    return list(range(first, first + len(rows)))


def _require_sound(rows: Sequence[Row]) -> None:
    """What append_facts asks for on PostgreSQL."""
    ids = {row.id for row in rows if len(row.body) <= BODY_MAX and row.leaf == leaf_hash(row.body)}
    if len(ids) != len(rows):
        raise RowsUnsound(rows[0].stream)


def _values(position: int, r: Row) -> tuple[Any, ...]:
    return (
        position, r.id, r.stream, r.version, r.name, r.at, r.officer, r.journey,
        r.household, r.township, r.village, r.body, r.leaf,
    )  # fmt: skip


def _known_positions(driver: sqlite3.Connection, rows: Sequence[Row]) -> tuple[list[int], int]:
    """The positions of rows that are all stored already, none of new ones; and the log's size."""
    found: dict[str, tuple[int, bytes]] = {}
    size = 0
    for start in range(0, len(rows), PAGE):
        ids = [row.id for row in rows[start : start + PAGE]]
        known = driver.execute(_BY_ID.format(",".join("?" * len(ids))), ids).fetchall()
        size = known[0][0]
        found.update((id_, (position, body)) for _, id_, position, body in known if id_)
    if not found:
        return [], size
    if any(found.get(row.id, (0, b""))[1] != row.body for row in rows):
        raise FactIdConflict(rows[0].stream)
    return [found[row.id][0] for row in rows], size


_FACT = "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
# One row at least: the size comes with each.
_BY_ID = (
    "SELECT (SELECT coalesce(max(position), -1) + 1 FROM fact), id, position, body "
    "FROM (SELECT 1) LEFT JOIN fact ON id IN ({})"
)


def _append_postgres(conn: Connection, rows: Sequence[Row]) -> list[int]:
    call, values = append_call(rows)
    try:
        with on_driver(conn) as driver, driver.cursor() as cursor:
            cursor.execute(call, values)
            found = cursor.fetchone()[0]
            return [found] if len(rows) == 1 else list(found)
    except sa.exc.DBAPIError as error:
        if (meaning := _meaning(error.orig, rows)) is not None:
            raise meaning from error
        raise


def _append_later(conn: Connection, rows: Sequence[Row]) -> None:
    driver: Any = conn.connection.driver_connection
    with driver.cursor() as cursor:
        driver.send_later(cursor.mogrify(*append_call(rows)), lambda error: _meaning(error, rows))


def _meaning(error: object, rows: Sequence[Row]) -> Exception | None:
    """What an error of PostgreSQL means to whoever appends these rows; None for trouble."""
    code = getattr(error, "pgcode", None)
    if code in (_UNIQUE_VIOLATION, _VERSION_WRONG):
        return Conflict(rows[0].stream)
    if code == _OTHER_BYTES:
        return FactIdConflict(rows[0].stream)
    return RowsUnsound(rows[0].stream) if code == _UNSOUND else None
