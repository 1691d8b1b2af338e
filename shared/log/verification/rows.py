"""A log's rows as they lie in the database, read a page at a time and trusted in nothing.

An attacker may have put anything into a column, on SQLite even of another type.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from operator import methodcaller
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.driver import on_driver
from shared.log.edge import split_hashes
from shared.log.merkle import HASH_SIZE, TILE_WIDTH
from shared.log.verification.report import Findings, Kind

PAGE: Final = TILE_WIDTH
"""Facts read at once, a tile's: more no longer lie in the processor's own memory."""
_CHECKPOINTS_PAGE: Final = 16
_TILES_PAGE: Final = 16


def as_bytes(value: object) -> bytes:
    """A binary column's bytes; of any other type none, which no hash agrees with."""
    return bytes(value) if isinstance(value, (bytes, memoryview)) else b""


@contextmanager
def _strict_text(conn: Connection, driver: Any) -> Iterator[None]:
    """Let SQLite make text by itself, several times as fast, and stop at what isn't UTF-8."""
    if conn.dialect.name != "sqlite":
        yield
        return
    usual, driver.text_factory = driver.text_factory, str
    try:
        yield
    finally:
        driver.text_factory = usual


@contextmanager
def lenient_text(conn: Connection) -> Iterator[None]:
    """Let SQLite give text that isn't UTF-8 as text that equals nothing, instead of stopping."""
    driver: Any = conn.connection.driver_connection
    if conn.dialect.name != "sqlite":  # PostgreSQL keeps no such text
        yield
        return
    usual = driver.text_factory
    driver.text_factory = methodcaller("decode", "utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = usual


def fact_tuples(conn: Connection, start: int, stop: int) -> list[tuple[Any, ...]] | None:
    """The rows of a page as the driver gives them; None where it can't, for `facts` to say why."""
    result = conn.execute(_FACTS, {"start": start, "stop": stop})
    try:
        return driver_rows(conn, result)
    except sa.exc.DBAPIError:
        return None


def facts(conn: Connection, start: int, stop: int) -> dict[int, sa.Row[Any]]:
    """The rows of a page by position."""
    return {row.position: row for row in conn.execute(_FACTS, {"start": start, "stop": stop})}


def driver_rows(
    conn: Connection, result: sa.CursorResult[Any], most: int | None = None
) -> list[tuple[Any, ...]]:
    """All rows that are left, or the next `most`, without SQLAlchemy's share; text in UTF-8 only."""
    cursor: Any = result.cursor
    with on_driver(conn) as driver, _strict_text(conn, driver):
        found: list[tuple[Any, ...]] = cursor.fetchall() if most is None else cursor.fetchmany(most)
    return found


class Tiles:
    """The full tiles at level 0, asked for in ascending order."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._page: dict[int, tuple[bytes, bytes]] = {}
        self._next = 0

    def at(self, number: int) -> tuple[bytes, bytes]:
        """The hashes of a tile and their root; without bytes where there is none.

        Of a number that lies there twice the root is no one's.
        """
        if number >= self._next:
            place = {"first": number, "last": number + _TILES_PAGE}
            self._page, self._next = {}, number + _TILES_PAGE
            for row in self._conn.execute(_TILES, place):
                root = b"" if row.number in self._page else as_bytes(row.root)
                self._page[row.number] = as_bytes(row.hashes), root
        return self._page.get(number, (b"", b""))


def checkpoints(conn: Connection, newest: int) -> Iterator[sa.Row[Any]]:
    """The stored checkpoints up to size `newest`, in order of size."""
    first = -(2**63)
    while first <= newest:
        place = {"first": first, "newest": newest, "limit": _CHECKPOINTS_PAGE}
        page = conn.execute(_CHECKPOINTS, place).all()
        yield from page
        if not page:
            return
        first = int(page[-1].size) + 1  # a fraction, too, must lead on


def kept_hashes(conn: Connection, newest: int, findings: Findings) -> Iterator[bytes | None]:
    """The leaf at each position by the checkpoints, None where they don't say; without end."""
    position = 0
    for row in checkpoints(conn, newest):
        leaves = as_bytes(row.leaves)
        if len(leaves) == (row.size - position) * HASH_SIZE:
            yield from split_hashes(leaves)
        else:
            start = row.size - len(leaves) // HASH_SIZE
            sentence = (
                f"检查点 {row.size} 所列的事实不接在检查点 {position} 之后：有检查点被删除或改动"
            )
            findings.add(None, Kind.CHECKPOINT_EDITED, sentence)
            known = start >= position and len(leaves) % HASH_SIZE == 0
            for _ in range(position, start if known else row.size):
                yield None
            yield from split_hashes(leaves) if known else ()
        position = max(position, row.size)
    while True:
        yield None


_FACTS = sa.text(
    "SELECT position, id, stream, version, name, at, officer, journey, household, township, "
    "village, body, leaf FROM fact WHERE position >= :start AND position < :stop ORDER BY position"
)
_TILES = sa.text(
    "SELECT number, hashes, root FROM merkle_tile "
    "WHERE level = 0 AND number >= :first AND number < :last ORDER BY number"
)
_CHECKPOINTS = sa.text(
    "SELECT size, root, leaves, note FROM checkpoint "
    "WHERE size >= :first AND size <= :newest ORDER BY size LIMIT :limit"
)
