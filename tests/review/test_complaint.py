"""Complaints and real-name reports: verified one by one, and the bureau visits first."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from services.review.domain.state import Confirmed, Terminated
from services.review.refusals import (
    BureauVisitDue,
    ComplaintAlreadyAnswered,
    ComplaintOpen,
    InvestigatorAnswers,
    NoEligibleOpinion,
    NoSuchCase,
    NoSuchComplaint,
    ReinvestigationDue,
    ReporterNotTold,
    ReporterUnnamed,
    ToldDayWrong,
)
from shared.facts.review import Complainant, ComplaintAnswered, ComplaintReceived
from tests.review.samples import (
    CASE,
    COMPLAINED,
    COMPLAINT_ANSWERED,
    CONFIRMED,
    DECLINED,
    NOTICE_CLOSED,
    OPEN,
    OPINION,
    READY,
    TOO_RICH,
    UP,
    Step,
    act,
    bureau_visit,
    fact_of,
    road,
    taking,
    visit,
)

COMPLAINED_OF = (*UP, COMPLAINED, NOTICE_CLOSED)
VISITED = (*COMPLAINED_OF, bureau_visit("2024-03-15"))
ANSWER = c.AnswerComplaint(CASE, 1, "REGISTERS", upheld=False)
NAMED = act(c.ReceiveComplaint(CASE, True, "反映有车", "乙某", "13800000000"), "2024-03-08", "o-2")
STOPPED = act(c.TerminateAllowance(CASE, "OWN_WISH"), "2024-03-19", "h-1")


def answering(day: str = "2024-03-15", by: str = "o-9", **changes: object) -> Step:
    """An answer of that day by somebody who had no hand in the case."""
    return act(replace(ANSWER, **changes), day, by)  # type: ignore[arg-type]


def test_a_complaint_is_taken_down_and_numbered() -> None:
    """Who complains, and what they say, is sealed (57号 Art 36)."""
    taking(UP, NAMED).then(
        ComplaintReceived(
            case=CASE,
            complaint=1,
            received_by=("o-2",),
            received_on=date(2024, 3, 8),
            real_name=True,
            late=False,
            personal=Complainant("乙某", "13800000000", "反映有车"),
        )
    )


def test_the_bureau_takes_complaints_as_the_township_does() -> None:
    """57号 Art 36: both of them; one numbering."""
    at_bureau = act(c.ReceiveComplaintByBureau(CASE, False, "反映有车"), "2024-03-09", "b-2")
    assert 2 == fact_of((*UP, COMPLAINED), at_bureau).complaint


def test_a_real_name_report_has_a_name() -> None:
    """Else nobody could be told what came of it (57号 Art 37)."""
    nameless = act(c.ReceiveComplaint(CASE, True, "反映有车"), "2024-03-08")
    taking(UP, nameless).then_refused(ReporterUnnamed)


def test_nobody_complains_of_a_case_that_never_was() -> None:
    """The number is wrong; an answer finds nothing either."""
    taking((), COMPLAINED).then_refused(NoSuchCase)
    taking((), answering()).then_refused(NoSuchCase)


@pytest.mark.parametrize(
    ("past", "decision"), [(READY, CONFIRMED), (TOO_RICH, DECLINED)], ids=["for", "against"]
)
def test_no_decision_while_a_complaint_waits(past: tuple[Step, ...], decision: Step) -> None:
    """Neither way (57号 Art 20, 37)."""
    taking((*past, COMPLAINED), decision).then_refused(ComplaintOpen)


def test_a_case_complained_of_is_decided_after_visit_and_answer() -> None:
    """57号 Art 20: the bureau was there; the complaint verified; then the head decides."""
    taking((*COMPLAINED_OF, answering()), CONFIRMED).then_refused(BureauVisitDue)
    past = (*VISITED, answering())
    rules = fact_of(past, CONFIRMED).rules
    assert "national/2021-07-01" == rules["spot_check.filed_relative_per_mille"]


def test_a_visit_before_the_complaint_does_not_look_into_it() -> None:
    """The bureau goes again."""
    past = (*UP, bureau_visit("2024-03-08"), COMPLAINED, NOTICE_CLOSED, answering())
    taking(past, CONFIRMED).then_refused(BureauVisitDue)


def test_an_answer_says_how_it_was_verified() -> None:
    """And when whoever reported was told (57号 Art 37)."""
    told = date(2024, 3, 14)
    taking((*UP, NAMED), answering(told_reporter_on=told)).then(
        ComplaintAnswered(
            case=CASE,
            complaint=1,
            answered_by=("o-9",),
            answered_on=date(2024, 3, 15),
            way="REGISTERS",
            upheld=False,
            told_reporter_on=told,
        )
    )


def test_who_reports_by_name_is_told() -> None:
    """57号 Art 37: 及时向举报人反馈; who gave no name needn't be."""
    taking((*UP, NAMED), answering()).then_refused(ReporterNotTold)
    assert fact_of((*UP, COMPLAINED), answering()).told_reporter_on is None


