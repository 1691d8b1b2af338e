"""Two relays of one log: one carries, the other waits until it may lead."""

from collections.abc import Iterator

import pytest

from shared.carrying.relay import Relay
from shared.database import PostgresDatabase
from tests.servers import PostgresDatabase as FreshDatabase
from tests.shared.carrying.test_relay import METADATA, Broker, Log


@pytest.fixture
def two(postgres_database: FreshDatabase) -> Iterator[tuple[PostgresDatabase, PostgresDatabase]]:
    """The log's database, as two processes see it."""
    first, second = (PostgresDatabase(postgres_database.url("postgres")) for _ in range(2))
    first.write(METADATA.create_all)
    yield first, second
    first.close()
    second.close()


def test_a_relay_carries_nothing_while_another_leads(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    """Neither a message nor the cursor moves, though much is waiting; then it goes on from there."""
    log, brokers = Log(5), (Broker(), Broker())
    leader, waiting = (Relay(log, *one) for one in zip(two, brokers, strict=True))
    assert 2 == leader.step(2)

    assert [0, 0] == [waiting.step(), waiting.step()]
    assert ([], 1) == (brokers[1].taken, waiting.cursor())

    leader.release()
    assert 3 == waiting.step()
    assert [2, 3, 4] == brokers[1].taken
    assert 0 == leader.step()
    waiting.release()


def test_another_destination_has_a_leader_of_its_own(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    """Carriers to different places don't wait for one another."""
    here, there = Relay(Log(2), two[0], Broker()), Relay(Log(2), two[1], Broker(), "elsewhere")
    assert [2, 2] == [here.step(), there.step()]
    here.release()
    there.release()
