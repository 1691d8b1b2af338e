"""One leads, others wait: an advisory lock that lives as long as its connection."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine


class Leadership:
    """The right to do `task` on this database alone.

    PostgreSQL keeps it by a session lock on a connection of its own; on SQLite the site's lock
    file has already made this process the only one.
    """

    def __init__(self, engine: Engine, task: str) -> None:
        self._engine = engine
        self._task = task
        self._conn: Connection | None = None
        self.terms = 0  # how often it was won: in between another one may have led

    def lead(self) -> bool:
        """Whether this one leads now; to be asked before each piece of work."""
        if self._engine.dialect.name == "sqlite" or self._still_holds():
            return True
        conn = self._engine.connect()
        driver: Any = conn.connection.driver_connection
        driver.autocommit = True  # a session's lock needs no transaction
        held = False
        try:
            held = bool(conn.execute(_TRY, {"task": self._task}).scalar_one())
        finally:
            if not held:
                if not driver.closed:
                    driver.autocommit = False
                conn.close()
        self._conn = conn if held else None
        self.terms += held
        return held

    def release(self) -> None:
        """Let another one lead."""
        if self._still_holds() and self._conn is not None:
            # Given back at once: the end of a session takes its time.
            self._conn.execute(_GIVE, {"task": self._task})
        self._drop()

    def _drop(self) -> None:
        if self._conn is not None:
            conn, self._conn = self._conn, None
            conn.invalidate()  # closes the session; a pooled one might keep the lock
            conn.close()

    def _still_holds(self) -> bool:
        if self._conn is None:
            return False
        try:
            self._conn.exec_driver_sql("SELECT 1")
        except sa.exc.DBAPIError:
            self._drop()  # the session is gone and the lock with it: it has to be won again
            return False
        return True


_GIVE = sa.text("SELECT pg_advisory_unlock(hashtextextended(:task, 0))")
_TRY = sa.text("SELECT pg_try_advisory_lock(hashtextextended(:task, 0))")
