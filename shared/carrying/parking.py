"""Facts that couldn't be applied: kept with their streams, tried again with back-off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.carrying.source import Carried
from shared.clock import Clock, instant_text
from shared.envelope import from_body

BACK_OFF_SECONDS_MAX = 3_600


def stream_of(one: Carried) -> str:
    """The fact's stream; bytes that are no fact stand alone and hold nobody else up."""
    try:
        return from_body(one.body).stream
    except (ValueError, KeyError, TypeError):
        return f"unreadable/{one.position}"


@dataclass(frozen=True, slots=True)
class Parking:
    """What is parked of one followed log. `clock` is the machine's: a site's may stand still."""

    log: str
    clock: Clock

    def park(self, conn: Connection, one: Carried, why: str, attempts: int) -> None:
        """Keep a fact back, by its position; its bytes stay where they are."""
        values = {
            "log": self.log,
            "position": one.position,
            "stream": stream_of(one),
            "error": why,
            "attempts": attempts,
            "again": self._again(attempts),
        }
        conn.execute(_PARK, values)

    def failed(self, conn: Connection, position: int, attempts: int, why: str) -> None:
        """It was tried again in vain, now `attempts` times in all."""
        values = {"log": self.log, "position": position, "error": why, "attempts": attempts}
        conn.execute(_FAILED, values | {"again": self._again(attempts)})

    def take(self, conn: Connection, position: int) -> bool:
        """No longer parked; False when somebody else has just taken it."""
        return bool(conn.execute(_TAKE, {"log": self.log, "position": position}).rowcount)

    def due(self, conn: Connection) -> list[str]:
        """Streams whose first parked fact may be tried again, first position first."""
        now, first = self.clock.now(), conn.execute(_FIRST, {"log": self.log})
        return [r.stream for r in first if _is_due(now, r.next_attempt_at, r.attempts)]

    def waiting(self, conn: Connection, stream: str) -> list[tuple[int, int]]:
        """The parked facts of a stream in order: position, attempts so far."""
        rows = conn.execute(_WAITING, {"log": self.log, "stream": stream})
        return [(r.position, r.attempts) for r in rows]

    def count(self, conn: Connection) -> int:
        """How many facts are parked."""
        return int(conn.execute(_COUNT, {"log": self.log}).scalar_one())

    def _again(self, attempts: int) -> str:
        return instant_text(self.clock.now() + _back_off(attempts))


def _back_off(attempts: int) -> timedelta:
    return timedelta(seconds=min(2**attempts, BACK_OFF_SECONDS_MAX))


def _is_due(now: datetime, again: str, attempts: int) -> bool:
    """Whether its time has come; also when it lies further ahead than it can have been put: then
    the clock was set back since.
    """
    at = datetime.fromisoformat(again)
    return now >= at or now + _back_off(attempts) < at


_PARK = sa.text(
    "INSERT INTO parked (log, position, stream, error, attempts, next_attempt_at) "
    "VALUES (:log, :position, :stream, :error, :attempts, :again)"
)
_FAILED = sa.text(
    "UPDATE parked SET error = :error, attempts = :attempts, next_attempt_at = :again "
    "WHERE log = :log AND position = :position"
)
_TAKE = sa.text("DELETE FROM parked WHERE log = :log AND position = :position")
_FIRST = sa.text(
    "SELECT stream, attempts, next_attempt_at FROM parked p WHERE log = :log AND position = "
    "(SELECT min(position) FROM parked q WHERE q.log = p.log AND q.stream = p.stream) "
    "ORDER BY position"
)
_WAITING = sa.text(
    "SELECT position, attempts FROM parked WHERE log = :log AND stream = :stream ORDER BY position"
)
_COUNT = sa.text("SELECT count(*) FROM parked WHERE log = :log")
