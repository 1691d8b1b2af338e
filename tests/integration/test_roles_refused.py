"""Migrating refuses a run role that could change its own service's log."""

from pathlib import Path

import pytest

from services.runtime.home import Home
from services.runtime.migrating import migrate_all
from shared.settings import SettingRefused, load_settings
from tests.servers.roles import ServerDatabases

SERVICE = "review"


def tables(databases: ServerDatabases) -> list[tuple[str]]:
    """What the migration left behind in the service's schema."""
    return databases.server.ask(
        databases.names[SERVICE],
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    )


def test_the_owner_may_not_be_the_role_that_runs(
    server_databases: ServerDatabases, tmp_path: Path
) -> None:
    """Named in the refusal; and nothing was made, not even a table."""
    owner = server_databases.owner_url(SERVICE)
    environment = server_databases.environment() | {
        "YINGBAO_HOME": str(tmp_path),
        f"YINGBAO_DATABASE_URL_{SERVICE.upper()}": owner,
    }
    home = Home.of(load_settings(environment))

    with pytest.raises(SettingRefused, match=f"{SERVICE} .*own_{server_databases.names[SERVICE]}"):
        migrate_all(home, [SERVICE])
    assert [] == tables(server_databases)


def test_a_member_of_the_owners_role_may_not_run(
    server_databases: ServerDatabases, tmp_path: Path
) -> None:
    """Its rights are the owner's; once they are taken back it may."""
    name = server_databases.names[SERVICE]
    server_databases.server.run(f"GRANT own_{name} TO run_{name}")
    home = server_databases.home(tmp_path)

    with pytest.raises(SettingRefused, match=f"run_{name}"):
        migrate_all(home, [SERVICE])
    assert [] == tables(server_databases)

    server_databases.server.run(f"REVOKE own_{name} FROM run_{name}")
    migrate_all(home, [SERVICE])
    assert ("fact",) in tables(server_databases)


def test_a_superuser_may_not_run(server_databases: ServerDatabases, tmp_path: Path) -> None:
    """It has everybody's rights."""
    name = server_databases.names[SERVICE]
    server_databases.server.run(f"ALTER ROLE run_{name} SUPERUSER")

    with pytest.raises(SettingRefused, match=f"run_{name}"):
        migrate_all(server_databases.home(tmp_path), [SERVICE])
    assert [] == tables(server_databases)
