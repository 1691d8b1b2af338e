"""What a service's role may do while it runs: append and read, never change what was recorded.

The role that owns the tables only migrates; a service never runs as the owner.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.tables import APPEND_ONLY

_MAY_INSERT = ("merkle_tile", "checkpoint")
"""What the integrator writes itself; facts come in by append_facts and append_fact alone."""
_REVISION = "alembic_version"


def grant_run_role(
    conn: Connection, role: str, metadata: sa.MetaData, append_only: Sequence[str] = ()
) -> None:
    """Give `role` exactly what running a service needs; called by the owner, PostgreSQL only.

    `append_only` names the service's own tables that are added to and never changed. To be called
    again after each migration: what it gave before is taken back first.
    """
    quote = conn.dialect.identifier_preparer.quote
    to = quote(role)
    kept = {*APPEND_ONLY, *append_only}
    names = sorted({*metadata.tables, *kept})
    own = [name for name in names if name not in kept]
    schema = quote(conn.exec_driver_sql("SELECT current_schema()").scalar_one())
    statements = [
        f"GRANT USAGE ON SCHEMA {schema} TO {to}",
        f"REVOKE ALL ON {_listed(conn, names)} FROM {to}",
        f"GRANT SELECT ON {_listed(conn, kept)} TO {to}",
        f"GRANT INSERT ON {_listed(conn, (*_MAY_INSERT, *append_only))} TO {to}",
        f"GRANT EXECUTE ON FUNCTION append_facts, append_fact TO {to}",
    ]
    if own:
        statements.append(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_listed(conn, own)} TO {to}")
    if sa.inspect(conn).has_table(_REVISION):  # a service looks before it starts
        statements.append(f"GRANT SELECT ON {_REVISION} TO {to}")
    for statement in statements:
        conn.exec_driver_sql(statement)


def _listed(conn: Connection, names: Iterable[str]) -> str:
    quote = conn.dialect.identifier_preparer.quote
    return ", ".join(quote(name) for name in names)
