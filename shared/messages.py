"""A PostgreSQL connection that says in one message what it needn't wait for.

psycopg 2 sends BEGIN, each statement and COMMIT by themselves and waits for every answer. Here
BEGIN goes with a transaction's first statement, statements whose answer nobody reads go with the
next that somebody does, and COMMIT goes with the last of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import errors, extensions

Explain = Callable[[psycopg2.Error], Exception | None]
"""What an error means to whoever sent the statement; None where it means nothing to them."""
MESSAGE_MAX = 65_536
"""A statement of more bytes doesn't wait for others: that many are worth a message."""
_IDLE = extensions.TRANSACTION_STATUS_IDLE
_WRITES = (b"INSERT", b"UPDATE", b"DELETE")


class Messenger(extensions.connection):
    """In `few_messages` as described above; else as psycopg 2 has it.

    An error in a statement that had to wait is raised by what it went with, be that the commit.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting: list[bytes] = []
        self.explains: list[Explain] = []
        self.deferring = False
        self.lost = False  # a message failed before its BEGIN: what came with it is gone
        self._few = False

    @property
    def few_messages(self) -> bool:
        """To be changed between transactions only."""
        return self._few

    @few_messages.setter
    def few_messages(self, few: bool) -> None:
        if few is not self._few:
            self.autocommit = few  # the driver then sends no BEGIN of its own
            self._few = few

    def send_later(self, statement: bytes, explain: Explain) -> None:
        """Let a statement wait for the next one, or for the commit."""
        self.waiting.append(statement)
        self.explains.append(explain)

    def message(self, statement: bytes) -> bytes:
        """All that waits, and this; raises where the transaction is lost already."""
        if self.lost:
            raise errors.InFailedSqlTransaction("an earlier message failed as a whole")
        begin = [b"BEGIN"] if self.get_transaction_status() == _IDLE else []
        message = b";\n".join([*begin, *self.waiting, statement])
        self.waiting.clear()
        return message

    def commit(self) -> None:
        if not self._few:
            super().commit()
        elif self.lost or self.waiting or self.get_transaction_status() != _IDLE:
            with self.cursor() as cursor:
                cursor.execute(b"COMMIT")
                if cursor.statusmessage != "COMMIT":  # an earlier error was swallowed
                    raise errors.InFailedSqlTransaction(cursor.statusmessage)
            self.explains.clear()

    def rollback(self) -> None:
        self.waiting.clear()
        self.explains.clear()
        self.lost = False
        if not self._few:
            super().rollback()
        elif not self.closed and self.get_transaction_status() != _IDLE:
            self._send_rollback()

    def _send_rollback(self) -> None:
        """A connection that dies of it has rolled back, too; why one wanted to counts for more."""
        try:
            with self.cursor() as cursor:
                cursor.execute(b"ROLLBACK")
        except psycopg2.Error:
            if not self.closed:
                raise


class MessengerCursor(extensions.cursor):
    """A cursor of a Messenger."""

    connection: Messenger

    def execute(self, query: Any, vars: Any = None) -> None:
        conn = self.connection
        if not conn.few_messages:
            super().execute(query, vars)
            return
        statement = self.mogrify(query, vars)
        if conn.deferring and _wants_no_answer(statement):
            conn.waiting.append(statement)
            return
        try:
            super().execute(conn.message(statement))
        except psycopg2.Error as error:
            conn.lost = not conn.closed and conn.get_transaction_status() == _IDLE
            for explain in conn.explains:
                if (meaning := explain(error)) is not None:
                    raise meaning from error
            raise

    def copy_expert(self, sql: Any, file: Any, size: int = 8_192) -> None:
        """A COPY goes by itself, after all that waits."""
        conn = self.connection
        if conn.few_messages and (conn.waiting or conn.get_transaction_status() == _IDLE):
            self.execute(b"SELECT")
        super().copy_expert(sql, file, size)


@contextmanager
def deferring(driver: Any, explain: Explain) -> Iterator[None]:
    """Nobody reads how many rows a write within this block changed, nor waits for it."""
    if not (isinstance(driver, Messenger) and driver.few_messages):
        yield
        return
    driver.explains.append(explain)
    driver.deferring = True
    try:
        yield
    finally:
        driver.deferring = False


def _wants_no_answer(statement: bytes) -> bool:
    if len(statement) > MESSAGE_MAX:
        return False
    said = statement.lstrip().upper()
    return said.startswith(_WRITES) and b"RETURNING" not in said
