"""Bringing databases to the program's form; needs the folders of those services only."""

from collections.abc import Sequence

from services.runtime.home import Home
from services.runtime.houses import NAMES, definition
from shared.database import SqliteDatabase
from shared.migration import migrate


def migrate_all(home: Home, names: Sequence[str] = NAMES) -> None:
    """Bring databases of the site to their newest form. The caller holds the site's lock."""
    for name in names:
        database = SqliteDatabase(home.database(name))
        try:
            migrate(database, definition(name).migrations)
        finally:
            database.close()
