"""Every fork of the road is played, and the record counts as many as were meant."""

import io
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from services.demo.cast import Cast, cast
from services.demo.choice import Choices
from services.demo.fate import Outcome
from services.demo.flaws import flaw_of
from services.demo.forks import FORKS, meant
from services.demo.means import by_kind, means_of
from services.demo.prelude import policy_text
from services.demo.preparing import Plan
from services.demo.run import run
from services.demo.schedule import Schedule, schedule
from services.demo.turn import FITS, Turn
from services.demo.turns import Ways, ways
from services.review.commands import HouseholdMeans
from services.runtime.home import Home
from shared.calendar import WorkCalendar
from shared.policy.layering import lay_over
from shared.policy.loader import load_policy
from tests.demo.world import STANDARDS, UNITS, homes

SEEDS = range(1, 6)
MONTH = "2024-03"
SMALL, SEED = 45, 7  # households of a seed that is early through with its turns


@cache
def _days() -> Schedule:
    return schedule(MONTH, WorkCalendar())


def _ways(seed: int, count: int) -> Ways:
    choices = Choices(seed)
    good = [one for one in homes(seed, count) if flaw_of(choices, one) is None]
    return ways(choices, good, UNITS, STANDARDS)


def _cast(seed: int, households: int, folder: Path) -> Cast:
    return cast(Choices(seed), households, _days(), load_policy(), folder)


@pytest.mark.parametrize("seed", SEEDS)
def test_five_hundred_households_are_meant_to_take_every_fork(seed: int, tmp_path: Path) -> None:
    """With whatever seed."""
    planned = meant(_cast(seed, 500, tmp_path).everyone())
    assert [] == [code for code, count in planned.items() if count == 0]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_households_take_every_turn(seed: int) -> None:
    """A demo of a hundred shows them all, and more households take them no more often a head."""
    early = Counter(one.turn for one in _ways(seed, 100).fates.values())
    many = Counter(one.turn for one in _ways(seed, 500).fates.values())
    assert set(Turn) == set(early) - {None}
    assert 10 >= max(many[turn] for turn in Turn)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_turn_is_taken_by_whom_it_suits(seed: int) -> None:
    """Nobody's last relative dies twice; the emergency stays in its unit."""
    told, by_number = _ways(seed, 500), {one.number: one for one in homes(seed, 500)}
    taken = [(by_number[number], one.turn) for number, one in told.fates.items() if one.turn]
    assert [] == [turn for home, turn in taken if turn in FITS and not FITS[turn](home)]
    assert {told.emergency} == {home.township for home, turn in taken if turn is Turn.REMOTE}
    refused = {home.township for home, turn in taken if turn is Turn.REMOTE_REFUSED}
    assert told.emergency not in refused
    assert told.undevolved not in {home.township for home, _ in taken}


def test_more_households_change_nobodys_turn() -> None:
    """Whoever comes later takes what is left, but in the unit that isn't devolved."""
    few, many = _ways(3, 200), _ways(3, 400)
    assert few.undevolved == many.undevolved
    assert few.fates == {number: many.fates[number] for number in few.fates}


@pytest.mark.parametrize("seed", SEEDS)
def test_recorded_means_come_to_what_was_declared(seed: int) -> None:
    """Kinds add up to the sum, so that a household below the standard stays below it."""
    choices, told = Choices(seed), _ways(seed, 300).fates
    chosen = [
        one
        for one in homes(seed, 300)
        if one.number in told and by_kind(choices, one, told[one.number])
    ]
    assert chosen
    for home in chosen:
        asked = msgspec.convert(means_of(home, told[home.number].turn), HouseholdMeans)
        assert home.monthly_income_fen == sum(
            line.fen for member in asked.members for line in member.incomes
        )
        assert told[home.number].outcome in {Outcome.CONFIRMED, Outcome.DECLINED}


def test_the_months_policy_holds_where_and_when_it_says(tmp_path: Path) -> None:
    """One unit isn't devolved any more; in another, visits go without contact for two days."""
    company, days = _cast(1, 100, tmp_path), _days()
    policy = lay_over(load_policy(), policy_text(company, days).encode(), "demo")
    opening, visits = policy.at(days.decide[0]), policy.at(days.visited_on)
    assert opening.flag("devolution.devolved")
    assert not policy.at(days.decide[0], company.undevolved).flag("devolution.devolved")
    assert not visits.flag("survey.remote_allowed")
    assert policy.at(days.visited_on, company.emergency).flag("survey.remote_allowed")
    assert not policy.at(days.opinion_on, company.emergency).flag("survey.remote_allowed")


def test_the_record_counts_as_many_of_each_fork_as_were_meant(tmp_path: Path) -> None:
    """Played through the doors by households that take every turn."""
    company = _cast(SEED, SMALL, tmp_path)
    planned = meant(company.everyone())
    turns = {player.fate.turn for player in company.everyone()}
    assert set(Turn) <= turns
    said = io.StringIO()
    summary = run(Home(tmp_path / "home"), Plan(SMALL, SEED, MONTH), Console(file=said, width=200))
    assert planned == summary.forks
    assert (True, True) == (summary.verified, summary.conserved)
    assert [] == [fork.title for fork in FORKS if fork.title not in said.getvalue()]
