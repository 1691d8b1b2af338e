"""The databases of an embedded site as they all were at one moment, beside a running writer.

Services follow one another in circles (intake follows review, review follows intake), so no order
of copying one after the other keeps every follower at or behind its source. Instead all databases
are locked against writing for an instant: nothing is committed anywhere while the last lock is
held, and that instant is a moment which really was. A follower has always read what its source had
committed, so at any such moment none is ahead. In that instant a reader is opened on each database,
which keeps its state (WAL), and the locks are given back; the copies are made from the readers.

A writer holds one database's lock at a time and waits for no other, so these locks, taken one
after the other, meet no circle; it waits for them as for another writer.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

BUSY_SECONDS = 60.0


@contextmanager
def one_moment(
    paths: list[Path], meanwhile: Callable[[], None]
) -> Iterator[list[sqlite3.Connection]]:
    """A reader of each database, all of one moment; `meanwhile` is called in that moment.

    What `meanwhile` reads belongs to the same moment as far as it changes with a commit.
    """
    with ExitStack() as readers:
        with ExitStack() as locks:
            for path in paths:
                locker = locks.enter_context(closing(_connect(path)))
                locker.execute("BEGIN IMMEDIATE")  # closing it undoes it
            opened = [readers.enter_context(closing(_connect(path))) for path in paths]
            for reader in opened:
                reader.execute("BEGIN")
                reader.execute("SELECT 1 FROM sqlite_master").fetchone()  # now it has its state
            meanwhile()
        yield opened


def copy_database(reader: sqlite3.Connection, target: Path) -> None:
    """SQLite's own backup: the whole file as the reader sees it, its write-ahead log folded in."""
    with closing(sqlite3.connect(target)) as copy:
        reader.backup(copy)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path.resolve()))}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
