"""Schema changes: one alembic history per service, run as a step of its own, one at a time."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from shared.database import Database, require_durable
from shared.log.schema import create_log
from shared.tables import service_tables

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('yingbao.migrate', 0))"


class SchemaNotCurrent(RuntimeError):
    """The database is older (or newer) than the program; `yingbao migrate` brings it up."""


def migrate(
    database: Database, migrations: Path, then: Callable[[Connection], None] | None = None
) -> None:
    """Bring a service's database to its newest form; waits while another process does so.

    `then` is done in the same transaction, under the same lock.
    """

    def run(conn: Connection) -> None:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql(_LOCK)
        config = _config(migrations)
        config.attributes["connection"] = conn
        command.upgrade(config, "head")
        if then is not None:
            then(conn)

    database.write(run)


def require_current(database: Database, migrations: Path) -> None:
    """What a service asks before it starts: the newest form exactly, on a server that keeps what
    it confirms. Raises SchemaNotCurrent, NotDurable.
    """
    wanted = ScriptDirectory.from_config(_config(migrations)).get_current_head()
    with database.read() as conn:
        require_durable(conn)
        found = MigrationContext.configure(conn).get_current_revision()
    if found != wanted:
        raise SchemaNotCurrent(f"{migrations.parent.name}: {found} is not {wanted}")


def run_in_environment() -> None:
    """What each service's `migrations/env.py` calls."""
    conn = context.config.attributes["connection"]
    context.configure(connection=conn, transactional_ddl=True)
    context.run_migrations()


def create_first_tables(conn: Connection) -> None:
    """The log and the bookkeeping as every service's first revision makes them: never one more."""
    create_log(conn)
    _create(conn, _FIRST)


def create_relay_cursor(conn: Connection) -> None:
    """How far a log was published to each destination: every service's second revision."""
    _create(conn, ("relay_cursor",))


def create_policy_pack(conn: Connection) -> None:
    """What the bureau has published of policy: every service's fifth revision."""
    _create(conn, ("policy_pack",))


def index_posts_by_person(conn: Connection) -> None:
    """Every id of the person who acts is asked for; a site founded since has the index already."""
    conn.exec_driver_sql("CREATE INDEX IF NOT EXISTS ix_appointment_person ON appointment (person)")


_FIRST = (
    "command_done",
    "follow_cursor",
    "parked",
    "subject_key",
    "unit",
    "appointment",
    "delegation",
    "close_relative",
)


def _create(conn: Connection, names: tuple[str, ...]) -> None:
    metadata = sa.MetaData()
    service_tables(metadata)
    metadata.create_all(conn, tables=[metadata.tables[name] for name in names])


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config
