"""A site's databases on a server: for each service one, with a role that owns it and one that runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from services.runtime.home import Home
from services.runtime.houses import NAMES
from services.runtime.migrating import migrate_all
from shared.settings import load_settings
from tests.servers.postgres import PostgresServer


@dataclass
class ServerDatabases:
    """Made for `services`; `settings.env` of a site would hold what `environment` gives."""

    server: PostgresServer
    services: Sequence[str] = NAMES
    names: dict[str, str] = field(default_factory=dict)

    def create(self) -> None:
        for service in self.services:
            name = self.names[service] = self.server.create_database()
            for role in (f"own_{name}", f"run_{name}"):
                self.server.run(f"CREATE ROLE {role} LOGIN")
            self.server.run(f"ALTER DATABASE {name} OWNER TO own_{name}")

    def drop(self) -> None:
        for name in self.names.values():
            self.server.drop_database(name)
            self.server.run(f"DROP ROLE own_{name}, run_{name}")

    def url(self, service: str) -> str:
        """For SQLAlchemy, as the role that runs."""
        return self.server.url(self.names[service], f"run_{self.names[service]}")

    def owner_url(self, service: str) -> str:
        """For SQLAlchemy, as the owner."""
        return self.server.url(self.names[service], f"own_{self.names[service]}")

    def environment(self) -> dict[str, str]:
        """The settings of a distributed site on these databases."""
        found = {"YINGBAO_MODE": "distributed"}
        for service in self.services:
            found[f"YINGBAO_DATABASE_URL_{service.upper()}"] = self.url(service)
            found[f"YINGBAO_OWNER_URL_{service.upper()}"] = self.owner_url(service)
        return found

    def home(self, path: Path) -> Home:
        """The site in this folder, its databases here."""
        return Home.of(load_settings({**self.environment(), "YINGBAO_HOME": str(path)}))

    def migrate(self, path: Path) -> None:
        """As `yingbao migrate` does."""
        migrate_all(self.home(path), self.services)


@pytest.fixture
def server_databases(postgres_server: PostgresServer) -> Iterator[ServerDatabases]:
    """Five empty databases with their roles."""
    postgres_server.start()
    made = ServerDatabases(postgres_server)
    made.create()
    yield made
    postgres_server.start()
    made.drop()
