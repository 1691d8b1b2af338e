"""Gateway and intake on a real server, each as its run role on a database of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from services.gateway.service import GATEWAY
from services.intake.service import INTAKE
from shared.answer import Answer
from shared.database import PostgresDatabase
from shared.service import Definition, Service
from tests.houses import Houses, application, site_at
from tests.servers.postgres import PostgresServer
from tests.servers.roles import ServerDatabases

MASTER = bytes([3]) * 32
NUMBERS = ("999999195001010018", "999999198005050010", "999999197003030011",
           "99999919600202001X", "999999199006060012")  # fmt: skip


@dataclass
class ServedHouses(Houses):
    """As `Houses`; `opened(port)` gives a second instance, also through a proxy."""

    databases: ServerDatabases = field(kw_only=True)
    port: int | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        self.numbers = iter(range(self.first_id, 10**9))  # type: ignore[assignment]
        self.site = site_at(self.clock)
        self.gateway, self.intake = self._start(GATEWAY), self._start(INTAKE)
        self.follower = self.intake.follow(self.gateway.source)

    def _start(self, definition: Definition) -> Service:
        url = make_url(self.databases.url(definition.name))
        url = url.set(port=self.port or url.port)
        database = PostgresDatabase(url.render_as_string(hide_password=False))
        return Service(definition, self.site, database, MASTER)

    def opened(self, first_id: int, port: int | None = None) -> "ServedHouses":
        """The same houses as another process would have them."""
        return ServedHouses(self.folder, self.clock, first_id, databases=self.databases, port=port)

    def submit(self, number: int, command_id: str | None = None) -> Answer:
        """The application of a household of its own."""
        person = NUMBERS[number]
        people = [{"name": "赵德厚", "relation": "HEAD", "resident_id": person}]
        payee = {**application()["account"], "holder_resident_id": person}
        payload = application(members=people, account=payee)
        return self.give("worker", "submit_application", payload, command_id)


@pytest.fixture
def served(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[ServedHouses]:
    """Founded, on 2024-03-04."""
    postgres_server.start()
    databases = ServerDatabases(postgres_server, ("gateway", "intake"))
    databases.create()
    databases.migrate(tmp_path)
    houses = ServedHouses(tmp_path, databases=databases)
    houses.found()
    yield houses
    houses.close()
    postgres_server.start()
    databases.drop()
