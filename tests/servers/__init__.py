"""Real servers for tests: on loopback, on a free port, in a temporary folder, also as root.

`postgres_server` lives as long as the test run (one per xdist worker); `postgres_database` is a
fresh database in it for one test. `rabbit_server` and `rabbit_vhost` are the same for RabbitMQ.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from deploy.native.programs import ServerMissing, postgres_bin, rabbitmq_bin
from shared.settings import OPERATOR
from tests.servers.postgres import SUPERUSER, PostgresServer
from tests.servers.rabbitmq import RabbitServer

__all__ = [
    "PostgresDatabase",
    "PostgresServer",
    "RabbitServer",
    "RabbitVhost",
    "ServerMissing",
    "postgres_bin",
    "rabbitmq_bin",
]


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """One database for one test."""

    server: PostgresServer
    name: str

    def dsn(self, user: str = SUPERUSER) -> str:
        """For psycopg2.connect."""
        return self.server.dsn(self.name, user)

    def url(self, user: str = SUPERUSER) -> str:
        """For SQLAlchemy's create_engine."""
        return self.server.url(self.name, user)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running server, shared by the tests of this worker."""
    try:
        server = PostgresServer()
    except ServerMissing as missing:
        pytest.fail(str(missing), pytrace=False)
    with server:
        yield server


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[PostgresDatabase]:
    """An empty database, dropped after the test; the server is up, whatever the last test did."""
    postgres_server.start()
    name = postgres_server.create_database()
    yield PostgresDatabase(postgres_server, name)
    postgres_server.start()
    postgres_server.drop_database(name)


@dataclass(frozen=True, slots=True)
class RabbitVhost:
    """One vhost for one test."""

    server: RabbitServer
    name: str

    def url(self, user: str = OPERATOR) -> str:
        """For kombu and nameko; every user's password is the user's name."""
        return self.server.url(user, self.name)

    def queue_length(self, queue: str) -> int:
        """How many messages a queue holds."""
        return self.server.queue_length(queue, self.name)

    def purge(self, queue: str) -> None:
        """Take every waiting message out of a queue."""
        self.server.purge(queue, self.name)


@pytest.fixture(scope="session")
def rabbit_server() -> Iterator[RabbitServer]:
    """A running broker, shared by the tests of this worker."""
    try:
        rabbitmq_bin()
    except ServerMissing as missing:
        pytest.fail(str(missing), pytrace=False)
    with RabbitServer() as server:
        yield server


@pytest.fixture
def rabbit_vhost(rabbit_server: RabbitServer) -> Iterator[RabbitVhost]:
    """An empty vhost, dropped after the test; the broker is up, whatever the last test did."""
    rabbit_server.start()
    name = rabbit_server.create_vhost()
    yield RabbitVhost(rabbit_server, name)
    rabbit_server.start()
    rabbit_server.clear_memory_alarm()
    rabbit_server.drop_vhost(name)
