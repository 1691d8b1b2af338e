"""A running month under every kind of fault ends as if nothing had happened. `make soak` plays many."""

from pathlib import Path

import pytest

from tests.faults import outcome
from tests.faults.outcome import Outcome
from tests.faults.rounds import ROUND_SEED, dealt, drawn, play_round, undisturbed
from tests.faults.striking import STRIKES
from tests.plays import shared_once
from tests.servers import PostgresServer, RabbitServer

ROUNDS = 2


@pytest.fixture(scope="module")
def expected(
    postgres_server: PostgresServer,
    rabbit_server: RabbitServer,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Outcome:
    """The undisturbed month; whichever test process comes first plays it."""
    with shared_once(tmp_path_factory, worker_id, "undisturbed-month") as (shared, ready):
        if not ready:
            folder = tmp_path_factory.mktemp("undisturbed")
            outcome.save(undisturbed(folder, postgres_server, rabbit_server), shared / "end.json")
        return outcome.load(shared / "end.json")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_month_under_fire_ends_as_an_undisturbed_one(
    number: int,
    expected: Outcome,
    postgres_server: PostgresServer,
    rabbit_server: RabbitServer,
    tmp_path: Path,
) -> None:
    """Each kind of fault strikes once in these rounds: services killed one by one and at once,
    the play killed, broker and databases away, emptied, cut off.

    At the end the same facts stand in every log, the money is the same and nobody was paid twice,
    no command was carried out twice, every log verifies and its books agree, everything was carried
    and followed, nothing is parked, and one leads each task.
    """
    faults = dealt(ROUND_SEED, ROUNDS, sum(expected.facts.values()))[number]
    played = play_round(tmp_path, postgres_server, rabbit_server, faults, expected)
    assert [] == played.wrong, "\n".join(map(str, faults))


def test_every_kind_of_fault_is_dealt_once() -> None:
    """No kind is forgotten when one is added, and each strikes within the month."""
    faults = [fault for hand in dealt(ROUND_SEED, ROUNDS, 400) for fault in hand]
    assert sorted(STRIKES) == sorted(fault.kind for fault in faults)
    assert [] == [fault for fault in faults if not 0 < fault.facts <= 400]


def test_a_seed_draws_the_same_faults_again() -> None:
    """A round that failed can be played again, and another seed is another round."""
    assert drawn(7, 400) == drawn(7, 400)
    assert drawn(7, 400) != drawn(8, 400)


def test_two_ends_that_differ_in_one_fact_are_told_apart() -> None:
    """What compares the ends sees a fact too many, one too few and another sum."""
    end = Outcome({"paid_fen": 5}, {"log fact": 2}, {"{}": 2}, {"review": 1}, 0)
    other = Outcome({"paid_fen": 6}, {"log fact": 3, "log new": 1}, {"{}": 2}, {"review": 1}, 1)
    assert [] == end.apart(end)
    assert ["paid_fen: 5 became 6", "log fact: 2 became 3", "log new: None became 1"] == (
        other.apart(end)
    )
