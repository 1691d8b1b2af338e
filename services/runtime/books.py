"""Do the tables beside a log say what the log says?

Doors decide by rows: appointments, entitlements, roster lines. Who owns a database can edit them
without touching a fact. Here they are made anew from the facts in a copy of the database, and
compared row by row with those that stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.reporting.reactions import rebuild_from_mirror
from services.reporting.read_models.counts import FIGURES
from services.runtime.copying import copy_database
from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS
from services.runtime.reading import reading
from services.runtime.sites import build_site
from shared import codec
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.decider import project
from shared.log import store
from shared.service import Definition, Service
from shared.sqlite import SqliteDatabase

AUTHORITY = ("unit", "appointment", "delegation", "close_relative", "policy_pack")
PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A table whose rows are not those that the facts give."""

    service: str
    table: str
    only_here: int
    only_there: int


def differences(home: Home, definition: Definition) -> list[Difference]:
    """Every table of a service that differs from its facts; empty where the books hold."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        copy_database(home, definition, copy)
        database = SqliteDatabase(copy)
        try:
            found = _tables(database, definition)
            _remake(home, definition, database)
            remade = _tables(database, definition)
        finally:
            database.close()
    return [
        Difference(definition.name, name, len(rows - remade[name]), len(remade[name] - rows))
        for name, rows in found.items()
        if rows != remade[name]
    ]


def all_differences(home: Home) -> list[Difference]:
    """The same for every service of the site."""
    return [found for definition in DEFINITIONS for found in differences(home, definition)]


def _remake(home: Home, definition: Definition, database: SqliteDatabase) -> None:
    charter, secrets = home.charter(), home.secrets
    site = build_site(home, charter, secrets)
    service = Service(definition, site, database, secrets.get(f"master-{definition.name}"))
    service.rebuild()
    if definition.name == "gateway":
        return
    database.write(lambda conn: _remake_authority(home, conn, site.log_name("gateway")))
    if definition.name == "reporting":
        database.write(rebuild_from_mirror)


def _remake_authority(home: Home, conn: Connection, log: str) -> None:
    """From the gateway's facts, as far as the service has followed them."""
    for name in AUTHORITY:
        conn.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608 - four names of our own
    followed = conn.execute(_CURSOR, {"log": log}).scalar_one_or_none()
    with reading(home, "gateway") as gateway:
        for page in _pages(gateway, -1 if followed is None else int(followed)):
            facts = [codec.decode(fact.body, None, fact.position) for fact in page]
            project(conn, AUTHORITY_PROJECTIONS, facts)


def _pages(conn: Connection, last: int) -> Iterator[list[store.Stored]]:
    start = 0
    while start <= last and (page := store.read(conn, start, min(PAGE, last - start + 1))):
        yield page
        start = page[-1].position + 1


def _tables(database: SqliteDatabase, definition: Definition) -> dict[str, set[tuple[Any, ...]]]:
    figures = FIGURES if definition.name == "reporting" else ()
    names = {*AUTHORITY, *(table.name for table in (*definition.read_models, *figures))}
    with database.read() as conn:
        return {name: _rows(conn, definition.metadata.tables[name]) for name in sorted(names)}


def _rows(conn: Connection, table: sa.Table) -> set[tuple[Any, ...]]:
    # As stored, not as typed: an edited value of a wrong type must be seen, not stumbled over.
    return {tuple(row) for row in conn.exec_driver_sql(f'SELECT * FROM "{table.name}"')}  # noqa: S608


_CURSOR = sa.text("SELECT position FROM follow_cursor WHERE log = :log")
