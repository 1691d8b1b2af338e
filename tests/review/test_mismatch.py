"""What differs is told before it is held against anybody; who disputes it is checked again."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.refusals import (
    EvidenceTwice,
    MismatchAlreadyTold,
    MismatchNotTold,
    NoEligibleOpinion,
    NoMismatch,
    NotVerified,
    RecheckIncomplete,
    RecheckPending,
    TellDayWrong,
    TellInWriting,
)
from shared.facts.evidence import EvidenceFile, Said
from shared.facts.review import MismatchTold, VerificationDisputed
from tests.review.samples import (
    ASKED,
    CASE,
    CONFIRMED,
    DIFFERING,
    INCOME_FEN,
    NOTICE_CLOSED,
    OPEN,
    OPINION,
    POSTED,
    REPORTED,
    SURVEYED,
    VISITED,
    act,
    answers,
    fact_of,
    taking,
)

RICH_FEN = 200_000
FOUND = (OPEN, VISITED, ASKED, DIFFERING)
AGAINST = act(c.GivePreliminaryOpinion(CASE, RICH_FEN), "2024-03-06")
TELL = c.TellMismatch(CASE, "APPLICANT", "IN_PERSON", date(2024, 3, 5))
TOLD = act(TELL, "2024-03-05")
PAPER = EvidenceFile("PAPER", "0a" * 32, 1_000, date(2024, 3, 5))
DISPUTED = act(c.DisputeVerification(CASE, (PAPER,), "工资已停发"), "2024-03-06")
ASKED_AGAIN = act(c.RequestVerification(CASE), "2024-03-06")
REPORTED_AGAIN = act(c.ReportVerification(CASE, INCOME_FEN, 0, answers()), "2024-03-06", "b-1")


def test_no_opinion_against_a_household_that_was_not_told() -> None:
    """57号 Art 18: 应当及时告知申请人."""
    taking(FOUND, AGAINST).then_refused(MismatchNotTold)
    assert taking((*FOUND, TOLD), AGAINST).refusal is None


def test_an_opinion_for_the_household_needs_no_telling() -> None:
    """The visit's figure stands; the article speaks of those who don't qualify."""
    assert taking(FOUND, OPINION).refusal is None


def test_telling_is_recorded_with_whom_how_and_when() -> None:
    """Who told answers for it."""
    taking(FOUND, TOLD).then(
        MismatchTold(CASE, ("o-1",), date(2024, 3, 5), "APPLICANT", "IN_PERSON")
    )


def test_nothing_is_told_where_nothing_differs_and_nothing_twice() -> None:
    """One telling for each report."""
    taking(SURVEYED, TOLD).then_refused(NoMismatch)
    taking((OPEN, VISITED), TOLD).then_refused(NoMismatch)
    taking((*FOUND, TOLD), TOLD).then_refused(MismatchAlreadyTold)


@pytest.mark.parametrize("day", ["2024-03-04", "2024-03-06"])
def test_it_is_told_between_the_report_and_today(day: str) -> None:
    """Neither before it was known nor ahead."""
    wrong = replace(TELL, told_on=date.fromisoformat(day))
    taking(FOUND, act(wrong, "2024-03-05")).then_refused(TellDayWrong)


def test_under_the_trial_measures_it_is_told_in_writing() -> None:
    """220号 Art 20: 书面通知申请人并说明理由."""
    opening, surroundings = OPEN
    old = c.OpenCase(replace(opening.accepted, accepted_on=date(2021, 3, 1)))
    asked = act(c.RequestVerification(CASE, ("TAX",)), "2024-03-04")
    report = c.ReportVerification(CASE, RICH_FEN, 0, answers("TAX")[1:2])
    past = ((old, surroundings), asked, act(report, "2024-03-05", "b-1"))

    taking(past, TOLD).then_refused(TellInWriting)
    assert taking(past, act(replace(TELL, way="WRITTEN"), "2024-03-05")).refusal is None


def test_a_dispute_brings_evidence_and_is_recorded() -> None:
    """57号 Art 18: 应当提供相关佐证材料; the words are sealed."""
    taking((*FOUND, TOLD), DISPUTED).then(
        VerificationDisputed(CASE, ("o-1",), date(2024, 3, 6), (PAPER,), Said("工资已停发"))
    )
    twice = act(c.DisputeVerification(CASE, (PAPER, PAPER), "工资已停发"), "2024-03-06")
    taking((*FOUND, TOLD), twice).then_refused(EvidenceTwice)


def test_only_what_was_told_is_disputed_and_once() -> None:
    """Each report has one dispute."""
    taking(FOUND, DISPUTED).then_refused(MismatchNotTold)
    taking(SURVEYED, DISPUTED).then_refused(NoMismatch)
    taking((*FOUND, TOLD, DISPUTED), DISPUTED).then_refused(RecheckPending)


def test_after_a_dispute_the_registers_are_asked_again_before_any_opinion() -> None:
    """57号 Art 18: 应当组织开展复查; to have asked isn't enough, nor that nobody could answer."""
    past = (*FOUND, TOLD, DISPUTED)
    absent = act(c.RecordVerificationAbsence(CASE, "PLATFORM_DOWN"), "2024-03-06", "b-1")
    for waiting in (past, (*past, ASKED_AGAIN), (*past, ASKED_AGAIN, absent)):
        for opinion in (OPINION, AGAINST):
            taking(waiting, opinion).then_refused(RecheckPending)
    assert taking((*past, ASKED_AGAIN, REPORTED_AGAIN), OPINION).refusal is None


