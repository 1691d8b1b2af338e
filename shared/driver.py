"""Below SQLAlchemy: the driver's own connection, and pooled connections that may have died."""

import contextlib
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg2
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

PING_SECONDS = 5
_NAME = re.compile(r":(\w+)")


@contextlib.contextmanager
def on_driver(conn: Connection) -> Iterator[Any]:
    """The driver's connection, in `conn`'s transaction; for what is done for every fact.

    There SQLAlchemy's share would take as long as the engine's. Errors come out as SQLAlchemy's,
    and a connection that has gone leaves the pool, as with every other statement.
    """
    driver: Any = conn.connection.driver_connection
    try:
        yield driver
    except (sqlite3.Error, psycopg2.Error) as error:
        lost = bool(getattr(driver, "closed", False))
        if lost:
            conn.invalidate(error)
        family = sqlite3.Error if isinstance(error, sqlite3.Error) else psycopg2.Error
        raise sa.exc.DBAPIError.instance(
            None, None, error, family, hide_parameters=True, connection_invalidated=lost
        ) from error


class Asked:
    """A query that every command makes, given to the driver as it is. Values go by `:name`."""

    def __init__(self, query: str) -> None:
        self._sqlite, self._postgres = query, _NAME.sub(r"%(\1)s", query)

    def of(self, conn: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows, as the driver has them: SQLite gives days as text."""
        query = self._sqlite if conn.dialect.name == "sqlite" else self._postgres
        with on_driver(conn) as driver, contextlib.closing(driver.cursor()) as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())


def watch(engine: Engine) -> None:
    """Let a PostgreSQL engine's pool notice connections that have died, before they are used."""
    event.listen(engine, "checkin", _on_checkin)
    event.listen(engine, "checkout", _on_checkout)


def _on_checkin(dbapi_connection: Any, record: Any) -> None:
    record.info[_IDLE_SINCE] = time.monotonic()
    if dbapi_connection is not None and not dbapi_connection.closed:
        dbapi_connection.few_messages = False


def _on_checkout(dbapi_connection: Any, record: Any, _proxy: object) -> None:
    """Ask whether a connection still lives, but not before every transaction.

    A server that closed it has told the kernel, which costs nothing to read. One that fell silent
    is asked once the connection has been idle for a while. Raises for SQLAlchemy to connect anew.
    """
    since = record.info.get(_IDLE_SINCE)
    if since is None:  # a fresh one
        return
    try:
        dbapi_connection.poll()  # takes in a farewell
        dbapi_connection.poll()  # and the end after it
        if time.monotonic() - since > PING_SECONDS:
            dbapi_connection.cursor().execute("SELECT 1")
            dbapi_connection.rollback()
    except psycopg2.Error as error:
        raise sa.exc.InvalidatePoolError from error


_IDLE_SINCE = "yingbao_idle_since"
