"""A service's database as it stands now, in a file of its own that may be written to."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.runtime.home import Home
from services.runtime.reading import reading
from shared.migration import migrate
from shared.service import Definition
from shared.sqlite import SqliteDatabase

PAGE = 1_000
_LEFT_OUT = ("merkle_tile", "checkpoint")  # what was signed; no table is made from it


def copy_database(home: Home, definition: Definition, target: Path) -> None:
    """One consistent picture as a SQLite file, beside a writer too."""
    if home.settings is None:
        _copy_file(home.database(definition.name), target)
    else:
        _copy_server(home, definition, target)


def _copy_file(source: Path, target: Path) -> None:
    with (
        sqlite3.connect(f"file:{source}?mode=ro", uri=True) as stands,
        sqlite3.connect(target) as copy,
    ):
        stands.backup(copy)
    stands.close()
    copy.close()


def _copy_server(home: Home, definition: Definition, target: Path) -> None:
    """Row by row into a new file of the same form, which its migrations make."""
    copy = SqliteDatabase(target)
    try:
        migrate(copy, definition.migrations)
        with reading(home, definition.name) as there:
            copy.write(lambda here: _copy_tables(there, here, definition.metadata))
    finally:
        copy.close()


def _copy_tables(there: Connection, here: Connection, metadata: sa.MetaData) -> None:
    for table in metadata.tables.values():
        if table.name in _LEFT_OUT:
            continue
        in_order = sa.select(table).order_by(*table.primary_key.columns)
        rows = there.execute(in_order, execution_options={"yield_per": PAGE})
        for page in rows.mappings().partitions():
            here.execute(sa.insert(table), [dict(row) for row in page])
