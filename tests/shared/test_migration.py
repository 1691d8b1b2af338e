"""Migrations: a step of their own, repeatable, and a service knows whether they have been run."""

import threading
from pathlib import Path

import pytest

from services.gateway.service import GATEWAY
from services.intake.service import INTAKE
from shared.migration import SchemaNotCurrent, migrate, require_current
from shared.service import Definition
from shared.sqlite import SqliteDatabase


@pytest.mark.parametrize("definition", [GATEWAY, INTAKE], ids=lambda d: d.name)
def test_a_database_is_brought_to_its_newest_form_once(
    definition: Definition, tmp_path: Path
) -> None:
    """Before that it is refused; a second migration finds nothing to do."""
    database = SqliteDatabase(tmp_path / "one.db")
    with pytest.raises(SchemaNotCurrent):
        require_current(database, definition.migrations)
    for _ in range(2):
        migrate(database, definition.migrations)
        require_current(database, definition.migrations)
    database.close()


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """It may hold what this program doesn't understand."""
    database = SqliteDatabase(tmp_path / "one.db")
    migrate(database, GATEWAY.migrations)
    database.write(lambda conn: conn.exec_driver_sql("UPDATE alembic_version SET version_num='9'"))
    with pytest.raises(SchemaNotCurrent):
        require_current(database, GATEWAY.migrations)
    database.close()


def test_two_who_migrate_at_once_do_it_once(tmp_path: Path) -> None:
    """The second waits for the first's lock on the file and then finds it done."""
    both = [SqliteDatabase(tmp_path / "one.db") for _ in range(2)]
    barrier = threading.Barrier(2)
    troubles: list[BaseException] = []

    def run(database: SqliteDatabase) -> None:
        barrier.wait()
        try:
            migrate(database, GATEWAY.migrations)
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=run, args=(database,)) for database in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == troubles
    for database in both:
        require_current(database, GATEWAY.migrations)
        database.close()
