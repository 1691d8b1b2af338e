"""Looking at a site beside its writer: read-only connections, no lock taken."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.runtime import houses
from services.runtime.home import Home
from shared.carrying.follower import Status
from shared.database import server_arguments


def reading(home: Home, service: str) -> AbstractContextManager[Connection]:
    """A read-only connection to a service's database: one snapshot from the first question on."""
    home.charter()
    if home.settings is not None:
        return _server(home.settings.database_url(service))
    return _file(home.database(service))


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    if not path.exists():
        raise FileNotFoundError(2, "no database", str(path))
    engine = sa.create_engine(f"sqlite:///file:{quote(str(path.resolve()))}?{_mode(path)}&uri=true")
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql("BEGIN")
            yield conn
    finally:
        engine.dispose()


@contextmanager
def _server(url: str) -> Iterator[Connection]:
    arguments = server_arguments("yingbao reading")
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=arguments)
    one_snapshot: dict[str, Any] = {
        "isolation_level": "REPEATABLE READ",
        "postgresql_readonly": True,
    }
    try:
        with engine.connect().execution_options(**one_snapshot) as conn, conn.begin():
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


def follow_status(home: Home) -> list[Status]:
    """Every follower's cursor beside its source's head, as the databases have them now."""
    code = home.charter().code
    heads: dict[str, int] = {}
    for definition in houses.DEFINITIONS:
        with reading(home, definition.name) as conn:
            heads[definition.name] = int(conn.exec_driver_sql(_HEAD).scalar_one())
    found = []
    for definition in houses.DEFINITIONS:
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
