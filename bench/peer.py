"""The peer: the `eventsourcing` library on PostgreSQL, as it comes, with its safe table lock."""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresFactory

from shared.envelope import Row
from tests.servers.processes import HOST


def environment(port: int, database: str) -> dict[str, str]:
    """Where the library keeps its events."""
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": database,
        "POSTGRES_HOST": HOST,
        "POSTGRES_PORT": str(port),
        "POSTGRES_USER": "postgres",
        "POSTGRES_PASSWORD": "unused",
    }


def events(rows: Sequence[Row]) -> list[Any]:
    """The same bytes in the library's form, under the same streams and versions."""
    ids: dict[str, UUID] = {}
    return [
        StoredEvent(
            ids.setdefault(row.stream, uuid5(NAMESPACE_URL, row.stream)),
            row.version, row.name, row.body,
        )
        for row in rows
    ]  # fmt: skip


class Recorder:
    """The library's application recorder: a version for each aggregate and a total order."""

    def __init__(self, port: int, database: str, *, create: bool = True) -> None:
        env = environment(port, database)
        env["CREATE_TABLE"] = "y" if create else "n"  # several at once get into each other's way
        self.database = database
        self._recorder = PostgresFactory(env).application_recorder()

    def close(self) -> None:
        """Give its connections back."""
        self._recorder.datastore.close()

    def insert(self, stored: Sequence[Any], each: int = 1) -> int:
        """Insert so many in each transaction."""
        for start in range(0, len(stored), each):
            self._recorder.insert_events(stored[start : start + each])
        return len(stored)

    def size(self) -> int:
        """How many events it holds."""
        return int(self._recorder.max_notification_id() or 0)
