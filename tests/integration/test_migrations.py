"""Each service's migrations lead to exactly the tables that its code declares."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from services.runtime.houses import DEFINITIONS
from shared.database import Database, PostgresDatabase
from shared.migration import SchemaNotCurrent, migrate, require_current
from shared.service import Definition
from shared.sqlite import SqliteDatabase
from tests import servers

EACH = pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.name)


def differences(conn: Connection, definition: Definition) -> list[Any]:
    """What autogenerate would still change."""
    context = MigrationContext.configure(conn, opts={"compare_type": True})
    return list(compare_metadata(context, definition.metadata))


def assert_matches(database: Database, definition: Definition) -> None:
    migrate(database, definition.migrations)
    with database.read() as conn:
        assert differences(conn, definition) == []
    require_current(database, definition.migrations)
    migrate(database, definition.migrations)


@EACH
def test_migrations_match_the_models_on_sqlite(definition: Definition, tmp_path: Path) -> None:
    """A fresh SQLite file, migrated, has the declared tables; migrating again changes nothing."""
    database = SqliteDatabase(tmp_path / "fresh.db")
    assert_matches(database, definition)
    database.close()


@EACH
def test_migrations_match_the_models_on_postgresql(
    definition: Definition, postgres_database: servers.PostgresDatabase
) -> None:
    """A fresh PostgreSQL database likewise."""
    database = PostgresDatabase(postgres_database.url("postgres"))
    assert_matches(database, definition)
    database.close()


def test_a_database_that_was_never_migrated_is_refused(tmp_path: Path) -> None:
    """A service doesn't start on a form that it doesn't know."""
    database = SqliteDatabase(tmp_path / "empty.db")
    with pytest.raises(SchemaNotCurrent):
        require_current(database, DEFINITIONS[0].migrations)
    database.close()


def test_four_that_migrate_at_once_do_it_once(postgres_database: servers.PostgresDatabase) -> None:
    """The lock lets one work; the others find it done."""
    definition = DEFINITIONS[1]

    def bring_up(_number: int) -> None:
        database = PostgresDatabase(postgres_database.url("postgres"))
        migrate(database, definition.migrations)
        database.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(bring_up, range(4)))
    database = PostgresDatabase(postgres_database.url("postgres"))
    assert_matches(database, definition)
    database.close()
