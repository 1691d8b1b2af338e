"""What the figures of carrier and services count has really been done."""

from collections.abc import Iterator
from io import StringIO

import pytest
import sqlalchemy as sa

from bench.carrying import at, delays
from bench.cases import history
from bench.following import Backlog
from bench.rosters import Payments, Statements
from bench.sheets import plain_reading, sheet, taken_in
from bench.stage import Stage, stage
from services.review.domain.review import CASE
from services.review.domain.state import Open
from shared.database import PostgresDatabase as Database
from shared.driver import on_driver
from shared.facts.review import VerificationReported
from tests.servers import PostgresDatabase, PostgresServer

ONE = sa.table("one", sa.column("a", sa.Integer))


@pytest.fixture
def place() -> Iterator[Stage]:
    """Tiny amounts."""
    with stage(1, quick=True) as made:
        yield made


def test_a_delay_runs_from_its_commit_to_the_first_look_that_shows_it() -> None:
    """Also when one look shows several at once; a look before the commit's end is no delay."""
    committed = [(1.0, 0), (2.0, 1), (3.0, 2), (4.0, 3)]
    seen = [(0.5, -1), (1.25, 0), (3.5, 2), (3.75, 3)]

    assert [0.25, 1.5, 0.5, 0.0] == list(delays(committed, seen))


def test_a_percentile_is_one_of_the_values() -> None:
    """Of a hundred values the 99th percentile is the last but none."""
    values = [float(number) for number in range(100)]

    assert (50.0, 99.0) == (at(values, 50), at(values, 99))


def test_every_fact_of_the_backlog_becomes_a_row(place: Stage) -> None:
    """In the following service's own database."""
    backlog = Backlog(place)
    applied = backlog.follow(backlog.fill())
    with backlog.site.services["payments"].database.read() as conn:
        rows = conn.exec_driver_sql("SELECT count(*) FROM close_relative").scalar_one()

    assert applied == rows > 0


def test_a_case_has_twenty_facts_and_may_be_asked_about() -> None:
    """The command that is measured is one that an officer could give."""
    facts = history("case-0")
    state = CASE.fold(facts)

    assert 20 == len(facts)
    assert isinstance(state, Open)
    assert isinstance(state.verification, VerificationReported)


def test_every_household_gets_a_line_and_its_fact(postgres_server: PostgresServer) -> None:
    """Through the door; a statement with many rows counts once."""
    postgres_server.start()
    with stage(1) as made:
        made._postgres = postgres_server
        payments = Payments.on(made)
        payments.township("411603101", 25)
        before = payments.service.source.head()
        statements = Statements()
        statements.watch(payments.service.database.engine)
        drawn = payments.draw("411603101", "2023-01")

        assert 25 == drawn
        assert 5 < statements.count < 25
        assert 26 == payments.service.source.head() - before


def test_every_statement_counts_whoever_says_it(postgres_database: PostgresDatabase) -> None:
    """SQLAlchemy or the driver itself; many rows at once are one, one after another each."""
    database = Database(postgres_database.url())
    statements = Statements()
    statements.watch(database.engine)
    with database.read() as conn:
        conn.exec_driver_sql("CREATE TABLE one (a int)")
        conn.execute(sa.insert(ONE), [{"a": 1}, {"a": 2}, {"a": 3}])
        with on_driver(conn) as driver, driver.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.executemany("INSERT INTO one VALUES (%s)", [(4,), (5,)])
            cursor.copy_expert("COPY one TO STDOUT", StringIO())
    with database.read() as conn:
        conn.exec_driver_sql("SELECT 1")
    database.close()

    assert 7 == statements.count


def test_both_readings_see_the_whole_sheet(place: Stage) -> None:
    """openpyxl also counts titles, headers, subtotals and notes."""
    content = sheet(place, 40)

    assert 40 <= taken_in(content) < plain_reading(content) < 200
