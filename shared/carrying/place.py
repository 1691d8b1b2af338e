"""Where a follower stands in a log, and its turn to go on from there."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.driver import on_driver
from shared.messages import deferring


@dataclass(frozen=True, slots=True)
class Standing:
    """The last position that was applied (−1 before the first), and the streams parked so far."""

    cursor: int
    parked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """One service's place in one followed log; its instances take turns to move it."""

    service: str
    log: str
    _turn: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_turn", f"yingbao.follow {self.service} {self.log}")

    def cursor(self, conn: Connection) -> int:
        """Looked at in passing; another instance may be moving it."""
        found = conn.execute(_CURSOR, {"log": self.log}).scalar_one_or_none()
        return -1 if found is None else int(found)

    def take(self, conn: Connection) -> Standing:
        """Wait for the turn, which lasts as long as the transaction, then see what holds.

        With SQLite one process writes, one work after the other: every work is a turn.
        """
        if conn.dialect.name == "postgresql":
            return self._take_postgres(conn)
        parked = conn.execute(_PARKED, {"log": self.log}).scalars()
        return Standing(self.cursor(conn), frozenset(parked))

    def _take_postgres(self, conn: Connection) -> Standing:
        with on_driver(conn) as driver, driver.cursor() as cursor:
            cursor.execute(_TAKE, {"turn": self._turn, "log": self.log})
            position, parked = cursor.fetchone()
        return Standing(-1 if position is None else position, frozenset(parked))

    def move(self, conn: Connection, position: int) -> None:
        """All up to here is applied with this transaction."""
        if conn.dialect.name == "postgresql":
            with on_driver(conn) as driver, deferred(conn), driver.cursor() as cursor:
                cursor.execute(_MOVE_POSTGRES, (self.log, position))
        else:
            conn.execute(_MOVE, {"log": self.log, "position": position})


def deferred(conn: Connection) -> AbstractContextManager[None]:
    """Writes within travel with the commit where that saves a round trip; it raises their errors.

    Those mean to a follower what they say.
    """
    return deferring(conn.connection.driver_connection, lambda _error: None)


_CURSOR = sa.text("SELECT position FROM follow_cursor WHERE log = :log")
_PARKED = sa.text("SELECT DISTINCT stream FROM parked WHERE log = :log")
_MOVE = sa.text(
    "INSERT INTO follow_cursor (log, position) VALUES (:log, :position) "
    "ON CONFLICT (log) DO UPDATE SET position = excluded.position"
)
_MOVE_POSTGRES = str(_MOVE).replace(":log", "%s").replace(":position", "%s")
# One round trip and yet two statements: the second one's snapshot is taken after the wait, so it
# sees what the other instance has applied. In one statement it would see what was there before.
_TAKE = (
    "SELECT pg_advisory_xact_lock(hashtextextended(%(turn)s, 0)); "
    "SELECT (SELECT position FROM follow_cursor WHERE log = %(log)s), "
    "ARRAY(SELECT DISTINCT stream FROM parked WHERE log = %(log)s)"
)
