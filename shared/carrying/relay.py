"""The relay: a service's log, in order, to the broker. The log is the outbox.

It reads on from its cursor, publishes, waits until every message is confirmed, and only then goes
on. What it keeps of the cursor in the database may be a moment old: after a fall it starts again
from there. A fact can go out twice, never not at all. One relay leads per log and destination.
"""

import time
from collections.abc import Sequence
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.carrying.source import Carried, Source
from shared.database import Database
from shared.log.leading import Leadership

BATCH = 1_000
DESTINATION = "rabbitmq"
KEEP_SECONDS = 0.25  # a commit for each fact would cost as much as carrying it
QUIET_SECONDS = 1.0
LEAD_SECONDS = 0.25  # two that lead for so long send facts twice, which harms nobody


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
        self._kept = -1  # what of it the database has
        self._kept_at = self._led_at = float("-inf")

    def step(self, limit: int = BATCH) -> int:
        """Carry the next facts; gives how many. 0: nothing to do, or another one leads."""
        if not self._leads():
            return 0
        place = self._place()
        facts = self._source.facts_after(place, limit)
        if not facts and self._source.head() < place:
            raise RelayAhead(f"{self.log} ends before {place}")
        if facts:
            self._publish(facts)
            place = facts[-1].position
            self._known = self._leadership.terms, place
        if not facts or time.monotonic() - self._kept_at >= KEEP_SECONDS:
            self._keep(place)
        return len(facts)

    @property
    def patience_seconds(self) -> float:
        """How long one may wait for the log to grow before the next step."""
        unkept = self._known is not None and self._known[1] != self._kept
        return KEEP_SECONDS if unkept else QUIET_SECONDS

    def _leads(self) -> bool:
        now = time.monotonic()
        if now - self._led_at < LEAD_SECONDS:
            return True
        leads = self._leadership.lead()
        self._led_at = now if leads else float("-inf")
        return leads

    def _place(self) -> int:
        """How far it came in this term; nobody else carries meanwhile."""
        if self._known is None or self._known[0] != self._leadership.terms:
            self._kept = self.cursor()
            self._known = self._leadership.terms, self._kept
        return self._known[1]

    def _publish(self, facts: Sequence[Carried]) -> None:
        try:
            self._publisher.publish(facts)
        except BaseException:
            self._publisher.drop()
            raise

    def _keep(self, place: int) -> None:
        if place != self._kept:
            self._database.write(lambda conn: self._move(conn, place))
            self._kept, self._kept_at = place, time.monotonic()

    def cursor(self) -> int:
        """The last position of which the database knows that it was carried; −1 before the first."""
        with self._database.look() as conn:
            found = conn.execute(_CURSOR, {"destination": self._destination}).scalar_one_or_none()
        return -1 if found is None else int(found)

    def release(self) -> None:
        """Let another one lead, and close what is open."""
        self._led_at = float("-inf")
        self._publisher.drop()
        self._leadership.release()

    def _move(self, conn: Connection, position: int) -> None:
        conn.execute(_MOVE, {"destination": self._destination, "position": position})


_CURSOR = sa.text("SELECT position FROM relay_cursor WHERE destination = :destination")
_MOVE = sa.text(
    "INSERT INTO relay_cursor (destination, position) VALUES (:destination, :position) "
    "ON CONFLICT (destination) DO UPDATE SET position = excluded.position "
    "WHERE relay_cursor.position < excluded.position"  # one that led before may be late
)
