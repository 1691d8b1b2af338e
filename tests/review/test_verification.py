"""Information verification: on request, one report for each."""

from datetime import date

from services.review import commands as c
from services.review.refusals import (
    NotVerified,
    VerificationAlreadyReported,
    VerificationNotRequested,
    VerificationPending,
)
from shared.facts.review import VerificationReported, VerificationRequested
from tests.review.samples import (
    ASKED,
    CASE,
    OPEN,
    OPINION,
    REPORTED,
    SURVEYED,
    act,
    fact_of,
    taking,
)


def test_the_bureau_is_asked_and_has_three_working_days_to_start() -> None:
    """57号 Art 17."""
    taking((OPEN,), ASKED).then(
        VerificationRequested(CASE, ("o-1",), date(2024, 3, 4), date(2024, 3, 7))
    )


def test_the_start_is_left_open_while_its_calendar_is_not_announced() -> None:
    """A case doesn't wait for the State Council's notice."""
    assert fact_of((OPEN,), act(c.RequestVerification(CASE), "2026-12-31")).start_by is None


def test_the_bureau_is_not_asked_again_before_it_has_answered() -> None:
    """One request at a time."""
    taking((OPEN, ASKED), ASKED).then_refused(VerificationPending)


def test_a_report_says_what_the_registers_hold() -> None:
    """Codes of what differs, each once."""
    report = c.ReportVerification(CASE, 70_000, 500, ("VEHICLE_OR_VESSEL", "INCOME", "INCOME"))
    taking((OPEN, ASKED), act(report, "2024-03-05", "b-1")).then(
        VerificationReported(
            CASE, ("b-1",), date(2024, 3, 5), 70_000, 500, ("VEHICLE_OR_VESSEL", "INCOME")
        )
    )


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
