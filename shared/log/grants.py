"""What a service's role may do while it runs: append and read, never change what was recorded.

The role that owns the tables only migrates; a service never runs as the owner.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.tables import APPEND_ONLY

_MAY_INSERT = ("merkle_tile", "checkpoint")
"""What the integrator writes itself; facts come in by append_facts alone."""


def grant_run_role(conn: Connection, role: str, metadata: sa.MetaData) -> None:
    """Give `role` exactly what running a service needs; called by the owner, PostgreSQL only."""
    quote = conn.dialect.identifier_preparer.quote
    to = quote(role)
    names = sorted({*metadata.tables, *APPEND_ONLY})
    every = ", ".join(quote(name) for name in names)
    own = ", ".join(quote(name) for name in names if name not in APPEND_ONLY)
    log = ", ".join(APPEND_ONLY)
    schema = quote(conn.exec_driver_sql("SELECT current_schema()").scalar_one())
    statements = [
        f"GRANT USAGE ON SCHEMA {schema} TO {to}",
        f"REVOKE ALL ON {every} FROM {to}",
        f"GRANT SELECT ON {log} TO {to}",
        f"GRANT INSERT ON {', '.join(_MAY_INSERT)} TO {to}",
        f"GRANT EXECUTE ON FUNCTION append_facts TO {to}",
    ]
    if own:
        statements.append(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {own} TO {to}")
    for statement in statements:
        conn.exec_driver_sql(statement)
