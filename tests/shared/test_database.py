"""Group commit on SQLite: what was answered is there, what failed is undone alone."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

import shared.sqlite
from shared.sqlite import SqliteDatabase
from tests.shared.writing_child import THREADS

ALL = "SELECT thread, number FROM note ORDER BY thread, number"


class Disturbed(Exception):
    """Raised by a work on purpose."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """A table of two numbers, the pair of them unique."""
    opened = SqliteDatabase(tmp_path / "notes.db")
    opened.write(create)
    yield opened
    opened.close()


def create(conn: Connection) -> None:
    conn.exec_driver_sql("CREATE TABLE note (thread INT, number INT, UNIQUE (thread, number))")
    conn.exec_driver_sql("CREATE TABLE author (id INTEGER PRIMARY KEY)")
    conn.exec_driver_sql(
        "CREATE TABLE remark (author INT REFERENCES author (id) DEFERRABLE INITIALLY DEFERRED)"
    )


def note(thread: int, number: int) -> Callable[[Connection], int]:
    """A work that writes one row and gives its number."""

    def work(conn: Connection) -> int:
        conn.exec_driver_sql("INSERT INTO note VALUES (?, ?)", (thread, number))
        return number

    return work


def failing(thread: int, number: int) -> Callable[[Connection], int]:
    """A work that writes a row and then fails."""

    def work(conn: Connection) -> int:
        note(thread, number)(conn)
        raise Disturbed(f"{thread} {number}")

    return work


class _Next:
    """In the place of a class: each time the next of several, however it is subscripted."""

    def __init__(self, kinds: Iterator[type]) -> None:
        self._kinds = kinds

    def __getitem__(self, _item: object) -> type:
        return next(self._kinds)


def notes(database: SqliteDatabase) -> list[tuple[int, ...]]:
    with database.read() as conn:
        return [tuple(row) for row in conn.exec_driver_sql(ALL)]


def together(
    database: SqliteDatabase,
    works: Sequence[Callable[[Connection], Any]],
    before: Callable[[], None] = lambda: None,
) -> list[Any]:
    """What each work gave or raised, all queued, and `before` called, before any of them runs."""
    outcomes: list[Any] = [None] * len(works)
    held, queued = threading.Event(), threading.Event()

    def hold(_conn: Connection) -> None:
        held.set()
        queued.wait()
        before()

    def run(place: int) -> None:
        try:
            outcomes[place] = database.write(works[place])
        except Exception as error:
            outcomes[place] = error

    holder = threading.Thread(target=database.write, args=(hold,))
    holder.start()
    held.wait()
    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    while len(database._queue) < len(works):  # until all wait behind the holder
        threading.Event().wait(0.001)
    queued.set()
    for thread in [holder, *threads]:
        thread.join()
    return outcomes


def commits(database: SqliteDatabase) -> list[str]:
    """How transactions end on connections from now on, as it comes."""
    given: list[str] = []

    def hear(statement: str) -> None:
        if statement in ("COMMIT", "ROLLBACK"):
            given.append(statement)

    def watch(connection: Any, _record: object) -> None:
        connection.set_trace_callback(hear)

    sa.event.listen(database.engine, "connect", watch)
    return given


def test_sixteen_threads_write_and_all_is_committed(database: SqliteDatabase) -> None:
    """Each hears its own result."""
    heard: dict[int, list[int]] = {}

    def run(thread: int) -> None:
        heard[thread] = [database.write(note(thread, number)) for number in range(20)]

    threads = [threading.Thread(target=run, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {n: list(range(20)) for n in range(16)} == heard
    assert [(n, number) for n in range(16) for number in range(20)] == notes(database)


def test_what_waits_together_is_committed_together(database: SqliteDatabase) -> None:
    """One commit for the holder, one for the sixteen behind it."""
    database.close()
    database = SqliteDatabase(database.path)
    given = commits(database)
    assert list(range(16)) == together(database, [note(1, n) for n in range(16)])
    assert ["COMMIT", "COMMIT"] == given
    database.close()


def test_who_is_interrupted_while_waiting_leaves_nobody_waiting(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was called to write for all, and had just been stopped: the next is called instead."""
    calling = threading.Event()

    class Interrupted(SimpleQueue[None]):
        def get(self, *_: Any, **__: Any) -> None:
            calling.wait()
            super().get()
            raise Disturbed("stopped")

    kinds = iter([SimpleQueue, Interrupted, SimpleQueue])
    monkeypatch.setattr(shared.sqlite, "SimpleQueue", _Next(kinds))
    outcomes = together(database, [note(1, 1), note(1, 2)], calling.set)
    assert [1, 2] == sorted(number for _, number in notes(database))
    assert 1 == sum(isinstance(one, Disturbed) for one in outcomes)


