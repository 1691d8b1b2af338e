"""Wakes whoever waits for a log to grow: PostgreSQL's NOTIFY, else a short sleep.

A notification can be lost with its connection, so nobody waits longer than the time he gives and
then looks for himself.
"""

import select
import time
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine

from shared.log.schema_postgres import CHANNEL

_logger = structlog.get_logger(__name__)


class Waker:
    """Listens on a connection of its own; for one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._conn: Any = None

    def wait(self, seconds: float) -> None:
        """Return when the log has grown, or after `seconds`."""
        if self._engine.dialect.name != "postgresql":
            time.sleep(min(seconds, 0.02))
            return
        try:
            self._listen(seconds)
        except (sa.exc.DBAPIError, self._driver_error()):
            _logger.warning("not listening", database=self._engine.url.database)
            self.close()
            time.sleep(seconds)

    def close(self) -> None:
        """Stop listening."""
        if self._conn is not None:
            conn, self._conn = self._conn, None
            conn.close()

    def _listen(self, seconds: float) -> None:
        if self._conn is None:
            self._open()
            return  # whatever came before we listened is found by looking
        select.select([self._conn], [], [], seconds)
        self._conn.poll()
        self._conn.notifies.clear()

    def _open(self) -> None:
        pooled = self._engine.raw_connection()
        pooled.detach()  # it is ours alone from now on
        self._conn = pooled.dbapi_connection
        self._conn.autocommit = True
        with self._conn.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")

    def _driver_error(self) -> type[Exception]:
        error: type[Exception] = self._engine.dialect.loaded_dbapi.Error
        return error
