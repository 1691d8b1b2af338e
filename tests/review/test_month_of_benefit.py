"""The month of the benefit picks the standard: an opinion of an earlier month may be over."""

from dataclasses import replace
from datetime import date

from services.review import commands as c
from services.review.refusals import OpinionOutdated
from tests.review.samples import ACCEPTED, CASE, Step, act, answers, fact_of, taking, visit


def confirming(day: str) -> Step:
    """A confirmation by the head."""
    return act(c.ConfirmEligibility(CASE), day, "h-1")


def of_november(income_fen: int, *later: Step) -> tuple[Step, ...]:
    """Accepted in November 2023; the opinion is by the standard of December, 440 yuan."""
    november = replace(ACCEPTED, accepted_on=date(2023, 11, 20), monthly_income_fen=income_fen)
    return (
        act(c.OpenCase(november), "2023-11-20", "SYSTEM/review"),
        visit("2023-11-21", monthly_income_fen=income_fen),
        act(c.RequestVerification(CASE), "2023-11-21"),
        act(c.ReportVerification(CASE, income_fen, 0, answers()), "2023-11-22", "b-1"),
        *later,
    )


def noticed(income_fen: int, given: str, posted: str, closed: str) -> tuple[Step, ...]:
    """An opinion and its notice."""
    return (
        act(c.GivePreliminaryOpinion(CASE, income_fen), given),
        act(c.PostPublicNotice(CASE, "村委会公示栏"), posted),
        act(c.ClosePublicNotice(CASE), closed),
    )


def test_what_is_paid_from_a_month_goes_by_its_standard() -> None:
    """649号 Art 12: decided in December it is paid from January, by 455 yuan and not by 440."""
    old = noticed(60_000, "2023-11-23", "2023-11-24", "2023-12-04")
    new = noticed(60_000, "2023-12-05", "2023-12-05", "2023-12-13")
    decided = confirming("2023-12-14")

    taking(of_november(60_000, *old), confirming("2023-12-05")).then_refused(OpinionOutdated)
    fact = fact_of(of_november(60_000, *old, *new), decided)
    assert (76_500, "2024-01") == (fact.allowance_fen, fact.from_month)
    assert "huaiyang/2024-01-01" == fact.rules["standard.rural_month_fen"]


def test_nobody_is_declined_by_a_standard_that_is_over() -> None:
    """440 yuan a head are not lower than 440, but they are lower than January's 455."""
    told = act(c.GivePreliminaryOpinion(CASE, 132_000), "2023-11-23")
    decline = c.DeclineEligibility(CASE, ("INCOME_NOT_BELOW_STANDARD",))
    past = of_november(132_000, told)

    assert "INCOME_NOT_BELOW_STANDARD" in fact_of(past, act(decline, "2023-11-24", "h-1")).reasons
    taking(past, act(decline, "2023-12-01", "h-1")).then_refused(OpinionOutdated)


def test_an_opinion_stands_over_the_month_where_the_rules_say_the_same() -> None:
    """Given in February, confirmed in March: April is paid as March would have been."""
    past = (
        act(
            c.OpenCase(replace(ACCEPTED, accepted_on=date(2024, 2, 19))),
            "2024-02-19",
            "SYSTEM/review",
        ),
        visit("2024-02-20"),
        act(c.RequestVerification(CASE), "2024-02-20"),
        act(c.ReportVerification(CASE, 60_000, 0, answers()), "2024-02-21", "b-1"),
        *noticed(60_000, "2024-02-22", "2024-02-22", "2024-03-01"),
    )
    fact = fact_of(past, confirming("2024-03-04"))

    assert (76_500, "2024-04") == (fact.allowance_fen, fact.from_month)