def test_more_than_a_group_holds_is_committed_too(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is answered before their own work has run, however long the queue."""
    monkeypatch.setattr(shared.sqlite, "GROUP_MAX", 3)
    assert list(range(20)) == together(database, [note(1, n) for n in range(20)])
    assert [(1, n) for n in range(20)] == notes(database)


def test_who_stands_behind_a_full_group_is_committed_before_the_answer(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when those in front came later to the lock."""
    monkeypatch.setattr(shared.sqlite, "GROUP_MAX", 3)
    in_front = [shared.sqlite._Item(note(1, number)) for number in range(7)]
    database._queue.extend(in_front)
    assert 7 == database.write(note(1, 7))
    assert [*range(7)] == [item.result for item in in_front]
    assert [(1, n) for n in range(8)] == notes(database)


def test_a_failing_work_is_undone_alone(database: SqliteDatabase) -> None:
    """Its neighbours in the same commit stay; only its caller hears of it."""
    works = [failing(1, n) if n % 3 == 0 else note(1, n) for n in range(9)]
    outcomes = together(database, works)
    assert [n for n in range(9) if n % 3] == [o for o in outcomes if isinstance(o, int)]
    assert ["1 0", "1 3", "1 6"] == [str(o) for o in outcomes if isinstance(o, Disturbed)]
    assert [(1, n) for n in range(9) if n % 3] == notes(database)


def test_a_work_alone_that_fails_leaves_nothing(database: SqliteDatabase) -> None:
    """And the next one is written as if nothing had been."""
    with pytest.raises(Disturbed):
        database.write(failing(1, 1))
    assert [] == notes(database)
    assert 1 == database.write(note(1, 1))


def test_a_unique_key_is_the_last_word_for_one_of_two(database: SqliteDatabase) -> None:
    """In one group commit as anywhere else."""
    outcomes = together(database, [note(1, 1), note(1, 1), note(1, 2)])
    assert [1, 2] == [o for o in outcomes if isinstance(o, int)]
    assert 1 == sum(isinstance(o, sa.exc.IntegrityError) for o in outcomes)
    assert [(1, 1), (1, 2)] == notes(database)


def test_an_error_of_the_commit_reaches_all_of_the_group(database: SqliteDatabase) -> None:
    """Nobody is told that what wasn't written was; afterwards the database works again."""

    def orphan(conn: Connection) -> None:
        conn.exec_driver_sql("INSERT INTO remark VALUES (7)")  # only the COMMIT refuses it

    outcomes = together(database, [note(1, 1), orphan, note(1, 2)])
    assert [sa.exc.IntegrityError] * 3 == [type(outcome) for outcome in outcomes]
    assert [] == notes(database)
    assert 7 == database.write(note(1, 7))
    assert [(1, 7)] == notes(database)


def test_a_connection_that_cannot_be_made_reaches_all_of_the_group(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who waited behind hear it too, instead of hearing nothing."""

    def nothing(_self: SqliteDatabase) -> Connection:
        raise Disturbed("no connection")

    def lose() -> None:
        monkeypatch.setattr(SqliteDatabase, "_connection", nothing)

    outcomes = together(database, [note(1, number) for number in range(3)], lose)
    monkeypatch.undo()
    assert ["no connection"] * 3 == [str(outcome) for outcome in outcomes]
    assert 9 == database.write(note(1, 9))
    assert [(1, 9)] == notes(database)


def test_a_reader_sees_nothing_uncommitted(database: SqliteDatabase) -> None:
    """Not while it is written; and one reading stays one picture to its end."""
    seen: list[list[tuple[int, ...]]] = []

    def work(conn: Connection) -> None:
        note(1, 1)(conn)
        seen.append(notes(database))

    with database.read() as conn:
        before = conn.exec_driver_sql(ALL).all()
        database.write(work)
        assert before == conn.exec_driver_sql(ALL).all()
    assert [[]] == seen
    assert [(1, 1)] == notes(database)


def test_the_file_is_written_durably(database: SqliteDatabase) -> None:
    """Write-ahead log, and the disk asked at every commit."""
    for connection in (database.read, database.read):
        with connection() as conn:
            assert "wal" == conn.exec_driver_sql("PRAGMA journal_mode").scalar_one()
            assert 2 == conn.exec_driver_sql("PRAGMA synchronous").scalar_one()
    settings = database.write(
        lambda conn: [conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                      for name in ("journal_mode", "synchronous", "foreign_keys")]
    )  # fmt: skip
    assert ["wal", 2, 1] == settings


@pytest.mark.parametrize("answers", [3, 50, 200])
def test_every_answered_write_survives_a_kill(database: SqliteDatabase, answers: int) -> None:
    """SIGKILL in the middle of writing: rows are dense for each thread, none answered is missing."""
    database.close()
    command = [sys.executable, "-m", "tests.shared.writing_child", str(database.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        heard = [child.stdout.readline() for _ in range(answers)]
        os.kill(child.pid, signal.SIGKILL)
        heard += [line for line in child.stdout.readlines() if line.endswith("\n")]
    answered = {tuple(map(int, line.split())) for line in heard}
    found = notes(database)
    assert answered <= set(found)
    for thread in range(THREADS):
        mine = [number for owner, number in found if owner == thread]
        assert list(range(len(mine))) == mine
    with database.read() as conn:
        assert "ok" == conn.exec_driver_sql("PRAGMA integrity_check").scalar_one()


def test_who_waits_while_it_is_closed_is_called(database: SqliteDatabase) -> None:
    """Closing holds what writing needs; whoever found it so mustn't wait for another write."""
    database._lock.acquire()
    writer = threading.Thread(target=database.write, args=(note(1, 1),))
    writer.start()
    while not database._queue:
        threading.Event().wait(0.001)
    closer = threading.Thread(target=database.close)
    closer.start()
    database._lock.release()  # without a word, as to one who gives the lock on
    closer.join()
    writer.join()
    assert [(1, 1)] == notes(database)
