"""Logs of review with so many facts in them, on PostgreSQL and on SQLite."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import samples
from bench.stage import Stage
from services.runtime.houses import definition
from shared.database import Database, PostgresDatabase
from shared.envelope import Row
from shared.log import store
from shared.migration import migrate
from shared.sqlite import SqliteDatabase

SHORT = 5_000
LONG = 10 * SHORT
SIZES = (10_000, 100_000, 1_000_000)
"""Where the length itself is what is asked about: proofs, start-up."""
FILL = 1_000


@dataclass
class Log:
    """A log and the numbers of the facts that it doesn't have yet."""

    database: Database
    next: int = 0
    name: str = field(default="")

    def take(self, count: int) -> list[Row]:
        """Facts to append next, from the beginning of a case on."""
        first = -(-self.next // samples.FACTS_PER_CASE) * samples.FACTS_PER_CASE
        self.next = first + count
        return samples.rows(first, count)

    def append(self, rows: list[Row], each: int = 1) -> int:
        """Append so many in each transaction, as the last that it does."""
        for start in range(0, len(rows), each):
            work = partial(store.append_last, rows=rows[start : start + each])
            self.database.write(work)
        return len(rows)

    def fill(self, count: int) -> "Log":
        """Append until the log holds so many."""
        while self.next < count:
            self.append(self.take(min(FILL, count - self.next)), FILL)
        return self

    def size(self) -> int:
        """How many facts it holds."""
        with self.database.read() as conn:
            return store.size(conn)


def on_postgres(stage: Stage, count: int) -> Log:
    """A database of its own on the stage's server, closed with the stage."""
    name = stage.postgres.create_database()
    database = PostgresDatabase(stage.postgres.url(name))
    stage.things.callback(database.close)
    migrate(database, definition("review").migrations)
    log = Log(database, name=name).fill(count)
    # What the filling has left to do isn't done beside the first rounds.
    stage.postgres.run("VACUUM ANALYZE", name)
    stage.postgres.run("CHECKPOINT")
    return log


def on_sqlite(stage: Stage, name: str, count: int) -> Log:
    """A file in the stage's folder, closed with the stage."""
    path: Path = stage.folder / f"{name}.db"
    database = SqliteDatabase(path)
    stage.things.callback(database.close)
    migrate(database, definition("review").migrations)
    return Log(database, name=str(path)).fill(count)
