"""Looking at a site beside its writer: read-only connections, no lock taken."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS
from shared.carrying.follower import Status


@contextmanager
def reading(home: Home, service: str) -> Iterator[Connection]:
    """A read-only connection to a service's database, one snapshot from begin to end."""
    home.charter()
    path = home.database(service)
    if not path.exists():
        raise FileNotFoundError(2, "no database", str(path))
    engine = sa.create_engine(f"sqlite:///file:{quote(str(path.resolve()))}?{_mode(path)}&uri=true")
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql("BEGIN")
            yield conn
    finally:
        engine.dispose()


class CopyIncomplete(Exception):
    """A copy on a read-only medium lacks what SQLite would still have to write into its file."""


def _mode(path: Path) -> str:
    """Beside a writer SQLite needs to write its shared memory; on a read-only medium it may not."""
    if os.access(path.parent, os.W_OK):
        return "mode=ro"
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise CopyIncomplete(path.name)
    return "mode=ro&immutable=1"


def follow_status(path: Path) -> list[Status]:
    """Every follower's cursor beside its source's head, as the databases have them now."""
    home = Home(path)
    code = home.charter().code
    heads: dict[str, int] = {}
    for definition in DEFINITIONS:
        with reading(home, definition.name) as conn:
            heads[definition.name] = int(conn.exec_driver_sql(_HEAD).scalar_one())
    found = []
    for definition in DEFINITIONS:
        with reading(home, definition.name) as conn:
            for source in definition.follows:
                log = f"{code}/{source}"
                cursor = conn.execute(_CURSOR, {"log": log}).scalar_one_or_none()
                parked = conn.execute(_PARKED, {"log": log}).scalar_one()
                position = -1 if cursor is None else int(cursor)
                found.append(Status(definition.name, log, position, heads[source], parked))
    return found


_HEAD = "SELECT coalesce(max(position), -1) FROM fact"
_CURSOR = sa.text("SELECT position FROM follow_cursor WHERE log = :log")
_PARKED = sa.text("SELECT count(*) FROM parked WHERE log = :log")


def newest_checkpoint(home: Home, service: str) -> str | None:
    """The text of the newest signed checkpoint of a service's log."""
    with reading(home, service) as conn:
        note = conn.exec_driver_sql(_NEWEST_NOTE).scalar_one_or_none()
    return None if note is None else str(note)


_NEWEST_NOTE = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"
