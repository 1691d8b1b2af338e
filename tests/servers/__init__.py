"""Real servers for tests: on loopback, on a free port, in a temporary folder, also as root.

`postgres_server` lives as long as the test run (one per xdist worker); `postgres_database` is a
fresh database in it for one test.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.servers.postgres import SUPERUSER, PostgresServer
from tests.servers.programs import ServerMissing, postgres_bin

__all__ = ["PostgresDatabase", "PostgresServer", "ServerMissing", "postgres_bin"]


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
