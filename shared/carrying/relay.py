"""The relay: a service's log, in order, to the broker. The log is the outbox.

It reads on from its cursor, publishes, waits until every message is confirmed, then moves the
cursor. Anything else and it starts again from the cursor: a fact can go out twice, never not at
all. One relay leads per log and destination.
"""

from collections.abc import Sequence
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.carrying.source import Carried, Source
from shared.database import Database
from shared.log.leading import Leadership

BATCH = 1_000
DESTINATION = "rabbitmq"


class RelayAhead(Exception):
    """More was carried than the log now holds: it has lost its tail."""


class Publisher(Protocol):
    """Where a relay publishes to."""

    def publish(self, facts: Sequence[Carried]) -> None:
        """Returns once every one is confirmed; otherwise it raises, and nobody knows which were."""
        ...

    def drop(self) -> None:
        """Let the connection go, at once; the next publish makes a new one."""
        ...


class Relay:
    """Carries one log to one destination."""

    def __init__(
        self,
        source: Source,
        database: Database,
        publisher: Publisher,
        destination: str = DESTINATION,
    ) -> None:
        self.log = source.log
        self._source, self._database, self._publisher = source, database, publisher
        self._destination = destination
        self._leadership = Leadership(database.engine, f"yingbao.relay {self.log} {destination}")
        self._known: tuple[int, int] | None = None  # in which term, how far it came

    def step(self, limit: int = BATCH) -> int:
        """Carry the next facts; gives how many. 0: nothing to do, or another one leads."""
        if not self._leadership.lead():
            return 0
        cursor = self._place()
        facts = self._source.facts_after(cursor, limit)
        if not facts:
            if self._source.head() < cursor:
                raise RelayAhead(f"{self.log} ends before {cursor}")
            return 0
        self._known = None
        try:
            self._publisher.publish(facts)
        except BaseException:
            self._publisher.drop()
            raise
        self._database.write(lambda conn: self._move(conn, facts[-1].position))
        self._known = self._leadership.terms, facts[-1].position
        return len(facts)

    def _place(self) -> int:
        """The cursor; nobody else moves it while this one leads."""
        if self._known is None or self._known[0] != self._leadership.terms:
            self._known = self._leadership.terms, self.cursor()
        return self._known[1]

    def cursor(self) -> int:
        """The last position that was carried; −1 before the first."""
        with self._database.look() as conn:
            found = conn.execute(_CURSOR, {"destination": self._destination}).scalar_one_or_none()
        return -1 if found is None else int(found)

    def release(self) -> None:
        """Let another one lead, and close what is open."""
        self._publisher.drop()
        self._leadership.release()

    def _move(self, conn: Connection, position: int) -> None:
        conn.execute(_MOVE, {"destination": self._destination, "position": position})


_CURSOR = sa.text("SELECT position FROM relay_cursor WHERE destination = :destination")
_MOVE = sa.text(
    "INSERT INTO relay_cursor (destination, position) VALUES (:destination, :position) "
    "ON CONFLICT (destination) DO UPDATE SET position = excluded.position"
)
