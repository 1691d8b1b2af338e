"""Eight officers at once from four processes: one effect, and an answer for each of the others."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from services.payments.read_models.tables import ROSTER_LINE
from shared.database import PostgresDatabase
from shared.facts.intake import ApplicationAccepted, ApplicationSubmitted
from shared.facts.payments import LineDrawn, RosterDrawn
from shared.log import store
from tests.houses import facts_of
from tests.integration.served import ServedHouses
from tests.payments.world import House, house, prepare
from tests.servers import PostgresDatabase as Server

PROJECT = Path(__file__).parents[2]
PROCESSES = 4


def together(deed: str, url: str, case: str = "-") -> Counter[str]:
    """Every process stands ready before the first begins; how often each answer was given."""
    command = [sys.executable, "-m", "tests.integration.officers", deed, url]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with ExitStack() as stack:
        started: list[subprocess.Popen[str]] = [
            stack.enter_context(subprocess.Popen([*command, str(n), case], cwd=PROJECT, **pipes))
            for n in range(1, PROCESSES + 1)
        ]
        for process in started:
            assert process.stdout is not None
            assert "ready\n" == process.stdout.readline()
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        heard = [line for process in started for line in process.communicate()[0].splitlines()]
    assert [0] * PROCESSES == [process.returncode for process in started]
    assert 2 * PROCESSES == len(heard)
    return Counter(heard)


def test_eight_who_accept_one_case_accept_it_once(served: ServedHouses) -> None:
    """One is done; the others hear that somebody was first."""
    case = served.apply()
    heard = together("accept", served.databases.url("intake"), case)
    assert 1 == heard["done None"]
    assert {"done None", "conflict CONFLICT", "refused NOT_PENDING"} >= set(heard)
    facts = facts_of(served.intake)
    assert 1 == sum(isinstance(recorded.fact, ApplicationAccepted) for recorded in facts)
    versions = [f.envelope.version for f in facts_of(served.intake, f"application/{case}")]
    assert [1, 2] == versions


def test_eight_who_submit_one_household_submit_it_once(served: ServedHouses) -> None:
    """Nobody is in two applications at once, though each would be a stream of its own."""
    heard = together("submit", served.databases.url("intake"))
    assert 1 == heard["done None"]
    facts = facts_of(served.intake)
    assert 1 == sum(isinstance(recorded.fact, ApplicationSubmitted) for recorded in facts)
    with served.intake.database.read() as conn:
        people = conn.exec_driver_sql('SELECT person, "case" FROM active_person').all()
    assert (2, 1) == (len(people), len({row.case for row in people}))


@pytest.fixture
def payments(postgres_database: Server) -> Iterator[House]:
    database = PostgresDatabase(postgres_database.url())
    prepare(database)
    yield house(database)
    database.close()


def test_eight_who_draw_one_roster_draw_it_once(payments: House, postgres_database: Server) -> None:
    """Each line once; the log is dense, which reading all of it shows."""
    for number in range(1, 9):
        payments.open(number)
    heard = together("draw", postgres_database.url())
    assert 1 == heard["done None"]
    assert {"done None", "conflict CONFLICT", "refused ROSTER_ALREADY_DRAWN"} >= set(heard)
    assert 1 == len(payments.facts(RosterDrawn))
    assert 8 == len(payments.facts(LineDrawn)) == len(payments.rows(ROSTER_LINE))
    with payments.service.database.read() as conn:
        assert store.size(conn) == len(payments.facts())
