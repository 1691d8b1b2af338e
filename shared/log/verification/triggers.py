"""Whether the triggers still stand that let a table only grow. Without them nothing is proven wrong,
but somebody with an owner's rights has been there.
"""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.verification.report import Findings


def check_triggers(conn: Connection, tables: Sequence[str], findings: Findings) -> None:
    """A warning for each table that could be changed."""
    guards = _on_sqlite(conn) if conn.dialect.name == "sqlite" else _on_postgres(conn)
    for table in tables:
        if len(guards.get(table, set())) < _ENOUGH[conn.dialect.name]:
            findings.warnings.append(f"表 {table} 缺少只增触发器：有人以所有者身份动过数据库")


def _on_sqlite(conn: Connection) -> dict[str, set[str]]:
    """Of each table, the verbs before which a trigger refuses."""
    guards: dict[str, set[str]] = {}
    for row in conn.execute(_SQLITE):
        for verb in ("UPDATE", "DELETE", "INSERT"):
            if (
                f"BEFORE {verb} ON {row.tbl_name} " in (sql := str(row.sql))
                and "RAISE(ABORT," in sql
            ):
                guards.setdefault(row.tbl_name, set()).add(verb)
    return guards


def _on_postgres(conn: Connection) -> dict[str, set[str]]:
    guards: dict[str, set[str]] = {}
    for row in conn.execute(_POSTGRES):
        guards.setdefault(row.table, set()).add(row.trigger)
    return guards


_ENOUGH: Final = {"sqlite": 3, "postgresql": 1}
"""SQLite has a trigger for each verb, PostgreSQL one for all."""
_SQLITE: Final = sa.text("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
# tgtype: before (2) each statement, on delete (8), update (16) and truncate (32).
_POSTGRES: Final = sa.text(
    'SELECT c.relname AS "table", t.tgname AS "trigger" FROM pg_trigger t '
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal "
    "AND t.tgenabled IN ('O', 'A') AND t.tgtype = 58 AND p.proname = 'refuse_change'"
)
