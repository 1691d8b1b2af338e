"""What the tests of this room share."""

from collections.abc import Iterator

import pytest

from tests.faults.broker_bench import Bench, opened_bench
from tests.houses import founded, houses
from tests.servers import PostgresServer, RabbitServer

__all__ = ["founded", "houses"]


@pytest.fixture(scope="package")
def broker_bench(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    rabbit_server: RabbitServer,
) -> Iterator[Bench]:
    """Five running services; each test leaves them whole."""
    with opened_bench(tmp_path_factory.mktemp("broker"), postgres_server, rabbit_server) as bench:
        yield bench


@pytest.fixture
def bench(broker_bench: Bench) -> Iterator[Bench]:
    """The shared bench; broker up and calm again, whatever the test before did."""
    yield broker_bench
    broker_bench.cluster.rabbit.start()
    broker_bench.cluster.rabbit.clear_memory_alarm()
