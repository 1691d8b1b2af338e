"""The engines themselves: the log's columns and indexes without its triggers, checks and tree.

The statements are the shortest that store the same bytes; positions come from the client.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg2
from psycopg2 import Binary

from bench.logs import Log
from bench.stage import Stage
from shared.envelope import Row

_COLUMNS = (
    "id", "stream", "version", "name", "at", "officer", "journey",
    "household", "township", "village", "body", "leaf",
)  # fmt: skip
_TYPES = ("text", "text", "int", *["text"] * 7, "bytea", "bytea")


def values(position: int, row: Row) -> tuple[Any, ...]:
    """A row's columns, in the table's order."""
    return (position, *(getattr(row, name) for name in _COLUMNS))


class RawPostgres:
    """One connection of psycopg 2 beside a log, into tables made like the log's."""

    def __init__(self, stage: Stage, log: Log) -> None:
        self._conn = psycopg2.connect(stage.postgres.dsn(log.name))
        stage.things.callback(self._conn.close)
        with self._conn, self._conn.cursor() as cursor:
            for table in ("fact", "fact_person"):
                cursor.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING ALL)")
                cursor.execute(f"INSERT INTO raw_{table} SELECT * FROM {table}")
        self._position = log.size()

    def insert_one_by_one(self, rows: Sequence[Row]) -> int:
        """A transaction each: BEGIN, one statement, COMMIT."""
        cursor = self._conn.cursor()
        for row in rows:
            people = ", ".join(["(%s, %s)"] * len(row.persons))
            persons = [v for person in row.persons for v in (person, self._position)]
            cursor.execute(_ONE + people, [*values(self._position, row), *persons])
            self._conn.commit()
            self._position += 1
        return len(rows)

    def insert_many(self, rows: Sequence[Row]) -> int:
        """All in one transaction and one statement, as arrays."""
        numbered = list(enumerate(rows, self._position))
        columns = [[getattr(row, name) for row in rows] for name in _COLUMNS[:-2]]
        binary = [[Binary(getattr(row, name)) for row in rows] for name in _COLUMNS[-2:]]
        people = [(person, position) for position, row in numbered for person in row.persons]
        self._conn.cursor().execute(
            _MANY,
            [[p for p, _ in numbered], *columns, *binary, [p for p, _ in people],
             [position for _, position in people]],
        )  # fmt: skip
        self._conn.commit()
        self._position += len(rows)
        return len(rows)

    def size(self) -> int:
        """How many rows it holds."""
        with self._conn, self._conn.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM raw_fact")
            return int(next(iter(cursor))[0])


_PLACES = ", ".join(["%s"] * (1 + len(_COLUMNS)))
_ONE = (
    f"WITH f AS (INSERT INTO raw_fact VALUES ({_PLACES})) "
    "INSERT INTO raw_fact_person (person, position) VALUES "
)
_ARRAYS = ", ".join(f"%s::{kind}[]" for kind in ("bigint", *_TYPES))
_MANY = (
    f"WITH f AS (INSERT INTO raw_fact SELECT * FROM unnest({_ARRAYS})) "
    "INSERT INTO raw_fact_person (person, position) "
    "SELECT * FROM unnest(%s::text[], %s::bigint[])"
)


class RawSqlite:
    """One connection of sqlite3 to a log's file whose triggers were dropped; durable as the log."""

    def __init__(self, stage: Stage, log: Log) -> None:
        self._conn = sqlite3.connect(log.name, isolation_level=None)
        stage.things.callback(self._conn.close)
        self._conn.execute("PRAGMA journal_mode=WAL")
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            self._conn.execute(f"PRAGMA {pragma}")
        for (name,) in self._conn.execute(_TRIGGERS).fetchall():
            self._conn.execute(f"DROP TRIGGER {name}")
        self._position = log.size()

    def insert_one_by_one(self, rows: Sequence[Row]) -> int:
        """A transaction each."""
        run, run_many = self._conn.execute, self._conn.executemany
        for row in rows:
            run("BEGIN IMMEDIATE")
            run("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", values(self._position, row))
            persons = [(person, self._position) for person in row.persons]
            run_many("INSERT INTO fact_person VALUES (?,?)", persons)
            run("COMMIT")
            self._position += 1
        return len(rows)

    def size(self) -> int:
        """How many rows it holds."""
        return int(self._conn.execute("SELECT count(*) FROM fact").fetchone()[0])


_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