@pytest.mark.parametrize("day", ["2024-03-07", "2024-03-16"])
def test_the_reporter_is_told_between_complaint_and_answer(day: str) -> None:
    """Neither before the report nor on a day to come."""
    step = answering(told_reporter_on=date.fromisoformat(day))
    taking((*UP, NAMED), step).then_refused(ToldDayWrong)


def test_a_complaint_is_answered_once_and_by_its_number() -> None:
    """The answer stands."""
    taking((*UP, COMPLAINED, answering()), answering()).then_refused(ComplaintAlreadyAnswered)
    taking((*UP, COMPLAINED), answering(complaint=2)).then_refused(NoSuchComplaint)


@pytest.mark.parametrize(("officer", "acting_for"), [("o-1", None), ("o-9", "o-2")])
def test_who_investigated_does_not_verify_the_complaint(
    officer: str, acting_for: str | None
) -> None:
    """Not in their own name and not through a stand-in."""
    step = act(ANSWER, "2024-03-15", officer, acting_for)
    taking((*UP, COMPLAINED), step).then_refused(InvestigatorAnswers)


def test_who_verified_a_complaint_does_not_decide() -> None:
    """Duties stay apart over the whole chain."""
    past = (*VISITED, answering(by="h-1"))
    outcome = taking(past, CONFIRMED)
    assert "INVESTIGATOR_CONFIRMS" == getattr(outcome.refusal, "code", None)


def test_an_answer_by_the_bureaus_visit_needs_that_visit() -> None:
    """It is not claimed beforehand."""
    taking(COMPLAINED_OF, COMPLAINT_ANSWERED).then_refused(BureauVisitDue)
    seen = (*UP, COMPLAINED, bureau_visit("2024-03-11"))
    assert "BUREAU_VISIT" == fact_of(seen, COMPLAINT_ANSWERED).way


def test_a_complaint_that_is_upheld_sends_the_case_back() -> None:
    """Opinion and notice count no longer; a new visit comes before a new opinion."""
    upheld = (*VISITED, answering(upheld=True))
    taking(upheld, CONFIRMED).then_refused(NoEligibleOpinion)
    again = act(c.GivePreliminaryOpinion(CASE, 60_000), "2024-03-18")
    taking(upheld, again).then_refused(ReinvestigationDue)
    assert fact_of((*upheld, visit("2024-03-15")), again).eligible


@pytest.mark.parametrize(
    "ending",
    [(*READY, CONFIRMED), (*READY, CONFIRMED, STOPPED), (*TOO_RICH, DECLINED),
     (OPEN, act(c.CloseCase(CASE, "WITHDRAWN"), "2024-03-05", "SYSTEM/review"))],
    ids=["confirmed", "terminated", "declined", "closed"],
)  # fmt: skip
def test_a_complaint_of_a_case_that_ended_is_recorded_and_answered(
    ending: tuple[Step, ...],
) -> None:
    """57号 Art 36, 37: it changes nothing else; whoever investigated may look it up."""
    late = act(c.ReceiveComplaint(CASE, False, "反映瞒报收入"), "2024-03-20", "o-1")
    answer = answering("2024-03-21", "o-1")
    before = DECIDER.fold(road(*ending).facts)
    after = DECIDER.fold(road(*ending, late, answer).facts)

    assert fact_of(ending, late).late
    assert type(before) is type(after)
    if isinstance(before, Confirmed | Terminated):
        assert isinstance(after, Confirmed | Terminated)
        assert before.after == after.after
    taking((*ending, late, answer), answer).then_refused(ComplaintAlreadyAnswered)


def test_complaints_are_numbered_on_after_the_decision() -> None:
    """Those from before count."""
    past = (*VISITED, answering(), CONFIRMED)
    late = act(c.ReceiveComplaint(CASE, False, "反映瞒报收入"), "2024-03-20", "o-1")
    assert 2 == fact_of(past, late).complaint


def test_the_opinion_may_be_given_while_a_complaint_waits() -> None:
    """It holds up the decision alone."""
    assert fact_of((*UP[:4], COMPLAINED), OPINION).eligible
