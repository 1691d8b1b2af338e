"""A log's rows as they lie in the database, read a page at a time and trusted in nothing.

An attacker may have put anything into a column, on SQLite even of another type.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from operator import methodcaller
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.driver import Asked, on_driver
from shared.log.merkle import TILE_WIDTH

PAGE: Final = TILE_WIDTH
"""Facts read at once, a tile's: more no longer lie in the processor's own memory."""
_TILES_PAGE: Final = 16


def as_bytes(value: object) -> bytes:
    """A binary column's bytes; of any other type none, which no hash agrees with."""
    if isinstance(value, bytes):
        return value
    return bytes(value) if isinstance(value, memoryview) else b""


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
    """The rows of a page as the driver gives them, one too many where there are more than positions.

    None where it can't, for `facts` to say why.
    """
    place = {"start": start, "stop": stop, "most": stop - start + 1}
    try:
        with on_driver(conn) as driver, _strict_text(conn, driver):
            return _PAGE.of(conn, place)
    except sa.exc.DBAPIError:
        return None


def facts(conn: Connection, start: int, stop: int) -> dict[int, sa.Row[Any]]:
    """The rows of a page by position; of several at one the same is given whoever asks."""
    place, there = {"start": start, "stop": stop}, range(start, stop)
    found: dict[int, sa.Row[Any]] = {}
    for row in conn.execute(_FACTS, place, execution_options={"yield_per": PAGE}):
        if row.position not in there:
            continue  # a fraction
        other = found.get(row.position)
        if other is None or _spelled(row) < _spelled(other):
            found[row.position] = row
    return found


def _spelled(row: sa.Row[Any]) -> list[str]:
    """A row as text, for values of any type to have an order."""
    return [ascii(bytes(one) if isinstance(one, memoryview) else one) for one in row]


def driver_rows(conn: Connection, result: sa.CursorResult[Any], most: int) -> list[tuple[Any, ...]]:
    """The next rows, `most` at most, without SQLAlchemy's share; text in UTF-8 only."""
    cursor: Any = result.cursor
    with on_driver(conn) as driver, _strict_text(conn, driver):
        found: list[tuple[Any, ...]] = cursor.fetchmany(most)
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


_FACTS = sa.text(
    "SELECT position, id, stream, version, name, at, officer, journey, household, township, "
    "village, leaf, body FROM fact WHERE position >= :start AND position < :stop ORDER BY position"
)
_PAGE = Asked(f"{_FACTS.text} LIMIT :most")
_TILES = sa.text(
    "SELECT number, hashes, root FROM merkle_tile "
    "WHERE level = 0 AND number >= :first AND number < :last ORDER BY number"
)
