"""One database per service: SQLite in embedded mode (`shared/sqlite.py`), PostgreSQL in distributed.

`write(work)` runs `work(connection)` in one durable transaction; `read()` is a transaction too,
`look()` none on PostgreSQL: each statement for itself, without the round trips around it.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from shared.driver import watch
from shared.messages import Messenger, MessengerCursor

T = TypeVar("T")
Work = Callable[[Connection], T]


class Database(Protocol):
    """What a service asks of its database."""

    engine: Engine

    def write(self, work: Work[T]) -> T: ...
    def read(self) -> contextlib.AbstractContextManager[Connection]: ...
    def look(self) -> contextlib.AbstractContextManager[Connection]: ...
    def close(self) -> None: ...


class NotDurable(RuntimeError):
    """The server may lose what it has confirmed; no log is kept on it."""


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
