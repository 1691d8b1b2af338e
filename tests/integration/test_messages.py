"""Statements that travel together: as sound as those that travel alone."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import psycopg2
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.database import PostgresDatabase
from shared.messages import MESSAGE_MAX, Messenger, deferring
from tests.servers import PostgresServer

INSERT = sa.text("INSERT INTO thing (number, said) VALUES (:number, :said)")


class Taken(Exception):
    """What a test makes of a number that is there already."""


def taken(error: psycopg2.Error) -> Taken | None:
    """An explanation as a door would give it."""
    return Taken() if isinstance(error, psycopg2.IntegrityError) else None


@pytest.fixture
def database(postgres_server: PostgresServer) -> Iterator[PostgresDatabase]:
    """With one table, `thing`."""
    made = PostgresDatabase(postgres_server.url(postgres_server.create_database()))
    made.write(lambda conn: run(conn, "CREATE TABLE thing (number int PRIMARY KEY, said text)"))
    yield made
    made.close()


def run(conn: Connection, statement: str) -> None:
    conn.exec_driver_sql(statement)


def driver_of(conn: Connection) -> Any:
    """Its connection of psycopg 2."""
    return conn.connection.driver_connection


def put(conn: Connection, number: int, said: str = "") -> None:
    """A write that waits for what comes next."""
    with deferring(driver_of(conn), taken):
        conn.execute(INSERT, {"number": number, "said": said})


def numbers(database: PostgresDatabase) -> list[int]:
    """What another connection sees."""
    with database.engine.connect() as conn:
        return list(conn.exec_driver_sql("SELECT number FROM thing ORDER BY number").scalars())


def test_a_write_waits_for_the_commit_and_goes_with_it(database: PostgresDatabase) -> None:
    """One message says it all: begin, both writes, commit."""
    said: list[bytes] = []

    def work(conn: Connection) -> None:
        put(conn, 1)
        put(conn, 2)
        said.extend(driver_of(conn).waiting)

    database.write(work)
    assert [b"1", b"2"] == [re.findall(rb"VALUES \((\d)", one)[0] for one in said]
    assert [1, 2] == numbers(database)


def test_who_reads_sees_what_has_waited(database: PostgresDatabase) -> None:
    """A read within the transaction brings the writes before it along."""

    def work(conn: Connection) -> int:
        put(conn, 1)
        return int(conn.exec_driver_sql("SELECT count(*) FROM thing").scalar_one())

    assert 1 == database.write(work)
    assert [1] == numbers(database)


def test_who_copies_sees_what_has_waited(database: PostgresDatabase) -> None:
    """A COPY is another kind of message; it too comes after the writes, in their transaction."""

    def work(conn: Connection) -> bytes:
        copied = BytesIO()
        put(conn, 7)
        driver_of(conn).cursor().copy_expert("COPY thing (number) TO STDOUT", copied)
        return copied.getvalue()

    assert b"7\n" == database.write(work)


def test_what_fails_undoes_what_waited_and_is_explained(database: PostgresDatabase) -> None:
    """By the commit that it went with, and the connection is good for the next."""
    database.write(lambda conn: put(conn, 1))

    def work(conn: Connection) -> None:
        put(conn, 2)
        put(conn, 1)

    with pytest.raises(Taken):
        database.write(work)
    assert [1] == numbers(database)
    database.write(lambda conn: put(conn, 3))
    assert [1, 3] == numbers(database)


def test_a_work_that_raises_leaves_nothing_behind(database: PostgresDatabase) -> None:
    """Neither what was sent nor what waited, also not with the next work."""

    def work(conn: Connection) -> None:
        conn.execute(INSERT, {"number": 1, "said": ""})
        put(conn, 2)
        raise Taken

    with pytest.raises(Taken):
        database.write(work)
    database.write(lambda conn: put(conn, 3))
    assert [3] == numbers(database)


def test_a_commit_after_a_swallowed_error_is_none(database: PostgresDatabase) -> None:
    """The server would roll back and say so in a word that nobody reads; here it is an error."""

    def work(conn: Connection) -> None:
        put(conn, 1)
        with pytest.raises(sa.exc.ProgrammingError):
            conn.exec_driver_sql("SELECT nothing")

    with pytest.raises(sa.exc.InternalError):
        database.write(work)
    assert [] == numbers(database)


def test_a_message_that_fails_as_a_whole_is_not_forgotten(database: PostgresDatabase) -> None:
    """The server read nothing of it, not even BEGIN: whoever swallows that has lost what waited."""

    def work(conn: Connection) -> None:
        put(conn, 1)
        with pytest.raises(sa.exc.ProgrammingError):
            conn.exec_driver_sql("SELEC 1")
        with pytest.raises(sa.exc.InternalError):
            conn.execute(INSERT, {"number": 2, "said": ""})

    with pytest.raises(sa.exc.InternalError):
        database.write(work)
    database.write(lambda conn: put(conn, 3))
    assert [3] == numbers(database)


def test_why_a_work_ended_counts_more_than_its_lost_connection(
    database: PostgresDatabase, postgres_server: PostgresServer
) -> None:
    """A bug stays a bug, though there is nothing left to roll back."""

    def work(conn: Connection) -> None:
        pid = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        postgres_server.run(f"SELECT pg_terminate_backend({pid}, 10000)")
        raise Taken

    with pytest.raises(Taken):
        database.write(work)
    database.write(lambda conn: put(conn, 1))
    assert [1] == numbers(database)


def test_a_long_write_does_not_wait(database: PostgresDatabase) -> None:
    """Nor one whose answer is wanted."""

    def work(conn: Connection) -> list[bytes]:
        put(conn, 1)
        put(conn, 2, "x" * MESSAGE_MAX)
        with deferring(driver_of(conn), taken):
            conn.exec_driver_sql("INSERT INTO thing VALUES (3, '') RETURNING number").scalar_one()
        return list(driver_of(conn).waiting)

    assert [] == database.write(work)
    assert [1, 2, 3] == numbers(database)


def test_reading_is_as_the_driver_has_it(database: PostgresDatabase) -> None:
    """Outside of `write` nothing is put together and nothing waits, also after a write."""
    database.write(lambda conn: put(conn, 1))
    with database.read() as conn:
        driver = driver_of(conn)
        put(conn, 2)
        assert isinstance(driver, Messenger)
        assert (False, [], 2) == (
            driver.few_messages,
            driver.waiting,
            conn.exec_driver_sql("SELECT count(*) FROM thing").scalar_one(),
        )


def test_percent_signs_and_semicolons_are_kept(database: PostgresDatabase) -> None:
    """Text is text, however many statements travel together."""
    said = "100% '; DROP TABLE thing; --\n%s"

    def work(conn: Connection) -> None:
        put(conn, 1, said)
        put(conn, 2, said)

    database.write(work)
    with database.look() as conn:
        assert [said, said] == list(conn.exec_driver_sql("SELECT said FROM thing").scalars())
