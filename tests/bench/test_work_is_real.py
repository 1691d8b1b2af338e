"""Each benchmark does what it says: tiny amounts, both sides counted, nothing timed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import millions, samples
from bench.deciding import bodies_of, history, judged
from bench.logs import on_postgres, on_sqlite
from bench.proving import SignedLog
from bench.raw import RawPostgres, RawSqlite
from bench.stage import Stage, stage
from shared.envelope import row_of
from shared.facts.review import PreliminaryOpinionGiven
from shared.testing.decisions import context


@pytest.fixture
def place() -> Iterator[Stage]:
    """A stage for tiny amounts."""
    with stage(1, quick=True) as made:
        yield made


def test_samples_are_facts_as_review_records_them() -> None:
    """Their columns are what their bodies say, no two are equal, versions count from 1."""
    rows = samples.rows(0, 20)

    assert rows == [row_of(row.body) for row in rows]
    assert 20 == len({row.leaf for row in rows})
    assert [1, 2, 3, 4, 5, 6, 7, 8, 1] == [row.version for row in rows[:9]]


def test_raw_postgresql_holds_as_many_rows_as_the_log(place: Stage) -> None:
    """One by one and all at once, bytes and persons the same."""
    log = on_postgres(place, 8)
    raw = RawPostgres(place, log)
    one, many = log.take(8), log.take(16)
    for rows, each, insert in ((one, 1, raw.insert_one_by_one), (many, 16, raw.insert_many)):
        assert len(rows) == log.append(rows, each) == insert(rows)

    assert 32 == log.size() == raw.size()
    for table in ("fact", "fact_person"):
        question = f"SELECT count(*) FROM (TABLE {table} EXCEPT TABLE raw_{table}) AS other"
        assert [(0,)] == place.postgres.ask(log.name, question)


def test_raw_sqlite_holds_as_many_rows_as_the_log(place: Stage) -> None:
    """A commit each."""
    log, bare = on_sqlite(place, "log", 8), on_sqlite(place, "bare", 8)
    raw = RawSqlite(place, bare)
    rows = log.take(8)

    assert 8 == log.append(rows) == raw.insert_one_by_one(rows)
    assert 16 == log.size() == raw.size()


def test_a_whole_log_is_verified(place: Stage) -> None:
    """All that was appended, and nothing was found wrong."""
    log = SignedLog(place, "signed", 64)

    assert 64 == log.verify() == len(log.bodies())


def test_a_log_made_fast_is_what_appending_makes(place: Stage) -> None:
    """Rows fit their bodies; it can be signed and verified; its indexes and triggers stand."""
    log, fast = on_sqlite(place, "log", 0), on_sqlite(place, "fast", 0)
    fast.database.close()
    millions.fill(Path(fast.name), 40)
    made = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    with log.database.read() as ours, fast.database.read() as theirs:
        assert ours.exec_driver_sql(made).all() == theirs.exec_driver_sql(made).all()

    assert millions.sound()
    assert 40 == fast.size()


def test_the_case_that_is_decided_has_sixty_facts_and_ends_in_an_opinion() -> None:
    """Read from sealed bodies, judged by incomes of five members, a scholarship left out."""
    bodies = bodies_of(history())
    opinion = judged(bodies, context("2024-03-04"))

    assert 60 == len(bodies)
    assert isinstance(opinion, PreliminaryOpinionGiven)
    assert (90_000, 75_000, 5) == (
        opinion.found_income_fen, opinion.monthly_income_fen, opinion.members_count
    )  # fmt: skip
