"""The preliminary opinion: from findings, by the standard of the month that would be paid."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.refusals import (
    NotVerified,
    NotVisited,
    ObjectionOpen,
    OpinionAboveFindings,
    OpinionBelowFindings,
)
from tests.review.samples import (
    ACCEPTED,
    ASKED,
    CASE,
    OBJECTED,
    OPEN,
    OPINION,
    READY,
    REPORTED,
    SURVEYED,
    TOO_RICH,
    UP,
    VISITED,
    Step,
    act,
    answers,
    fact_of,
    taking,
    visit,
)

RULES = {
    "standard.rural_month_fen": "huaiyang/2024-01-01",
    "allowance.rounding": "national/2012-12-12",
    "allowance.minimum_month_fen": "national/2012-12-12",
    "payment.first_month_offset": "national/2021-07-01",
    "notice.again_after_objection": "national/2021-07-01",
    "income.equal_passes": "assessment/2014-05-01",
    "household.minor_child": "assessment/2021-07-01",
}


def opinion(income_fen: int, day: str = "2024-03-06") -> Step:
    """An opinion that counts this much income."""
    return act(c.GivePreliminaryOpinion(CASE, income_fen), day)


def findings(visit_fen: int, registers_fen: int) -> tuple[Step, ...]:
    """A survey that found these incomes."""
    report = act(c.ReportVerification(CASE, registers_fen, 0, answers()), "2024-03-05", "b-1")
    return OPEN, visit("2024-03-04", monthly_income_fen=visit_fen), ASKED, report


def surveyed_at(category: str, members: int, income_fen: int, month: str) -> tuple[Step, ...]:
    """A survey in this month of a household of this kind."""
    first = f"{month}-01"
    accepted = replace(
        ACCEPTED,
        category=category,
        members=ACCEPTED.members[:members],
        accepted_on=date.fromisoformat(first),
        monthly_income_fen=income_fen,
    )
    visited = visit(first, monthly_income_fen=income_fen, members_count=members)
    report = act(c.ReportVerification(CASE, income_fen, 0, answers()), first, "b-1")
    opened = act(c.OpenCase(accepted), first, "SYSTEM/review")
    return opened, visited, act(c.RequestVerification(CASE), first), report


def test_an_opinion_carries_the_arithmetic_and_the_rules_behind_it() -> None:
    """455 yuan for each of three, less 600, is 765 (649号 Art 12)."""
    given = fact_of(SURVEYED, OPINION)

    assert (True, 3, 45_500, 76_500) == (
        given.eligible, given.members_count, given.standard_fen, given.allowance_fen
    )  # fmt: skip
    assert (60_000, 60_000, 0) == (
        given.found_income_fen, given.monthly_income_fen, given.uplift_fen
    )  # fmt: skip
    assert ((), False, ("o-1",)) == (given.reasons, given.notice_continues, given.given_by)
    steps = {step.code: (step.article, step.fen) for step in given.steps}
    assert 76_500 == steps["DIFFERENCE"][1]
    assert 20_000 == steps["INCOME_PER_HEAD"][1]
    assert all(article for article, _ in steps.values())
    assert RULES.items() <= given.rules.items()


def test_income_at_the_standard_is_not_below_it() -> None:
    """Equal fails (649号 Art 9), and the reason is named."""
    given = fact_of(TOO_RICH[:-1], TOO_RICH[-1])

    assert (False, 0) == (given.eligible, given.allowance_fen)
    assert ("INCOME_NOT_BELOW_STANDARD",) == given.reasons


@pytest.mark.parametrize(
    ("name", "category", "members", "income_fen", "month", "expected"),
    [
        ("G01", "RURAL", 3, 132_000, "2023-03", (44_000, 0)),
        ("G02", "RURAL", 3, 125_997, "2022-03", (42_000, 3)),
        ("G03", "RURAL", 3, 60_000, "2023-03", (44_000, 72_000)),
        ("G05", "URBAN", 2, 0, "2021-10", (59_000, 118_000)),
    ],
)
def test_the_standard_is_that_of_category_and_month(
    name: str, category: str, members: int, income_fen: int, month: str, expected: tuple[int, int]
) -> None:
    """The regulation cases, through the dated policy of their years."""
    past = surveyed_at(category, members, income_fen, month)
    given = fact_of(past, opinion(income_fen, f"{month}-20"))

    assert expected == (given.standard_fen, given.allowance_fen), name


def test_the_month_of_the_benefit_picks_the_standard() -> None:
    """An opinion in December counts January's standard: 455 from 2024 on, 440 before."""
    past = surveyed_at("RURAL", 3, 0, "2023-11")
    november, december = (opinion(0, f"2023-{month}-30") for month in ("11", "12"))

    assert 44_000 == fact_of(past, november).standard_fen
    assert 45_500 == fact_of(past, december).standard_fen


def test_no_opinion_without_a_visit() -> None:
    """57号 Art 19: by what the survey found."""
    taking((OPEN, ASKED, REPORTED), OPINION).then_refused(NotVisited)


def test_no_opinion_without_a_verification_report() -> None:
    """Neither unasked nor unanswered."""
    taking((OPEN, VISITED), OPINION).then_refused(NotVerified)
    taking((OPEN, VISITED, ASKED), OPINION).then_refused(NotVerified)


@pytest.mark.parametrize("income_fen", [50_000, 55_000, 60_000])
def test_an_opinion_counts_one_of_the_findings_or_between(income_fen: int) -> None:
    """Whichever of the two was higher."""
    for found in ((50_000, 60_000), (60_000, 50_000)):
        assert income_fen == fact_of(findings(*found), opinion(income_fen)).monthly_income_fen


def test_an_opinion_counts_no_less_than_was_found() -> None:
    """Nobody is paid what no finding supports."""
    taking(findings(50_000, 60_000), opinion(49_999)).then_refused(OpinionBelowFindings)


def test_an_opinion_counts_no_more_than_was_found() -> None:
    """Nobody is denied without a finding."""
    taking(findings(60_000, 50_000), opinion(60_001)).then_refused(OpinionAboveFindings)


def test_no_opinion_while_an_objection_waits() -> None:
    """The new investigation comes first (57号 Art 19)."""
    taking((*UP, OBJECTED), opinion(60_000, "2024-03-08")).then_refused(ObjectionOpen)


@pytest.mark.parametrize("past", [UP, READY], ids=["running", "closed"])
def test_an_opinion_that_replaces_one_needs_a_notice_of_its_own(past: tuple[Step, ...]) -> None:
    """What hangs in the village shows something else now: it is put up anew."""
    again = opinion(60_000, "2024-03-18")
    posted = act(c.PostPublicNotice(CASE, "村委会公示栏"), "2024-03-18")

    assert not fact_of(past, again).notice_continues
    assert 2 == fact_of((*past, again), posted).notice
