"""A service, put together: its definition (tables of commands and reactions) and its running parts.

A definition knows no carrier and no server; `runtime` starts it embedded or as a process.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.carrying.follower import Follower, Mirror
from shared.carrying.local import LocalSource
from shared.carrying.reaction import Reaction
from shared.carrying.source import Source
from shared.clock import Clock
from shared.competence import Competence, by_name, by_type
from shared.daily import Daily
from shared.database import Database
from shared.decider import Books, Projection, UnitOfWork, project
from shared.door import Door
from shared.facts.base import Fact
from shared.log import store
from shared.log.note import Verifier
from shared.queries import Query
from shared.sealing import KeyRing
from shared.site import Site

REBUILD_PAGE = 1_000

# Holds a copy of a log against its source's newest checkpoint: connection, log, note, verifier.
Comparing = Callable[[Connection, str, str, Verifier], object]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a service is. `read_models` are the tables its projections alone fill; `append_only`
    names those of its own that are added to and never changed. `daily` is what it does by itself
    because a day has come."""

    name: str
    metadata: sa.MetaData
    commands: tuple[Competence, ...]
    reactions: tuple[Reaction, ...]
    projections: Mapping[type[Fact], Projection]
    read_models: tuple[sa.Table, ...]
    migrations: Path
    reads_personal: bool = True
    mirror: Mirror | None = None
    comparing: Comparing | None = None
    queries: tuple[Query, ...] = ()
    append_only: tuple[str, ...] = ()
    daily: Daily | None = None

    @property
    def follows(self) -> tuple[str, ...]:
        """The services whose logs it follows, in the order of its REACTIONS."""
        return tuple(dict.fromkeys(reaction.service for reaction in self.reactions))


class Service:
    """A running service: its door, its log as a source for others, its followers."""

    def __init__(
        self, definition: Definition, site: Site, database: Database, master_key: bytes
    ) -> None:
        self.definition, self.site, self.database = definition, site, database
        self.log = site.log_name(definition.name)
        self.keyring = KeyRing(master_key, site.carrier_key, site.keys)
        self.books = Books(
            self.log, self.keyring, definition.projections, definition.reads_personal
        )
        self.door = Door(site, database, self.books, by_name(definition.commands))
        self.source = LocalSource(self.log, database, self.keyring)

    def follow(self, source: Source, clock: Clock | None = None) -> Follower:
        """A follower of another service's log, by this service's REACTIONS; `clock` as Follower's."""
        service = source.log.rpartition("/")[2]
        return Follower(
            self.definition.name,
            self.site,
            self.database,
            self.books,
            source,
            {r.fact: r for r in self.definition.reactions if r.service == service},
            by_type(self.definition.commands),
            self.definition.mirror,
            clock,
        )

    def open(self, facts: list[store.Stored], conn: Connection) -> list[Any]:
        """Decode stored facts with this service's keys."""
        return list(UnitOfWork(conn, self.books).decode(facts))

    def newest_checkpoint(self) -> str | None:
        """The text of the newest signed checkpoint of the own log."""
        with self.database.read() as conn:
            note = conn.exec_driver_sql(_NEWEST_NOTE).scalar_one_or_none()
        return None if note is None else str(note)

    def compare(self, log: str, note: str, verifier: Verifier) -> None:
        """Hold the own copy of a log against a checkpoint of its source, where there is a copy."""
        comparing = self.definition.comparing
        if comparing is not None:
            self.database.write(lambda conn: comparing(conn, log, note, verifier))

    def rebuild(self) -> int:
        """Throw the read models away and fill them from the log; give the facts replayed."""
        return self.database.write(self._rebuild)

    def _rebuild(self, conn: Connection) -> int:
        for table in self.definition.read_models:
            conn.execute(sa.delete(table))
        start = 0
        while page := store.read(conn, start, REBUILD_PAGE):
            project(conn, self.definition.projections, self.open(page, conn))
            start = page[-1].position + 1
        return start


_NEWEST_NOTE = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"
