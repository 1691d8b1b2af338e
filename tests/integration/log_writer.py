"""A process that appends to a log beside others, rolling some of its work back.

Run as `python -m tests.integration.log_writer URL NUMBER`; prints the ids that it has committed.
"""

import sys
from collections.abc import Iterator, Sequence

from shared.database import PostgresDatabase
from shared.envelope import Row
from shared.log import store
from tests.shared.log.site_log import fact

ROUNDS = 120
SHARED = "case/shared"


class Undone(Exception):
    """The work is rolled back after its append."""


def rounds(number: int) -> Iterator[list[Row]]:
    """One to three facts a round, no number twice among all writers."""
    for start in range(0, ROUNDS * 3, 3):
        first = number * 1_000 + start
        yield [fact(first + i) for i in range(1 + start // 3 % 3)]


def append(database: PostgresDatabase, rows: Sequence[Row], *, undo: bool) -> None:
    """All or nothing; when it is to be undone, after the positions were given."""
    with database.engine.connect() as conn, conn.begin() as work:
        store.append(conn, rows)
        if undo:
            work.rollback()


def append_shared(database: PostgresDatabase, number: int) -> Row:
    """One fact to a stream that all writers want: who loses loads again."""
    while True:
        with database.read() as conn:
            version = store.versions(conn, [SHARED]).get(SHARED, 0)
        row = fact(number, SHARED, version + 1)
        try:
            append(database, [row], undo=False)
        except store.Conflict:
            continue
        return row


def main(url: str, number: int) -> None:
    database = PostgresDatabase(url)
    for turn, rows in enumerate(rounds(number)):
        undo = turn % 4 == 3
        append(database, rows, undo=undo)
        committed = [] if undo else list(rows)
        if turn % 10 == 0:
            committed.append(append_shared(database, number * 1_000 + 500 + turn))
        print(*[row.id for row in committed], sep="\n")
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
