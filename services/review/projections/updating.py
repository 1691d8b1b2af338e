"""One statement for many rows of one table."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.codec import Recorded
from shared.decider import Projection
from shared.writing import write

Row = dict[str, Any]
Facts = Sequence[Recorded[Any]]


def case_key(recorded: Recorded[Any]) -> Row:
    """Finds the rows of the fact's case."""
    return {"key_case": recorded.fact.case}


def update(conn: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """`key_<column>` finds, every other name is set; all rows hold the same names."""
    if rows:
        write(conn, _statement(table, tuple(rows[0])), rows)


def together(*projections: Projection | None) -> Projection:
    """One fact, rows of several tables."""
    some = [one for one in projections if one is not None]

    def project(conn: Connection, facts: Facts) -> None:
        for one in some:
            one(conn, facts)

    return project


@cache
def _statement(table: sa.Table, names: tuple[str, ...]) -> sa.Update:
    where = [
        table.c[name.removeprefix("key_")] == sa.bindparam(name)
        for name in names
        if name.startswith("key_")
    ]
    values: dict[str, sa.BindParameter[Any]] = {
        name: sa.bindparam(name) for name in names if not name.startswith("key_")
    }
    return sa.update(table).where(*where).values(values)
