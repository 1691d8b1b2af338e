"""A case opens and closes by intake's word."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from shared.calendar import WorkCalendar
from shared.facts.review import CaseClosed, CaseOpened
from shared.policy.loader import load_policy
from shared.testing.decisions import Given
from tests.review.samples import (
    ACCEPTED,
    CASE,
    CONFIRMED,
    DECLINED,
    NOTICE_CLOSED,
    OPEN,
    POSTED,
    READY,
    SEALED,
    TOO_RICH,
    Step,
    act,
    fact_of,
    taking,
    the_facts,
)

NOT_DEVOLVED = """
pack: site
title: 某区
parameters:
  devolution.devolved:
    title: 低保审核确认权限是否已下放到乡镇（街道）
    unit: boolean
    values:
      - {from: 2024-01-01, for: ["411603101"], value: 否, citation: 区政府通知, certainty: P}
"""

WITHDRAW = act(c.CloseCase(CASE), "2024-03-20", "SYSTEM/review")
TERMINATED = act(c.TerminateAllowance(CASE, "DEATH"), "2024-03-19", "h-1")


def accepted_on(day: str) -> CaseOpened:
    """The case of an application accepted on that day."""
    command = c.OpenCase(replace(ACCEPTED, accepted_on=date.fromisoformat(day)))
    opened: CaseOpened = fact_of((), act(command, day))
    return opened


def test_an_accepted_application_opens_a_case_with_its_limits() -> None:
    """The case carries the household and the limits of the law on (57号 Art 15; 83号 四(一))."""
    taking((), OPEN).then(
        CaseOpened(
            case=CASE,
            household="hh-1",
            programme="SUBSISTENCE_ALLOWANCE",
            category="RURAL",
            township="411603101",
            village="某村",
            applicant="p-1",
            members=ACCEPTED.members,
            declared_income_fen=60_000,
            declared_property_fen=0,
            accepted_on=date(2024, 3, 1),
            relative_registered=False,
            organ="TOWNSHIP",
            elsewhere=(),
            survey_start_by=date(2024, 3, 6),
            decide_by=date(2024, 3, 29),
            rules={
                "procedure.allowance": "national/2021-07-01",
                "devolution.devolved": "huaiyang/2021-02-01",
                "limit.survey_start_working_days": "national/2021-07-01",
                "limit.decide_devolved_working_days": "national/2022-10-20",
            },
            calendar=WorkCalendar().version,
            personal=SEALED,
        )
    )


@pytest.mark.parametrize(
    ("name", "accepted", "expected"),
    [
        ("G29", "2022-01-17", "2022-03-03"),
        ("G31", "2023-01-09", "2023-02-09"),
        ("G32", "2024-02-01", "2024-03-05"),
        ("G33", "2025-09-15", "2025-10-17"),
    ],
)
def test_the_decision_falls_within_the_working_days_of_its_time(
    name: str, accepted: str, expected: str
) -> None:
    """30 working days (57号 Art 22), for acceptance from 2022-10-20 on 20 (83号 四(一))."""
    assert expected == str(accepted_on(accepted).decide_by), name


def test_the_shorter_limit_holds_from_its_first_day() -> None:
    """83号 counts for what was accepted on 2022-10-20, not for the day before."""
    before, after = accepted_on("2022-10-19"), accepted_on("2022-10-20")

    assert (date(2022, 11, 30), date(2022, 11, 17)) == (before.decide_by, after.decide_by)


def test_the_survey_starts_within_three_working_days() -> None:
    """G35: accepted on a Friday before New Year (57号 Art 15)."""
    assert date(2024, 1, 4) == accepted_on("2023-12-29").survey_start_by


def test_a_limit_is_left_open_while_its_calendar_is_not_announced() -> None:
    """The case opens all the same: what can't be counted yet is None."""
    opened = accepted_on("2026-12-31")

    assert (None, None) == (opened.survey_start_by, opened.decide_by)


def test_a_case_under_the_old_procedure_opens_with_its_limits_open() -> None:
    """220号 counts the decision from the second notice, and names no day to start the survey."""
    opened = accepted_on("2021-06-30")
    rules = {
        "procedure.allowance": "national/2012-12-12",
        "devolution.devolved": "huaiyang/2021-02-01",
    }

    assert (None, None, rules) == (opened.survey_start_by, opened.decide_by, opened.rules)


def test_a_township_that_does_not_decide_yet_has_the_longer_limit(tmp_path: Path) -> None:
    """30 working days where nothing was devolved (83号 四(一)), for one township alone."""
    site = tmp_path / "site.yaml"
    site.write_text(NOT_DEVOLVED, "utf-8")
    command, surroundings = OPEN
    [opened] = the_facts(
        Given(()).when(DECIDER, command, replace(surroundings, policy=load_policy(site)))
    )

    assert isinstance(opened, CaseOpened)
    assert date(2024, 4, 15) == opened.decide_by
    assert "site/2024-01-01/411603101" == opened.rules["devolution.devolved"]


def test_a_case_from_before_the_rules_has_no_limits() -> None:
    """Nothing is made up for days that no pack speaks of."""
    opened = accepted_on("2012-12-11")

    assert (None, None, {}) == (opened.survey_start_by, opened.decide_by, opened.rules)


def test_a_case_opens_once() -> None:
    """Hearing of the acceptance again adds nothing, whatever has happened since."""
    taking((OPEN,), OPEN).then()
    taking((OPEN, WITHDRAW), OPEN).then()
    taking((*READY, CONFIRMED), OPEN).then()


def test_a_withdrawal_closes_an_open_case() -> None:
    """The household doesn't want it any more."""
    taking((OPEN,), WITHDRAW).then(CaseClosed(CASE, "WITHDRAWN", date(2024, 3, 20), late=False))


def test_a_withdrawal_before_acceptance_concerns_no_case() -> None:
    """What was never accepted was never opened here."""
    taking((), WITHDRAW).then()


def test_a_withdrawal_closes_once() -> None:
    """Hearing of it again adds nothing."""
    taking((OPEN, WITHDRAW), WITHDRAW).then()


@pytest.mark.parametrize(
    "decided",
    [(*READY, CONFIRMED), (*TOO_RICH, DECLINED), (*READY, CONFIRMED, TERMINATED)],
    ids=["confirmed", "declined", "terminated"],
)
def test_a_late_withdrawal_is_noted_and_the_decision_stands(decided: tuple[Step, ...]) -> None:
    """The decision was faster: the withdrawal is on record, once, and changes nothing."""
    taking(decided, WITHDRAW).then(CaseClosed(CASE, "WITHDRAWN", date(2024, 3, 20), late=True))
    taking((*decided, WITHDRAW), WITHDRAW).then()


def test_what_was_confirmed_can_be_stopped_after_a_late_withdrawal() -> None:
    """The late withdrawal left the confirmation as it was, and the stop remembers it."""
    stop = act(c.TerminateAllowance(CASE, "OWN_WISH"), "2024-03-21", "h-1")
    past = (*READY, CONFIRMED, WITHDRAW)

    assert "2024-04" == fact_of(past, stop).stops_from
    taking((*past, stop), WITHDRAW).then()


def test_nothing_goes_on_in_a_closed_case() -> None:
    """Every step of the review is refused after the withdrawal."""
    for step in (POSTED, NOTICE_CLOSED, CONFIRMED):
        outcome = taking((OPEN, WITHDRAW), step)
        assert outcome.refusal is not None
        assert "CASE_CLOSED" == outcome.refusal.code
