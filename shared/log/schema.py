"""The first form of a log in the database: tables, triggers, and on PostgreSQL the append.

Called by each service's first migration. A later change of form gets a function of its own;
this one never changes, for sites have run it.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log import schema_postgres
from shared.log.tables import APPEND_ONLY, log_tables


def create_log(conn: Connection) -> None:
    """Create a log's tables and everything that makes them append-only."""
    metadata = sa.MetaData()
    log_tables(metadata)
    _first_indexes(metadata.tables["fact"].c)
    metadata.create_all(conn)
    guard = _guard_sqlite if conn.dialect.name == "sqlite" else schema_postgres.guard
    guard(conn)


def _first_indexes(fact: Any) -> None:
    """Those that the first form had and the second has no more."""
    for name in ("journey", "household", "officer", "township", "name"):
        sa.Index(f"fact_{name}", fact[name], fact.position)
    sa.Index("fact_at", fact.at)


def _guard_sqlite(conn: Connection) -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            conn.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table, (refused, reason) in _REFUSED.items():
        when = refused.replace("{facts}", _FACTS).replace("{signed}", _SIGNED)
        conn.exec_driver_sql(
            f"CREATE TRIGGER {table}_sound BEFORE INSERT ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
        )


_FACTS = "(SELECT coalesce(max(position), -1) + 1 FROM fact)"
_SIGNED = "(SELECT coalesce(max(size), 0) FROM checkpoint)"
# What an insert may not bring. INSERT OR REPLACE would delete without firing a delete trigger,
# so each of these also refuses whatever stands already.
_REFUSED = {
    "fact": (
        "NEW.position <> {facts} OR EXISTS (SELECT 1 FROM fact WHERE id = NEW.id) "
        "OR NEW.version <> "
        "(SELECT coalesce(max(version), 0) + 1 FROM fact WHERE stream = NEW.stream)",
        "UNIQUE constraint failed: fact is dense and append-only",
    ),
    "fact_person": (
        "EXISTS (SELECT 1 FROM fact_person WHERE person = NEW.person AND position = NEW.position)",
        "UNIQUE constraint failed: fact_person",
    ),
    # 32 = a hash, 8192 = a tile's 256; a tile stands above facts that are in the log.
    "merkle_tile": (
        "EXISTS (SELECT 1 FROM merkle_tile WHERE level = NEW.level AND number = NEW.number) "
        "OR length(NEW.hashes) <> 8192 OR length(NEW.root) <> 32 "
        "OR NEW.level NOT BETWEEN 0 AND 6 OR NEW.number < 0 "
        "OR NEW.number >= {facts} >> (8 * (NEW.level + 1))",
        "merkle_tile is append-only and stands above the facts",
    ),
    "checkpoint": (
        "NEW.size <= {signed} OR NEW.size > {facts} OR length(NEW.root) <> 32 "
        "OR length(NEW.leaves) <> 32 * (NEW.size - {signed})",
        "checkpoint grows with the facts",
    ),
}
