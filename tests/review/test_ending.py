"""After the decision: the written notice, and the end of an allowance."""

from datetime import date
from typing import get_args

import pytest

from services.review import commands as c
from services.review.domain.ending import TERMINATION_REASONS
from services.review.domain.evolve import evolve
from services.review.domain.review import AT_ANY_TIME, UNDER_REVIEW
from services.review.domain.review import CASE as DECIDER
from services.review.domain.state import NoCase
from services.review.refusals import AlreadyServed, AlreadyTerminated, NotConfirmed, NotDeclined
from shared.facts.review import AllowanceTerminated, ObjectionAnswered, WrittenNoticeServed
from shared.testing.decisions import context
from tests.review.samples import (
    CASE,
    CONFIRMED,
    DECLINED,
    OPEN,
    READY,
    TOO_RICH,
    Step,
    act,
    fact_of,
    road,
    taking,
)

SERVED = act(c.ServeWrittenNotice(CASE, "IN_PERSON"), "2024-03-08")
STOPPED = act(c.TerminateAllowance(CASE, "DEATH"), "2024-05-31", "h-1")


def test_the_written_notice_tells_the_roads_of_appeal() -> None:
    """Sixty days, six months (649号 Art 65), by the rules of the day of service."""
    taking((*TOO_RICH, DECLINED), SERVED).then(
        WrittenNoticeServed(
            case=CASE,
            served_on=date(2024, 3, 8),
            way="IN_PERSON",
            reconsideration_days=60,
            litigation_months=6,
            rules={
                "appeal.reconsideration_calendar_days": "national/2024-01-01",
                "appeal.litigation_months": "national/2017-07-01",
            },
        )
    )


def test_the_written_notice_is_served_once() -> None:
    """The days of appeal run from the first."""
    taking((*TOO_RICH, DECLINED, SERVED), SERVED).then_refused(AlreadyServed)


@pytest.mark.parametrize("past", [(), (OPEN,), TOO_RICH, (*READY, CONFIRMED)])
def test_only_a_refusal_is_told_in_writing(past: tuple[Step, ...]) -> None:
    """There are no reasons to serve."""
    taking(past, SERVED).then_refused(NotDeclined)


def test_an_allowance_stops_from_the_month_after() -> None:
    """57号 Art 31, 32: decided on the last of May, nothing from June on."""
    taking((*READY, CONFIRMED), STOPPED).then(
        AllowanceTerminated(
            CASE, "hh-1", "SUBSISTENCE_ALLOWANCE", "DEATH", ("h-1",), date(2024, 5, 31), "2024-06"
        )
    )


@pytest.mark.parametrize("reason", TERMINATION_REASONS)
def test_every_reason_can_stop_an_allowance(reason: str) -> None:
    """The reason is kept."""
    step = act(c.TerminateAllowance(CASE, reason), "2024-05-31", "h-1")
    assert reason == fact_of((*READY, CONFIRMED), step).reason


def test_an_allowance_stops_once() -> None:
    """The first stop stands."""
    taking((*READY, CONFIRMED, STOPPED), STOPPED).then_refused(AlreadyTerminated)


@pytest.mark.parametrize("past", [(), READY, (*TOO_RICH, DECLINED)])
def test_only_what_was_confirmed_is_stopped(past: tuple[Step, ...]) -> None:
    """There is nothing to stop."""
    taking(past, STOPPED).then_refused(NotConfirmed)


def test_every_command_has_one_step() -> None:
    """None is forgotten, and none is decided in two places."""
    assert set(get_args(c.Command)) == set(UNDER_REVIEW) | set(AT_ANY_TIME)
    assert set(UNDER_REVIEW).isdisjoint(AT_ANY_TIME)


def test_a_command_of_another_house_is_trouble() -> None:
    """The table of competence would be wrong."""
    with pytest.raises(AssertionError):
        DECIDER.decide(NoCase(), object(), context())


@pytest.mark.parametrize("past", [(), (OPEN,), (*READY, CONFIRMED)])
def test_a_fact_that_cannot_follow_is_trouble(past: tuple[Step, ...]) -> None:
    """A damaged stream is not read as if it were whole."""
    stray = road(OPEN).facts[0]
    answered = ObjectionAnswered(CASE, 1, (), date(2024, 3, 1), upheld=True)
    state = DECIDER.fold(road(*past).facts)
    with pytest.raises(ValueError, match="can't follow"):
        evolve(state, stray if past else answered)
