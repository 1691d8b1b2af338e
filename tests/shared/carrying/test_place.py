"""A follower's place: who has waited for the turn sees what the other one has done in it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from shared.carrying.parking import Parking
from shared.carrying.place import Place, Standing
from shared.carrying.source import Carried
from shared.clock import SystemClock
from shared.database import PostgresDatabase
from shared.tables import service_tables
from tests.servers import PostgresDatabase as FreshDatabase
from tests.servers.processes import wait_until

LOG = "411603/gateway"
METADATA = sa.MetaData()
service_tables(METADATA)


@pytest.fixture
def database(postgres_database: FreshDatabase) -> Iterator[PostgresDatabase]:
    """A follower's."""
    database = PostgresDatabase(postgres_database.url("postgres"))
    database.write(METADATA.create_all)
    yield database
    database.close()


def test_whoever_waited_for_the_turn_sees_the_cursor_and_the_parked_of_the_other(
    database: PostgresDatabase,
) -> None:
    """Else both would apply the same facts, or one would pass by a parked stream."""
    place = Place("payments", LOG)
    parking = Parking(LOG, SystemClock())
    with ThreadPoolExecutor(1) as pool:
        with database.engine.begin() as first:
            before = place.take(first)
            second = pool.submit(database.write, place.take)
            wait_until(lambda: _waits(database), "the other one waits for its turn")
            parking.park(first, Carried(LOG, 7, b"no fact"), "Broken", 1)
            place.move(first, 7)
        after = second.result()

    assert Standing(-1, frozenset()) == before
    assert Standing(7, frozenset({"unreadable/7"})) == after


def test_another_log_has_a_turn_and_a_cursor_of_its_own(database: PostgresDatabase) -> None:
    """Following one isn't held up by following the other."""
    here, there = Place("payments", LOG), Place("payments", "411603/review")
    with database.engine.begin() as first, database.engine.begin() as second:
        here.take(first)
        here.move(first, 3)
        there.take(second)
        there.move(second, 5)
    with database.read() as conn:
        found = [here.cursor(conn), there.cursor(conn)]

    assert [3, 5] == found


def _waits(database: PostgresDatabase) -> bool:
    with database.read() as conn:
        asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        return bool(conn.exec_driver_sql(asked).scalar_one())
