"""After the decision: the written notice, and the end of an allowance."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from services.review import commands as c
from services.review.domain.ending import TERMINATION_REASONS
from services.review.domain.evolve import evolve
from services.review.domain.review import AT_ANY_TIME, UNDER_REVIEW
from services.review.domain.review import CASE as DECIDER
from services.review.domain.state import NoCase
from services.review.refusals import (
    AlreadyServed,
    AlreadyTerminated,
    InvestigatorConfirms,
    NotConfirmed,
    NotDeclined,
)
from shared.facts.review import (
    AllowanceTerminated,
    EligibilityDeclined,
    ObjectionAnswered,
    WrittenNoticeServed,
)
from shared.policy.loader import load_policy
from shared.testing.decisions import Given, context
from tests.review.samples import (
    ACCEPTED,
    CASE,
    CONFIRMED,
    DECLINED,
    OPEN,
    READY,
    TOO_RICH,
    Step,
    act,
    fact_of,
    refused,
    road,
    taking,
    the_facts,
)

SERVED = act(c.ServeWrittenNotice(CASE, "IN_PERSON"), "2024-03-08")
ENTRUSTED = """
pack: site
title: 委托的乡镇
parameters:
  devolution.legal_basis:
    title: 乡镇（街道）以何种形式行使审核确认权限
    unit: choice
    choices: [authorised, entrusted]
    values:
      - from: 2021-02-01
        value: entrusted
        citation: 测试
        certainty: P
"""
STOPPED = act(c.TerminateAllowance(CASE, "DEATH"), "2024-05-31", "h-1")


def test_the_written_notice_tells_the_reasons_and_the_roads_of_appeal() -> None:
    """Against whom, to whom, until when (649号 Art 65), by the law of the day of service."""
    taking((*TOO_RICH, DECLINED), SERVED).then(
        WrittenNoticeServed(
            case=CASE,
            served_on=date(2024, 3, 8),
            way="IN_PERSON",
            reasons=("INCOME_NOT_BELOW_STANDARD",),
            respondent="TOWNSHIP",
            bodies=("district_government",),
            reconsideration_days=60,
            reconsider_until=date(2024, 5, 7),
            litigation_months=6,
            sue_until=date(2024, 9, 9),
            sue_after_days=15,
            rules={
                "appeal.bodies_of_township": "national/2024-01-01",
                "appeal.reconsideration_calendar_days": "national/2024-01-01",
                "appeal.litigation_months": "national/2017-07-01",
                "appeal.litigation_after_reconsideration_calendar_days": "national/2017-07-01",
            },
        )
    )


def accepted_and_ended(accepted_on: str, ended_on: str) -> tuple[Step, ...]:
    """Accepted one day, ended for want of cooperation another."""
    accepted = replace(ACCEPTED, accepted_on=date.fromisoformat(accepted_on))
    return (
        act(c.OpenCase(accepted), accepted_on, "SYSTEM/review"),
        refused("REFUSED_VISIT", accepted_on),
        refused("REFUSED_VISIT", ended_on, warned=True),
        act(c.TerminateProcedure(CASE), ended_on, "h-1"),
    )


@pytest.mark.parametrize(
    ("accepted_on", "served_on", "until"),
    [
        ("2021-01-20", "2021-07-06", "2021-09-06"),
        ("2023-12-01", "2023-12-13", "2024-02-18"),
    ],
)
def test_a_township_that_ended_a_procedure_answers_for_it(
    accepted_on: str, served_on: str, until: str
) -> None:
    """57号 Art 29 names it beside the bureau, devolved or not; the second is the day of G60."""
    serve = act(c.ServeWrittenNotice(CASE, "MAIL"), served_on)
    told = fact_of(accepted_and_ended(accepted_on, served_on), serve)
    assert ("TOWNSHIP", ("district_government",), until) == (
        told.respondent, told.bodies, str(told.reconsider_until),
    )  # fmt: skip


def test_a_bureau_that_declined_answers_for_it() -> None:
    """G62: to 2023-12-31 the district's government or the city's bureau."""
    *before, declined = road(*TOO_RICH, DECLINED).facts
    assert isinstance(declined, EligibilityDeclined)
    past = Given((*before, replace(declined, organ="BUREAU")))
    for day, bodies in (
        ("2023-12-31", ("district_government", "city_bureau")),
        ("2024-01-01", ("district_government",)),
    ):
        [told] = the_facts(past.when(DECIDER, SERVED[0], context(day)))
        assert isinstance(told, WrittenNoticeServed)
        assert ("BUREAU", bodies) == (told.respondent, told.bodies)


def test_an_entrusted_township_names_the_bureau(tmp_path: Path) -> None:
    """行诉法 Art 26: who entrusts answers; a site's own rule says that the township is entrusted."""
    (tmp_path / "site.yaml").write_text(ENTRUSTED, "utf-8")
    command, surroundings = SERVED
    entrusted = replace(surroundings, policy=load_policy(tmp_path / "site.yaml"))
    told = fact_of((*TOO_RICH, DECLINED), (command, entrusted))
    assert ("BUREAU", ("district_government",)) == (told.respondent, told.bodies)


def test_an_ended_procedure_is_told_in_writing_too() -> None:
    """57号 Art 29: what was refused, and the same roads."""
    past = accepted_and_ended("2024-03-01", "2024-03-05")
    told = fact_of(past, SERVED)
    assert (("REFUSED_VISIT",), "TOWNSHIP") == (told.reasons, told.respondent)
    taking((*past, SERVED), SERVED).then_refused(AlreadyServed)


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


@pytest.mark.parametrize(("officer", "acting_for"), [("o-1", None), ("o-2", "h-1"), ("h-1", "b-1")])
def test_who_investigated_does_not_decide_the_end(officer: str, acting_for: str | None) -> None:
    """57号 Art 31, 32: who checks reports, another decides; stand-ins in both directions."""
    step = act(c.TerminateAllowance(CASE, "INCOME_OVER"), "2024-05-31", officer, acting_for)
    taking((*READY, CONFIRMED), step).then_refused(InvestigatorConfirms)


def test_who_verified_a_complaint_since_does_not_decide_the_end() -> None:
    """It is what led to it; whoever confirmed may, for that is the same duty."""
    received = act(c.ReceiveComplaint(CASE, False, "反映收入增加"), "2024-05-06", "o-2")
    answered = act(c.AnswerComplaint(CASE, 1, "ENQUIRY", True), "2024-05-10", "h-2")
    past = (*READY, CONFIRMED, received, answered)
    over = c.TerminateAllowance(CASE, "INCOME_OVER")
    taking(past, act(over, "2024-05-31", "h-2")).then_refused(InvestigatorConfirms)
    assert ("h-1",) == fact_of(past, act(over, "2024-05-31", "h-1")).decided_by


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
    answered = ObjectionAnswered(CASE, 1, (), date(2024, 3, 1), "VISIT", upheld=True)
    state = DECIDER.fold(road(*past).facts)
    with pytest.raises(ValueError, match="can't follow"):
        evolve(state, stray if past else answered)
