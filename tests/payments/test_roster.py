"""A roster's road: submitted, returned or approved, applied for, released; duties stay apart."""

from dataclasses import replace
from typing import Any, cast

import pytest

from services.payments.domain.roster import ROSTER, Stored
from services.payments.domain.roster_state import NoRoster
from services.payments.refusals import (
    DutiesNotApart,
    LinesDiffer,
    NoSuchRoster,
    RosterAtOtherStep,
    TotalsDiffer,
)
from shared.context import Behind, Context
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.payments import FundsReleased, FundsRequested
from shared.testing.decisions import context, given
from tests.payments.samples import (
    APPROVE,
    APPROVED,
    DRAWN,
    LINES,
    RELEASE,
    REQUEST,
    RETURN,
    RETURNED,
    ROAD,
    SUBMIT,
    SUBMITTED,
    TODAY,
    line,
)
from tests.payments.world import T1

STEPS: dict[Any, tuple[Fact, ...]] = {
    SUBMIT: ROAD[:1], RETURN: ROAD[:2], APPROVE: ROAD[:2], REQUEST: ROAD[:3], RELEASE: ROAD[:4],
}  # fmt: skip
PASTS: tuple[tuple[Fact, ...], ...] = (*(ROAD[:n] for n in range(1, 6)), (*ROAD[:2], RETURNED))
# Who may not give which command once the whole road before it has been gone.
HELD = [
    (SUBMIT, (DRAWN, SUBMITTED, RETURNED, replace(DRAWN, round=2)), "reviewer"),
    (RETURN, ROAD[:2], "drawer"),
    (RETURN, ROAD[:2], "submitter"),
    (APPROVE, ROAD[:2], "drawer"),
    (APPROVE, ROAD[:2], "submitter"),
    (REQUEST, ROAD[:3], "drawer"),
    (REQUEST, ROAD[:3], "submitter"),
    (RELEASE, ROAD[:4], "drawer"),
    (RELEASE, ROAD[:4], "submitter"),
    (RELEASE, ROAD[:4], "reviewer"),
    (RELEASE, ROAD[:4], "requester"),
]


def now(officer: str = "o-1", acting_for: str | None = None) -> Context:
    return context("2024-03-25", officer, acting_for, gathered=Stored(LINES))


def test_a_drawn_roster_is_submitted() -> None:
    """By the head, or by the officer who drew it: both are the township's side."""
    expected = replace(SUBMITTED, submitted_by=("drawer",))

    given(DRAWN).when(ROSTER, SUBMIT, now("drawer")).then(expected)


def test_a_submitted_roster_is_returned_with_its_reason() -> None:
    """The township draws it again."""
    expected = replace(RETURNED, reviewed_by=("o-1",))

    given(*ROAD[:2]).when(ROSTER, RETURN, now()).then(expected)


def test_a_submitted_roster_is_approved_by_its_totals() -> None:
    """Declared, drawn and stored agree."""
    expected = replace(APPROVED, reviewed_by=("o-1",))

    given(*ROAD[:2]).when(ROSTER, APPROVE, now()).then(expected)


@pytest.mark.parametrize("change", [{"lines_count": 3}, {"amount_fen": 75_051}])
def test_declared_totals_must_be_those_drawn(change: dict[str, int]) -> None:
    """A line more or a fen more is refused."""
    command = replace(APPROVE, **cast(Any, change))

    given(*ROAD[:2]).when(ROSTER, command, now()).then_refused(TotalsDiffer)


@pytest.mark.parametrize(
    "stored",
    [LINES[:1], (line("hh-1", 30_001), line("hh-2", 45_049)), (*LINES[:1], line("hh-3", 45_050))],
)
def test_stored_lines_must_be_those_drawn(stored: tuple[Any, ...]) -> None:
    """A line gone, money moved between two, a household exchanged: the digest tells."""
    surroundings = context(gathered=Stored(stored))

    given(*ROAD[:2]).when(ROSTER, APPROVE, surroundings).then_refused(LinesDiffer)


def test_the_approved_sum_is_requested() -> None:
    """Neither more nor less."""
    expected = FundsRequested(("reviewer",), TODAY, 75_050)

    given(*ROAD[:3]).when(ROSTER, REQUEST, now("reviewer")).then(expected)


def test_the_requested_sum_is_released() -> None:
    """Exactly, and by finance's own word."""
    expected = FundsReleased(("o-1",), TODAY, 75_050)

    given(*ROAD[:4]).when(ROSTER, RELEASE, now()).then(expected)


@pytest.mark.parametrize("amount_fen", [75_049, 75_051, 0])
def test_another_sum_is_not_released(amount_fen: int) -> None:
    """Not by a fen."""
    command = replace(RELEASE, amount_fen=amount_fen)

    given(*ROAD[:4]).when(ROSTER, command, now()).then_refused(TotalsDiffer)


@pytest.mark.parametrize(("command", "past", "person"), HELD)
def test_nobody_holds_two_duties(command: Any, past: tuple[Fact, ...], person: str) -> None:
    """Neither in person, nor standing in for another, nor with another in their place."""
    for surroundings in (now(person), now(person, "o-9"), now("o-9", person)):
        given(*past).when(ROSTER, command, surroundings).then_refused(DutiesNotApart)


@pytest.mark.parametrize(("command", "past", "person"), HELD)
def test_nobody_holds_two_duties_under_two_ids(
    command: Any, past: tuple[Fact, ...], person: str
) -> None:
    """A person is the same person under each."""
    under_another = replace(now("o-9"), behind=Behind(frozenset({"o-9", person})))
    given(*past).when(ROSTER, command, under_another).then_refused(DutiesNotApart)


@pytest.mark.parametrize("command", STEPS)
@pytest.mark.parametrize("past", PASTS)
def test_each_step_has_its_place(command: Any, past: tuple[Fact, ...]) -> None:
    """A command out of its order is refused, and the sentence tells where the roster stands."""
    outcome = given(*past).when(ROSTER, command, now())

    assert (STEPS[command] != past) == isinstance(outcome.refusal, RosterAtOtherStep)


@pytest.mark.parametrize("command", STEPS)
def test_without_a_roster_there_is_nothing_to_do(command: Any) -> None:
    """It has to be drawn first."""
    given().when(ROSTER, command, now()).then_refused(NoSuchRoster)


def test_a_roster_concerns_its_township() -> None:
    """Which bounds who may submit it."""
    assert About() == ROSTER.about(NoRoster())
    assert About(township=T1) == ROSTER.about(ROSTER.fold((DRAWN,)))


def test_a_strange_fact_or_command_is_a_bug() -> None:
    """Neither is passed over in silence."""
    with pytest.raises(ValueError, match="can't follow"):
        ROSTER.fold((SUBMITTED,))
    with pytest.raises(AssertionError):
        ROSTER.decide(ROSTER.initial, object(), context())
