"""A service runs as a role that may add to what was recorded, and nothing else; others migrate."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.runtime.home import Home
from services.runtime.houses import NAMES, definition
from services.runtime.migrating import migrate_all
from shared.database import NotDurable, PostgresDatabase
from shared.migration import SchemaNotCurrent, require_current
from shared.settings import SettingMissing, SettingRefused, load_settings
from tests.servers.roles import ServerDatabases

PROJECT = Path(__file__).parents[2]
RECORDED = ("fact", "fact_person", "merkle_tile", "checkpoint")
MIRRORED = ("mirror_fact", "mirror_person", "mirror_checkpoint")
KEY = {
    **dict.fromkeys(MIRRORED, "log"), "fact": "id", "fact_person": "person",
    "merkle_tile": "level", "checkpoint": "size",
}  # fmt: skip


@pytest.fixture
def migrated(server_databases: ServerDatabases, tmp_path: Path) -> ServerDatabases:
    """All five, as `yingbao migrate` leaves them."""
    server_databases.migrate(tmp_path)
    return server_databases


def one(url: str, statement: str) -> list[Any]:
    """What a statement gives in a transaction of its own."""
    database = PostgresDatabase(url)
    try:
        result = database.write(lambda conn: conn.exec_driver_sql(statement))
        return list(result) if result.returns_rows else []
    finally:
        database.close()


def rights(url: str) -> dict[str, set[str]]:
    """What this role may do to each table that the database holds."""
    asked = (
        "SELECT c.relname, p.p FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', "
        "'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p(p) WHERE c.relkind IN ('r', 'S') "
        "AND c.relnamespace = 'public'::regnamespace AND has_table_privilege(c.oid, p.p)"
    )
    found: dict[str, set[str]] = {}
    for table, right in one(url, asked):
        found.setdefault(table, set()).add(right)
    return found


def expected(service: str) -> dict[str, set[str]]:
    every = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    found = dict.fromkeys(definition(service).metadata.tables, every)
    found |= {"fact": {"SELECT"}, "fact_person": {"SELECT"}, "alembic_version": {"SELECT"}}
    kept = ("merkle_tile", "checkpoint", *(MIRRORED if service == "reporting" else ()))
    return found | {table: {"SELECT", "INSERT"} for table in kept}


def test_a_service_s_role_has_exactly_the_rights_it_needs(migrated: ServerDatabases) -> None:
    """Table by table; there is no sequence to be used, and it may make no table of its own."""
    for service in NAMES:
        url = migrated.url(service)
        assert expected(service) == rights(url)
        assert [] == one(migrated.owner_url(service), "SELECT 1 FROM pg_class WHERE relkind = 'S'")
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied for schema"):
            one(url, "CREATE TABLE mine (id int)")
        database = PostgresDatabase(url)
        require_current(database, definition(service).migrations)
        database.close()


def test_no_service_s_role_can_change_what_was_recorded(migrated: ServerDatabases) -> None:
    """Neither its log nor reporting's copies of all logs: refused before any trigger is asked."""
    for service in NAMES:
        for table in (*RECORDED, *(MIRRORED if service == "reporting" else ())):
            for change in (f"UPDATE {table} SET {KEY[table]} = NULL", f"DELETE FROM {table}",
                           f"TRUNCATE {table}"):  # fmt: skip
                with pytest.raises(sa.exc.ProgrammingError, match=f"denied for table {table}"):
                    one(migrated.url(service), change)


def test_a_right_that_was_given_by_hand_is_taken_back(
    migrated: ServerDatabases, tmp_path: Path
) -> None:
    """By the next migration, which changes nothing else."""
    owner, run = migrated.owner_url("review"), f"run_{migrated.names['review']}"
    one(owner, f"GRANT ALL ON fact, parked TO {run}")
    migrated.migrate(tmp_path)
    assert expected("review") == rights(migrated.url("review"))


def test_a_service_is_not_to_run_as_its_owner(
    server_databases: ServerDatabases, tmp_path: Path
) -> None:
    """Refused with a sentence, and the database is left as it was."""
    owner = server_databases.owner_url("review")
    environment = server_databases.environment() | {
        "YINGBAO_DATABASE_URL_REVIEW": owner,
        "YINGBAO_HOME": str(tmp_path),
    }
    home = Home.of(load_settings(environment))
    with pytest.raises(SettingRefused, match="所有者"):
        migrate_all(home, ["review"])
    database = PostgresDatabase(owner)
    with pytest.raises(SchemaNotCurrent):
        require_current(database, definition("review").migrations)
    database.close()


def test_migrating_asks_for_the_owner(server_databases: ServerDatabases, tmp_path: Path) -> None:
    """By the name of the setting."""
    environment = server_databases.environment() | {"YINGBAO_HOME": str(tmp_path)}
    del environment["YINGBAO_OWNER_URL_REVIEW"]
    home = Home.of(load_settings(environment))
    with pytest.raises(SettingMissing, match="YINGBAO_OWNER_URL_REVIEW"):
        migrate_all(home, ["review"])


def test_a_server_that_may_lose_what_it_confirms_is_refused(migrated: ServerDatabases) -> None:
    """Also where only this role is told to."""
    name = migrated.names["review"]
    migrated.server.run(f"ALTER ROLE run_{name} SET synchronous_commit = off")
    database = PostgresDatabase(migrated.url("review"))
    with pytest.raises(NotDurable):
        require_current(database, definition("review").migrations)
    database.close()


def test_a_server_that_only_reads_lets_a_service_look_whether_it_may_start(
    migrated: ServerDatabases,
) -> None:
    """A standby answers as its primary does."""
    name = migrated.names["review"]
    migrated.server.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    database = PostgresDatabase(migrated.url("review"))
    require_current(database, definition("review").migrations)
    database.close()


def test_four_processes_that_start_at_once_on_nothing_all_find_it_ready(
    server_databases: ServerDatabases, tmp_path: Path
) -> None:
    """Each migrates, then opens as its run role; nobody stumbles over the others."""
    code = (
        "import sys; from pathlib import Path\n"
        "from services.runtime.home import Home\n"
        "from services.runtime.houses import definition\n"
        "from services.runtime.migrating import migrate_all\n"
        "from shared.database import PostgresDatabase\n"
        "from shared.migration import require_current\n"
        "from shared.settings import load_settings\n"
        "settings = load_settings()\n"
        "migrate_all(Home.of(settings))\n"
        "for name in sys.argv[1:]:\n"
        "    database = PostgresDatabase(settings.database_url(name))\n"
        "    require_current(database, definition(name).migrations)\n"
        "    database.close()\n"
    )
    environment = server_databases.environment() | {"YINGBAO_HOME": str(tmp_path)}
    command = [sys.executable, "-W", "error", "-c", code, *NAMES]
    started = [
        subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ends = [(process.communicate()[1], process.returncode) for process in started]
    assert [("", 0)] * 4 == ends
    assert all(
        expected(name) == rights(server_databases.url(name)) for name in server_databases.names
    )
