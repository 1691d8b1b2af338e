"""Several instances of a service follow one log on a real server: each fact has its effect once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.codec import Recorded
from shared.database import Database, PostgresDatabase
from tests.servers import PostgresDatabase as Server
from tests.shared.following import LyingSource, World, carried

INSTANCES = 4
COUNT = 240


@dataclass
class ServedWorld(World):
    """An instance among several; what it writes has no key that would refuse it twice."""

    url: str = ""

    def open_database(self) -> Database:
        return PostgresDatabase(self.url)


@pytest.fixture
def instances(postgres_database: Server, tmp_path: Path) -> Iterator[list[ServedWorld]]:
    """Each with connections of its own; facts 0, 3, 6 … are of one stream, and so on."""
    facts = [carried(n, f"case/{n % 3}") for n in range(COUNT)]
    made = [
        ServedWorld(tmp_path, LyingSource(facts), url=postgres_database.url())
        for _ in range(INSTANCES)
    ]
    with capture_logs():
        yield made
    for instance in made:
        instance.database.close()


def all_at_once(instances: list[ServedWorld], work: Callable[[ServedWorld], object]) -> None:
    """Each in a thread of its own; raises what the first of them raised."""
    gate, troubles = threading.Barrier(len(instances)), list[BaseException]()

    def run(instance: ServedWorld) -> None:
        gate.wait()
        try:
            work(instance)
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=run, args=(instance,)) for instance in instances]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]


def drain(instance: ServedWorld) -> None:
    while instance.follower.step(limit=7):
        pass


def test_instances_that_follow_at_once_apply_each_fact_once_and_in_order(
    instances: list[ServedWorld],
) -> None:
    """Whoever comes second finds the cursor moved."""
    all_at_once(instances, drain)
    assert list(range(COUNT)) == instances[0].effects() == instances[0].mirrored()
    assert [] == instances[0].parked()


def test_instances_that_are_given_the_same_batches_apply_each_fact_once(
    instances: list[ServedWorld],
) -> None:
    """As from a broker that delivers to each what another was slow to acknowledge."""

    def deliver(instance: ServedWorld) -> None:
        for start in range(0, COUNT, 10):
            instance.follower.apply(instance.source.facts[start : start + 10])

    all_at_once(instances, deliver)
    assert list(range(COUNT)) == instances[0].effects() == instances[0].mirrored()
    assert [] == instances[0].parked()


def test_a_fact_that_none_of_them_can_apply_is_parked_once(instances: list[ServedWorld]) -> None:
    """Its stream waits behind it; what they find when it is mended, they apply once."""
    for instance in instances:
        instance.broken = {"case/1"}
    all_at_once(instances, drain)
    others = [n for n in range(COUNT) if n % 3 != 1]
    waiting = [n for n in range(COUNT) if n % 3 == 1]
    assert others == sorted(instances[0].effects())
    assert waiting == [position for position, _, _ in instances[0].parked()]
    assert list(range(COUNT)) == sorted(instances[0].mirrored())
    in_order: list[Recorded[Any]] = []
    for instance in instances:
        instance.broken, instance.seen = set(), in_order
        instance.clock.set(instance.clock.now() + timedelta(hours=1))
    all_at_once(instances, lambda instance: instance.follower.retry_parked())
    assert waiting == [recorded.position for recorded in in_order]
    assert list(range(COUNT)) == sorted(instances[0].effects())
    assert [] == instances[0].parked()
