"""The rows of one query, a thousand at once: the answer to one question, never held whole."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

PAGE = 1_000


def pages(conn: Connection, query: sa.Select[Any]) -> Iterator[Sequence[sa.Row[Any]]]:
    """As of one moment. Nothing else is asked by this way, or written, before it has ended.

    PostgreSQL's driver takes a result in whole, so the server is told to keep it: by statements
    of our own, for a cursor of the driver's own can't be among a few messages.
    """
    if conn.dialect.name != "postgresql":
        yield from conn.execute(query).partitions(PAGE)
        return
    compiled = query.compile(conn)
    conn.exec_driver_sql(f"DECLARE paging NO SCROLL CURSOR FOR {compiled}", compiled.params)
    fetch = sa.text(f"FETCH {PAGE} FROM paging").columns(*query.selected_columns)
    while page := conn.execute(fetch).all():
        yield page
    conn.exec_driver_sql("CLOSE paging")


def by_code_points(conn: Connection, column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """A text's order as Python has it, whatever the database's own language."""
    return sa.collate(column, "C" if conn.dialect.name == "postgresql" else "BINARY")