def test_what_stood_on_a_disputed_report_falls() -> None:
    """Neither the opinion nor the notice that was up carries a confirmation."""
    past = (*FOUND, OPINION, TOLD, act(POSTED[0], "2024-03-06"), DISPUTED)
    taking((*past, ASKED_AGAIN, REPORTED_AGAIN), CONFIRMED).then_refused(NoEligibleOpinion)
    assert fact_of((*past, ASKED_AGAIN, REPORTED_AGAIN), OPINION).notice_continues is False
    assert taking((*past, ASKED_AGAIN, REPORTED_AGAIN, OPINION), NOTICE_CLOSED).refusal is not None


def test_a_re_check_asks_all_registers_that_differed() -> None:
    """Nobody loses a finding by asking others."""
    elsewhere = act(c.RequestVerification(CASE, ("TAX",)), "2024-03-06")
    both = act(c.RequestVerification(CASE, ("TAX", "SOCIAL_INSURANCE")), "2024-03-06")
    taking((*FOUND, TOLD, DISPUTED), elsewhere).then_refused(RecheckIncomplete)
    taking(FOUND, elsewhere).then_refused(RecheckIncomplete)
    assert taking(FOUND, both).refusal is None


def test_a_report_is_not_made_undone_by_asking_again_in_vain() -> None:
    """An absence after a report leaves what the report found, and that it must be told."""
    absent = act(c.RecordVerificationAbsence(CASE, "NO_ACCESS"), "2024-03-06", "b-1")
    past = (*FOUND, ASKED_AGAIN, absent)
    taking((*FOUND, ASKED_AGAIN), AGAINST).then_refused(NotVerified)
    taking(past, AGAINST).then_refused(MismatchNotTold)
    assert taking((*past, TOLD), AGAINST).refusal is None


def test_a_new_report_that_differs_is_told_anew() -> None:
    """What was told of the first says nothing of the second."""
    again = act(DIFFERING[0], "2024-03-06", "b-1")
    taking((*FOUND, TOLD, ASKED_AGAIN, again), AGAINST).then_refused(MismatchNotTold)
    assert taking((*FOUND, TOLD, ASKED_AGAIN, REPORTED), OPINION).refusal is None
