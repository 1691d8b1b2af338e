"""One database per service: SQLite in embedded mode, PostgreSQL in distributed mode.

`write(work)` runs `work(connection)` in one durable transaction; `read()` is a transaction too,
`look()` none on PostgreSQL: each statement for itself, without the round trips around it. SQLite
has one writer process and commits what is queued together (group commit); a work that raises is
undone alone.
"""

import contextlib
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from shared.driver import on_driver, watch
from shared.messages import Messenger, MessengerCursor

T = TypeVar("T")
Work = Callable[[Connection], T]
GROUP_MAX = 256
BUSY_SECONDS = 30


class Database(Protocol):
    """What a service asks of its database."""

    engine: Engine

    def write(self, work: Work[T]) -> T: ...
    def read(self) -> contextlib.AbstractContextManager[Connection]: ...
    def look(self) -> contextlib.AbstractContextManager[Connection]: ...
    def close(self) -> None: ...


class NotDurable(RuntimeError):
    """The server may lose what it has confirmed; no log is kept on it."""


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
        """Whoever finds nobody writing commits for all that wait; the others hear when it is done."""
        item = _Item(work)
        self._queue.append(item)
        while not item.done:  # more may wait in front than one group holds
            if not self._lock.acquire(blocking=False):
                self._wait(item)
                continue
            try:
                self._commit_queued()
            finally:
                self._lock.release()
                self._call_next()
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
        with self._lock:
            self._drop_writer()
            self.engine.dispose()

    def _wait(self, item: _Item) -> None:
        try:
            item.word.get()
        except BaseException:  # interrupted: perhaps it was called, and nobody else would be
            item.left = True
            self._call_next()
            raise

    def _call_next(self) -> None:
        """Whoever came while others wrote finds out that nobody does now."""
        for item in list(self._queue):
            if not item.left:
                item.word.put(None)
                return

    def _commit_queued(self) -> None:
        items = [self._queue.popleft() for _ in range(min(len(self._queue), GROUP_MAX))]
        if not items:
            return
        try:
            conn = self._connection()
            with on_driver(conn) as driver:
                driver.execute("BEGIN IMMEDIATE")
            for item in items:
                _run(conn, item, alone=len(items) == 1)
            undone = len(items) == 1 and items[0].error is not None
            with on_driver(conn) as driver:
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


def _run(conn: Connection, item: _Item, *, alone: bool) -> None:
    if alone:
        try:
            item.result = item.work(conn)
        except BaseException as error:
            item.error = error
        return
    with on_driver(conn) as driver:
        driver.execute("SAVEPOINT item")
        try:
            item.result = item.work(conn)
        except BaseException as error:
            item.error = error
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


class PostgresDatabase:
    """PostgreSQL 15 or newer through psycopg 2, READ COMMITTED.

    `pool_size` connections are kept, as many again are made where more threads come at once;
    `name` is how the server lists them.
    """

    def __init__(self, url: str, pool_size: int = 10, name: str = "yingbao") -> None:
        self.engine = sa.create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_use_lifo=True,  # the one used last has its plans made
            executemany_mode="values_plus_batch",  # many rows don't make as many round trips
            connect_args=server_arguments(name) | {"options": _SESSION} | _MESSENGER,
            hide_parameters=True,  # an error's words end up in logs
        )
        watch(self.engine)

    def write(self, work: Work[T]) -> T:
        with self.engine.begin() as conn:
            driver: Any = conn.connection.driver_connection
            driver.few_messages = True  # until it goes back to the pool
            return work(conn)

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as conn, conn.begin():
            yield conn

    @contextlib.contextmanager
    def look(self) -> Iterator[Connection]:
        with self.engine.connect() as conn:
            driver: Any = conn.connection.driver_connection
            driver.autocommit = True
            try:
                yield conn
            finally:
                if not driver.closed:
                    driver.autocommit = False

    def close(self) -> None:
        self.engine.dispose()


def server_arguments(name: str) -> dict[str, Any]:
    """How to connect so that a server which has gone is noticed within a minute. For libpq."""
    return {
        "application_name": name,
        "connect_timeout": 10,  # seconds, as those below
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,  # milliseconds
    }


_MESSENGER = {"connection_factory": Messenger, "cursor_factory": MessengerCursor}

# The server in its turn gives up whoever holds locks and says nothing, or has gone while waiting.
# READ COMMITTED: who has waited for a lock sees what it was for.
_SESSION = (
    "-c idle_in_transaction_session_timeout=10min -c client_connection_check_interval=5s "
    r"-c default_transaction_isolation=read\ committed"
)


def require_durable(conn: Connection) -> None:
    """Refuse a PostgreSQL that runs with fsync or synchronous_commit off; also one that only reads."""
    if conn.dialect.name != "postgresql":
        return
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        if conn.exec_driver_sql(f"SHOW {setting}").scalar_one() == "off":
            raise NotDurable(f"PostgreSQL runs with {setting}=off")
