"""Rows as every projection writes them: the same on both engines as through SQLAlchemy."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from shared.database import Database, PostgresDatabase
from shared.sqlite import SqliteDatabase
from shared.writing import insert, write
from tests.servers import PostgresDatabase as Server

METADATA = sa.MetaData()
VISIT = sa.Table(
    "visit",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("visited_on", sa.Date),
    sa.Column("again_on", sa.Date),
    sa.Column("told", sa.Boolean, nullable=False),
    sa.Column("persons", sa.JSON),
)
MARCH, APRIL = date(2024, 3, 1), date(2024, 4, 1)
FIRST: dict[str, Any] = {
    "case": "c-1",
    "visited_on": MARCH,
    "again_on": None,
    "told": False,
    "persons": ["一"],
}
SECOND: dict[str, Any] = {
    "case": "c-2",
    "visited_on": None,
    "again_on": APRIL,
    "told": True,
    "persons": [],
}
AGAIN = (
    sa.update(VISIT)
    .where(VISIT.c.case == sa.bindparam("key"), VISIT.c.visited_on <= sa.bindparam("day"))
    .values(again_on=sa.bindparam("day"), told=True)
)
GONE = sa.text('DELETE FROM visit WHERE "case" = :key')


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        made: Database = SqliteDatabase(tmp_path / "rows.db")
    else:
        server: Server = request.getfixturevalue("postgres_database")
        made = PostgresDatabase(server.url("postgres"))
    made.write(METADATA.create_all)
    made.write(lambda conn: insert(conn, VISIT, [FIRST, SECOND]))
    yield made
    made.close()


def rows(database: Database) -> list[dict[str, Any]]:
    with database.read() as conn:
        return [dict(row) for row in conn.execute(sa.select(VISIT).order_by("case")).mappings()]


def test_what_was_inserted_is_read_back(database: Database) -> None:
    """Days, truth, lists and nothing; no rows change nothing."""
    database.write(lambda conn: insert(conn, VISIT, []))
    assert [FIRST, SECOND] == rows(database)


def test_a_statement_keeps_its_own_values_and_takes_each_row_s(database: Database) -> None:
    """A name that stands twice in it is one value."""
    values = [{"key": "c-1", "day": APRIL}, {"key": "c-2", "day": APRIL}]
    database.write(lambda conn: write(conn, AGAIN, values))
    assert [FIRST | {"again_on": APRIL, "told": True}, SECOND] == rows(database)


def test_words_of_sql_are_written_as_well(database: Database) -> None:
    """With the values that are named in them."""
    database.write(lambda conn: write(conn, GONE, [{"key": "c-1"}, {"key": "c-3"}]))
    assert [SECOND] == rows(database)


def test_a_row_of_fewer_names_leaves_the_others_empty(database: Database) -> None:
    """Remembered for other names, the statement isn't mistaken for theirs."""
    database.write(lambda conn: insert(conn, VISIT, [{"case": "c-3", "told": True}]))
    assert {"case": "c-3", "told": True} == {k: v for k, v in rows(database)[2].items() if v}


def test_a_second_row_of_a_key_is_refused_as_ever(database: Database) -> None:
    """And nothing of the work stays."""
    with pytest.raises(sa.exc.IntegrityError):
        database.write(lambda conn: insert(conn, VISIT, [SECOND | {"case": "c-3"}, FIRST]))
    assert [FIRST, SECOND] == rows(database)


def test_a_value_that_a_statement_asks_for_is_given(database: Database) -> None:
    """What nobody gave isn't taken for nothing."""
    for statement in (AGAIN, GONE):
        with pytest.raises(sa.exc.SQLAlchemyError):
            database.write(partial(write, statement=statement, rows=[{"day": APRIL}]))
    assert [FIRST, SECOND] == rows(database)
