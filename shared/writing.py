"""Rows are written by statements that are made once; SQLite's driver is given them as they are.

A command writes a handful of rows, one statement each: there SQLAlchemy's share would be several
times the engine's. PostgreSQL's statements go through SQLAlchemy, which packs many rows into few
messages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.engine import Connection

from shared.driver import on_driver

Row = Mapping[str, Any]
Statement = sa.Insert | sa.Update | sa.Delete | sa.TextClause
_SQLITE = pysqlite.dialect(paramstyle="named")


def insert(conn: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Add rows, which all have the same names; no row, no statement."""
    write(conn, _into(table), rows)


def write(conn: Connection, statement: Statement, rows: Sequence[Row]) -> None:
    """Run a statement for each of these rows of values, which all have the same names.

    It is remembered by itself, so it must be one of few. Errors are SQLAlchemy's on both engines.
    """
    if not rows:
        return
    if conn.dialect.name != "sqlite":
        conn.execute(statement, list(rows))
        return
    plain = _plain(statement, tuple(rows[0]))
    with on_driver(conn) as driver:
        driver.executemany(plain.text, [plain.values(row) for row in rows])


@dataclass(frozen=True, slots=True)
class _Plain:
    """A statement's text; the values it brings along; what turns a value into SQLite's."""

    text: str
    own: Row
    turned: tuple[tuple[str, Callable[[Any], Any]], ...]

    def values(self, row: Row) -> Row:
        values = {**self.own, **row}
        for name, turn in self.turned:
            values[name] = turn(values[name])
        return values


@cache
def _plain(statement: Statement, names: tuple[str, ...]) -> _Plain:
    made: Any = statement.compile(dialect=_SQLITE, column_keys=list(names))
    for bound, name in made.bind_names.items():
        if bound.required and name not in names:
            raise sa.exc.InvalidRequestError(f"no value for {name}")
    turns = {
        name: bound.type.dialect_impl(_SQLITE).bind_processor(_SQLITE)
        for bound, name in made.bind_names.items()
    }
    own = {name: value for name, value in made.params.items() if name not in names}
    return _Plain(str(made), own, tuple((name, turn) for name, turn in turns.items() if turn))


@cache
def _into(table: sa.Table) -> sa.Insert:
    return sa.insert(table)
