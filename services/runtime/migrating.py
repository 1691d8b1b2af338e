"""Bringing databases to the program's form; needs the folders of those services only."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.runtime.home import Home
from services.runtime.houses import NAMES, definition
from shared.database import PostgresDatabase
from shared.log.grants import grant_run_role
from shared.migration import migrate
from shared.settings import SettingRefused, Settings
from shared.sqlite import SqliteDatabase


def migrate_all(home: Home, names: Sequence[str] = NAMES) -> None:
    """Bring databases of the site to their newest form; safe to repeat.

    Files: the caller holds the site's lock. Servers: as their owners, several at once are fine.
    """
    home.adopt_signer_records()
    for name in names:
        if home.settings is not None:
            _migrate_server(home.settings, name)
        else:
            _migrate_file(home, name)


def _migrate_file(home: Home, name: str) -> None:
    database = SqliteDatabase(home.database(name))
    try:
        migrate(database, definition(name).migrations)
    finally:
        database.close()


def _migrate_server(settings: Settings, name: str) -> None:
    """Migrate and grant the run role what it needs, in one transaction of the owner's.

    Raises SettingMissing; SettingRefused where the service would run with its owner's rights, and
    so could change its log.
    """
    role = sa.make_url(settings.database_url(name)).username or ""
    service = definition(name)
    owner = PostgresDatabase(settings.owner_url(name))

    def grant(conn: Connection) -> None:
        if conn.execute(_HAS_OWNERS_RIGHTS, {"role": role}).scalar_one():
            raise SettingRefused(f"{name} 的运行角色 {role} 有数据表所有者的权限，不能用来运行。")
        grant_run_role(conn, role, service.metadata, service.append_only)

    try:
        migrate(owner, service.migrations, grant)
    finally:
        owner.close()


_HAS_OWNERS_RIGHTS = sa.text("SELECT pg_has_role(:role, current_user, 'MEMBER')")
