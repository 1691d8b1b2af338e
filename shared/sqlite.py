"""SQLite: one writer process, and one commit for all that is queued together (group commit).

A work that raises is undone alone.
"""

import contextlib
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection

from shared.database import T, Work
from shared.driver import on_driver

GROUP_MAX = 256
BUSY_SECONDS = 30


class _Item:
    """A work that waits; `word` tells its thread that it is done, or may commit for all."""

    __slots__ = ("done", "error", "left", "result", "word", "work")

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.word = SimpleQueue[None]()
        self.done = self.left = False
        self.result: Any = None
        self.error: BaseException | None = None


class SqliteDatabase:
    """A file in WAL mode with synchronous=FULL. The writer lock of the site is held elsewhere."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = sa.create_engine(
            f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True
        )
        event.listen(self.engine, "connect", _on_connect)
        event.listen(self.engine, "begin", _on_begin)
        self._queue: deque[_Item] = deque()
        self._lock = threading.Lock()
        self._writer: Connection | None = None

    def write(self, work: Work[T]) -> T:
        """Whoever finds nobody writing commits for all that wait; the others hear when it is done.

        A work whose thread is interrupted meanwhile may still be carried out.
        """
        item = _Item(work)
        try:
            self._queue.append(item)
            self._until_done(item)
        except BaseException:  # perhaps it was called, and nobody else would be
            item.left = True
            self._call_next()
            raise
        if item.error is not None:
            raise item.error
        result: T = item.result
        return result

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as conn, conn.begin():
            yield conn

    look = read

    def close(self) -> None:
        self._lock.acquire()
        try:
            self._drop_writer()
            self.engine.dispose()
        finally:
            self._release()

    def _until_done(self, item: _Item) -> None:
        while not item.done:  # more may wait in front than one group holds
            if not self._lock.acquire(blocking=False):
                item.word.get()
                continue
            try:
                self._commit_queued()
            finally:
                self._release()

    def _release(self) -> None:
        try:
            self._lock.release()
        finally:
            self._call_next()

    def _call_next(self) -> None:
        """Whoever came while others wrote finds out that nobody does now."""
        for item in list(self._queue):
            if not item.left:
                item.word.put(None)
                return

    def _commit_queued(self) -> None:
        items: list[_Item] = []
        try:
            while self._queue and len(items) < GROUP_MAX:
                items.append(self._queue.popleft())
            if not items:
                return
            conn = self._connection()
            with on_driver(conn) as driver:
                driver.execute("BEGIN IMMEDIATE")
                if len(items) == 1:
                    _run(conn, items[0])
                else:
                    for item in items:
                        _run_beside_others(conn, driver, item)
                undone = len(items) == 1 and items[0].error is not None
                driver.execute("ROLLBACK" if undone else "COMMIT")
        except BaseException as error:
            self._drop_writer()
            for item in items:
                item.error = item.error or error
        finally:
            for item in items:
                item.done = True
                item.word.put(None)

    def _drop_writer(self) -> None:
        """A failed COMMIT leaves its transaction open; closing the connection undoes it."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            with writer:
                writer.invalidate()

    def _connection(self) -> Connection:
        """One for as long as it lives: to SQLAlchemy a single transaction, whose share in
        beginning and ending one would be a fifth of an append's time."""
        if self._writer is None:
            self._writer = self.engine.connect().execution_options(yingbao_writer=True)
            self._writer.begin()
        return self._writer


def _run(conn: Connection, item: _Item) -> None:
    try:
        item.result = item.work(conn)
    except BaseException as error:
        item.error = error


def _run_beside_others(conn: Connection, driver: Any, item: _Item) -> None:
    """Undone alone, where other works share the transaction; `driver` is its connection."""
    driver.execute("SAVEPOINT item")
    _run(conn, item)
    if item.error is not None:
        driver.execute("ROLLBACK TO item")
    driver.execute("RELEASE item")


def _on_connect(dbapi_connection: Any, _record: object) -> None:
    dbapi_connection.isolation_level = None  # transactions are begun by us, not by the driver
    _enter_wal(dbapi_connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _enter_wal(dbapi_connection: Any) -> None:
    """A new file's change to WAL doesn't wait for another's lock by itself; so we wait."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            dbapi_connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _on_begin(conn: Connection) -> None:
    if conn.get_execution_options().get("yingbao_writer", False):
        return  # begins and ends by itself
    with on_driver(conn) as driver:
        driver.execute("BEGIN")
