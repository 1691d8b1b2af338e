"""Information verification: on request, one report for each."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.domain.verification import REGISTERS
from services.review.refusals import (
    AmountWithoutRecord,
    NotVerified,
    OpinionAboveFindings,
    RegistersUnanswered,
    UnknownRegister,
    VerificationAlreadyReported,
    VerificationNotRequested,
    VerificationPending,
)
from shared.facts.review import (
    RegisterAnswer,
    VerificationAbsent,
    VerificationReported,
    VerificationRequested,
)
from tests.review.samples import (
    ASKED,
    CASE,
    INCOME_FEN,
    OPEN,
    OPINION,
    REPORTED,
    SURVEYED,
    VISITED,
    act,
    answers,
    fact_of,
    taking,
)


def test_the_bureau_is_asked_and_has_three_working_days_to_start() -> None:
    """57号 Art 17."""
    taking((OPEN,), ASKED).then(
        VerificationRequested(CASE, ("o-1",), date(2024, 3, 4), date(2024, 3, 7), REGISTERS)
    )


def test_the_start_is_left_open_while_its_calendar_is_not_announced() -> None:
    """A case doesn't wait for the State Council's notice."""
    assert fact_of((OPEN,), act(c.RequestVerification(CASE), "2026-12-31")).start_by is None


def test_the_bureau_is_not_asked_again_before_it_has_answered() -> None:
    """One request at a time."""
    taking((OPEN, ASKED), ASKED).then_refused(VerificationPending)


def test_a_report_says_what_each_register_holds() -> None:
    """What differs follows from it: the sums above the declared ones, then the registers."""
    items = answers("VEHICLE_OR_VESSEL", "TAX")
    report = c.ReportVerification(CASE, 70_000, 500, items)
    differing = ("INCOME", "PROPERTY", "TAX", "VEHICLE_OR_VESSEL")
    taking((OPEN, ASKED), act(report, "2024-03-05", "b-1")).then(
        VerificationReported(CASE, ("b-1",), date(2024, 3, 5), 70_000, 500, differing, items)
    )


def test_registers_that_hold_less_than_declared_differ_in_nothing() -> None:
    """What a household declares of itself is no reproach."""
    report = c.ReportVerification(CASE, 0, 0, answers())
    assert () == fact_of((OPEN, ASKED), act(report, "2024-03-05", "b-1")).mismatches


@pytest.mark.parametrize(
    "items",
    [(), answers()[1:], (*answers(), answers()[0]), (*answers()[1:], answers()[1])],
    ids=["none", "one is missing", "one twice", "one for another"],
)
def test_each_register_that_was_asked_answers_exactly_once(
    items: tuple[RegisterAnswer, ...],
) -> None:
    """57号 Art 17: none is passed over in silence."""
    report = c.ReportVerification(CASE, INCOME_FEN, 0, items)
    taking((OPEN, ASKED), act(report, "2024-03-05", "b-1")).then_refused(RegistersUnanswered)


@pytest.mark.parametrize("result", ["NO_RECORD", "UNAVAILABLE"])
def test_a_register_without_a_record_names_no_amount(result: str) -> None:
    """Nothing was found there."""
    items = (replace(answers()[0], result=result, found_fen=1), *answers()[1:])
    report = c.ReportVerification(CASE, INCOME_FEN, 0, items)
    taking((OPEN, ASKED), act(report, "2024-03-05", "b-1")).then_refused(AmountWithoutRecord)


def test_the_township_may_name_the_registers() -> None:
    """Those and no others are answered then."""
    asked = act(c.RequestVerification(CASE, ("TAX", "TAX")), "2024-03-04")
    only = (RegisterAnswer("TAX", "CONSISTENT"),)
    report = c.ReportVerification(CASE, INCOME_FEN, 0, only)

    assert ("TAX",) == fact_of((OPEN,), asked).registers
    assert only == fact_of((OPEN, asked), act(report, "2024-03-05", "b-1")).items
    taking((OPEN, asked), REPORTED).then_refused(RegistersUnanswered)


def test_the_rules_of_acceptance_say_which_registers_there_are() -> None:
    """220号 Art 19 knows neither commercial insurance nor finance over the internet."""
    opening, surroundings = OPEN
    old = c.OpenCase(replace(opening.accepted, accepted_on=date(2021, 3, 1)))
    past = ((old, surroundings),)
    modern = act(c.RequestVerification(CASE, ("INTERNET_FINANCE",)), "2021-03-02")

    left_out = {"COMMERCIAL_INSURANCE", "INTERNET_FINANCE"}
    plain = act(c.RequestVerification(CASE), "2021-03-02")
    assert left_out == set(REGISTERS) - set(fact_of(past, plain).registers)
    taking(past, modern).then_refused(UnknownRegister)


def test_nothing_is_reported_without_a_request() -> None:
    """The bureau verifies because the township asked."""
    taking((OPEN,), REPORTED).then_refused(VerificationNotRequested)


def test_one_report_answers_one_request() -> None:
    """A second report needs a second request."""
    taking((OPEN, ASKED, REPORTED), REPORTED).then_refused(VerificationAlreadyReported)


def test_a_disputed_report_can_be_followed_by_another_request() -> None:
    """57号 Art 18: the township has it looked at again, and the opinion waits for that."""
    again = (*SURVEYED, ASKED)
    taking(again, OPINION).then_refused(NotVerified)
    assert taking((*again, REPORTED), OPINION).refusal is None


ABSENT = act(c.RecordVerificationAbsence(CASE, "PLATFORM_DOWN"), "2024-03-05", "b-1")


def test_where_the_bureau_cannot_verify_it_says_why() -> None:
    """The case goes on by what the visit found, and by nothing else."""
    past = (OPEN, VISITED, ASKED, ABSENT)
    taking((OPEN, ASKED), ABSENT).then(
        VerificationAbsent(CASE, ("b-1",), date(2024, 3, 5), "PLATFORM_DOWN")
    )
    assert taking(past, OPINION).refusal is None
    more = act(c.GivePreliminaryOpinion(CASE, INCOME_FEN + 1), "2024-03-06")
    taking(past, more).then_refused(OpinionAboveFindings)


def test_an_absence_answers_a_request_and_is_no_report() -> None:
    """Asked again, the bureau can report after all."""
    taking((OPEN,), ABSENT).then_refused(VerificationNotRequested)
    taking((OPEN, ASKED, ABSENT), REPORTED).then_refused(VerificationAlreadyReported)
    assert taking((OPEN, ASKED, ABSENT, ASKED), REPORTED).refusal is None
