"""When a follower's cursor was committed, as its database tells it to whoever listens."""

import select
import time
from dataclasses import dataclass
from typing import Any

import psycopg2

CHANNEL = "arrived"
LISTEN_SECONDS = 1.0  # a notification can be lost; then the cursor is looked at


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Listens to one follower's database on a connection of its own.

    Asking for the cursor a thousand times a second would cost more than what is measured.
    """

    connection: Any

    @classmethod
    def listen(cls, dsn: str) -> "Arrivals":
        """Have the database tell of each cursor, at its commit. `dsn` is the superuser's."""
        connection = psycopg2.connect(dsn)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(_TELL)
        return cls(connection)

    def until(self, position: int) -> list[tuple[float, int]]:
        """Wait until the cursor stands there; each instant and the cursor that was seen at it."""
        seen = [self._look()]
        while seen[-1][1] < position:
            if select.select([self.connection], [], [], LISTEN_SECONDS)[0]:
                self.connection.poll()
                now = time.monotonic()
                seen += [(now, int(told.payload)) for told in self.connection.notifies]
                self.connection.notifies.clear()
            else:
                seen.append(self._look())
        return seen

    def _look(self) -> tuple[float, int]:
        with self.connection.cursor() as cursor:
            cursor.execute(_CURSOR)
            found = cursor.fetchone()
        return time.monotonic(), -1 if found is None else found[0]

    def close(self) -> None:
        """Listen no more."""
        self.connection.close()


_CURSOR = "SELECT position FROM follow_cursor WHERE log LIKE '%/gateway'"
_TELL = f"""
CREATE FUNCTION tell_arrival() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_notify('{CHANNEL}', NEW.position::text);
    RETURN NULL;
END $$;
CREATE TRIGGER tell_arrival AFTER INSERT OR UPDATE ON follow_cursor
FOR EACH ROW WHEN (NEW.log LIKE '%/gateway') EXECUTE FUNCTION tell_arrival();
LISTEN {CHANNEL};
"""
