"""Confirming and declining: the head decides what others investigated."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import commands as c
from services.review.domain.review import CASE as DECIDER
from services.review.refusals import (
    AlreadyDecided,
    InvestigatorConfirms,
    MismatchNotTold,
    NoEligibleOpinion,
    NoGroundToDecline,
    NoSuchCase,
    NoticeNotClosed,
    NoticeRunning,
    NotVerified,
    ObjectionOpen,
    OpinionAboveFindings,
    OpinionBelowFindings,
    PayeeUnknown,
    PropertySinceOpinion,
)
from shared.facts.review import Beneficiary, CaseOpened, EligibilityConfirmed, EligibilityDeclined
from shared.testing.decisions import Given
from tests.review.samples import (
    ACCEPTED,
    ASKED,
    CASE,
    CONFIRMED,
    DECLINED,
    INCOME_FEN,
    NOTICE_CLOSED,
    OBJECTED,
    OPEN,
    OPINION,
    PAYEE,
    POSTED,
    READY,
    REPORTED,
    REVISITED,
    SEALED,
    SURVEYED,
    TOO_RICH,
    UP,
    VISITED,
    Step,
    act,
    answers,
    fact_of,
    road,
    taking,
    visit,
)

CONFIRM = c.ConfirmEligibility(CASE)


def confirming(day: str = "2024-03-18", by: str = "h-1", acting_for: str | None = None) -> Step:
    """A confirmation."""
    return act(CONFIRM, day, by, acting_for)


def declining(*reasons: str, by: str = "h-1", acting_for: str | None = None) -> Step:
    """A decision not to confirm."""
    return act(c.DeclineEligibility(CASE, reasons), "2024-03-18", by, acting_for)


def test_a_head_confirms_what_the_notice_showed() -> None:
    """Amount, first month, account, legal form and the rules behind (57号 Art 21; PLAN)."""
    own = {
        "payment.first_month_offset": "national/2021-07-01",
        "devolution.legal_basis": "huaiyang/2021-02-01",
    }
    taking(READY, CONFIRMED).then(
        EligibilityConfirmed(
            case=CASE,
            household="hh-1",
            programme="SUBSISTENCE_ALLOWANCE",
            category="RURAL",
            confirmed_by=("h-1",),
            confirmed_on=date(2024, 3, 18),
            members_count=3,
            allowance_fen=76_500,
            from_month="2024-04",
            organ="TOWNSHIP",
            legal_form="AUTHORISED",
            rules=fact_of(SURVEYED, OPINION).rules | own,
            personal=Beneficiary("甲某", PAYEE),
        )
    )


@pytest.mark.parametrize(
    ("day", "expected"), [("2024-04-30", "2024-05"), ("2024-05-01", "2024-06")]
)
def test_payment_begins_in_the_month_after_the_decision(day: str, expected: str) -> None:
    """57号 Art 21 下月起, on a month's last day and on the first of the next."""
    assert expected == fact_of(READY, confirming(day)).from_month


@pytest.mark.parametrize(
    ("decided", "expected"), [("2024-01-31", "2024-02"), ("2024-02-01", "2024-03")]
)
def test_the_first_month_of_the_regulation_case(decided: str, expected: str) -> None:
    """G49: confirmed on 31 January is paid from February, a day later from March."""
    accepted = replace(ACCEPTED, accepted_on=date(2024, 1, 2))
    first, posted = "2024-01-02", act(c.PostPublicNotice(CASE, "公示栏"), "2024-01-02")
    past = (
        act(c.OpenCase(accepted), first, "SYSTEM/review"),
        visit(first),
        act(c.RequestVerification(CASE), first),
        act(c.ReportVerification(CASE, 60_000, 0, answers()), first, "b-1"),
        act(c.GivePreliminaryOpinion(CASE, 60_000), first),
        posted,
        act(c.ClosePublicNotice(CASE), "2024-01-10"),
    )

    assert expected == fact_of(past, confirming(decided)).from_month


def test_nothing_is_confirmed_while_the_notice_runs() -> None:
    """Up to its last day (57号 Art 19)."""
    taking(UP, confirming("2024-03-14")).then_refused(NoticeRunning)


def test_nothing_is_confirmed_before_the_notice_is_closed() -> None:
    """Its days are over, but nobody has looked whether somebody objected."""
    taking(UP, confirming("2024-03-15")).then_refused(NoticeNotClosed)


def test_nothing_is_confirmed_without_a_notice() -> None:
    """An opinion alone is not enough."""
    taking((*SURVEYED, OPINION), CONFIRMED).then_refused(NoticeNotClosed)


def test_nothing_is_confirmed_with_an_objection_open() -> None:
    """57号 Art 19."""
    taking((*UP, OBJECTED), CONFIRMED).then_refused(ObjectionOpen)


def test_nothing_is_decided_on_what_is_no_longer_found() -> None:
    """Visited and verified again with another result: a new opinion is due (57号 Art 19)."""
    day = "2024-03-15"
    asked = act(c.RequestVerification(CASE), day)
    richer = act(c.ReportVerification(CASE, 200_000, 0, answers()), day, "b-1")
    past = (*READY, visit(day, monthly_income_fen=200_000))
    assert taking(past, CONFIRMED).refusal is None
    taking((*past, asked), CONFIRMED).then_refused(NotVerified)
    taking((*past, asked, richer), CONFIRMED).then_refused(OpinionBelowFindings)

    poorer = visit("2024-03-06", monthly_income_fen=60_000)
    taking((*TOO_RICH, poorer), DECLINED).then_refused(OpinionAboveFindings)


ASKED_AGAIN = act(c.RequestVerification(CASE), "2024-03-16")
RICHER = act(
    c.ReportVerification(CASE, INCOME_FEN, 900_000_00, answers("BANK_DEPOSIT")), "2024-03-16", "b-1"
)
SAME = act(c.ReportVerification(CASE, INCOME_FEN, 0, answers()), "2024-03-16", "b-1")


@pytest.mark.parametrize("later", [(visit("2024-03-16", property_fen=1),), (ASKED_AGAIN, RICHER)])
def test_nothing_is_decided_before_property_found_since_is_judged(later: tuple[Step, ...]) -> None:
    """Whether it is above the limit only a new opinion says (57号 Art 13, 19)."""
    taking((*READY, *later), CONFIRMED).then_refused(PropertySinceOpinion)


@pytest.mark.parametrize("later", [(visit("2024-03-16"),), (ASKED_AGAIN, SAME)])
def test_an_opinion_stands_where_the_same_is_found_again(later: tuple[Step, ...]) -> None:
    """The notice that has run needn't run again."""
    assert 76_500 == fact_of((*READY, *later), CONFIRMED).allowance_fen


def test_nothing_is_held_against_a_household_that_was_not_told() -> None:
    """Also of a report that came after the opinion (57号 Art 18)."""
    asked = act(c.RequestVerification(CASE), "2024-03-06")
    report = c.ReportVerification(CASE, 200_000, 0, answers("SOCIAL_INSURANCE"))
    past = (*TOO_RICH, asked, act(report, "2024-03-06", "b-1"))
    told = act(c.TellMismatch(CASE, "APPLICANT", "WRITTEN", date(2024, 3, 6)), "2024-03-06")

    taking(past, DECLINED).then_refused(MismatchNotTold)
    assert taking((*past, told), DECLINED).refusal is None


@pytest.mark.parametrize("past", [(OPEN,), SURVEYED, TOO_RICH])
def test_nothing_is_confirmed_without_an_opinion_for_it(past: tuple[Step, ...]) -> None:
    """Neither unheard nor against the opinion."""
    taking(past, CONFIRMED).then_refused(NoEligibleOpinion)


@pytest.mark.parametrize(
    ("by", "acting_for"),
    [("o-1", None), ("o-2", None), ("b-1", None), ("o-1", "h-1"), ("h-1", "o-2"), ("h-2", "o-1")],
)
def test_who_investigated_does_not_confirm(by: str, acting_for: str | None) -> None:
    """Neither in their own name nor standing in for a head, nor a head standing in for them."""
    taking(READY, confirming(by=by, acting_for=acting_for)).then_refused(InvestigatorConfirms)


@pytest.mark.parametrize("place", [1, 3, 4, 5])
def test_who_was_stood_in_for_in_the_investigation_does_not_confirm(place: int) -> None:
    """h-1's stand-in visited, reported, gave the opinion or posted: h-1 answers for it."""
    steps = [OPEN, VISITED, ASKED, REPORTED, OPINION, POSTED, NOTICE_CLOSED]
    command, surroundings = steps[place]
    stand_in = replace(surroundings, actor=replace(surroundings.actor, acting_for="h-1"))
    steps[place] = command, stand_in

    taking(tuple(steps), confirming()).then_refused(InvestigatorConfirms)
    assert taking(tuple(steps), confirming(by="h-2")).refusal is None


def test_who_answered_an_objection_does_not_confirm() -> None:
    """The new investigation's people stay apart as well."""
    answered = act(c.AnswerObjection(CASE, 1, False), "2024-03-12", "h-2")
    past = (*UP, OBJECTED, REVISITED, answered)
    taking(past, confirming(by="h-2")).then_refused(InvestigatorConfirms)
    taking(past, confirming(by="o-3")).then_refused(InvestigatorConfirms)


def test_a_deputy_confirms_for_the_head() -> None:
    """Both answer for it."""
    confirmed = fact_of(READY, confirming(by="h-2", acting_for="h-1"))
    assert ("h-2", "h-1") == confirmed.confirmed_by


def test_nothing_is_confirmed_without_an_account() -> None:
    """Nobody knows where the money should go (57号 Art 25)."""
    sealed = replace(SEALED, payee=None)
    opened = act(c.OpenCase(replace(ACCEPTED, personal=sealed)), "2024-03-01", "SYSTEM/review")
    taking((opened, *READY[1:]), CONFIRMED).then_refused(PayeeUnknown)


def test_nothing_is_confirmed_of_a_household_that_was_erased() -> None:
    """Its key is gone: the account reads as nothing."""
    facts = road(*READY).facts
    erased = tuple(
        replace(fact, personal=None) if isinstance(fact, CaseOpened) else fact for fact in facts
    )
    command, surroundings = CONFIRMED
    Given(erased).when(DECIDER, command, surroundings).then_refused(PayeeUnknown)


@pytest.mark.parametrize("past", [(*READY, CONFIRMED), (*TOO_RICH, DECLINED)])
def test_a_case_is_decided_once(past: tuple[Step, ...]) -> None:
    """A decision stands."""
    taking(past, CONFIRMED).then_refused(AlreadyDecided)
    taking(past, declining("INCOME_NOT_BELOW_STANDARD")).then_refused(AlreadyDecided)


def test_nothing_is_decided_without_a_case() -> None:
    """Only what was accepted."""
    taking((), CONFIRMED).then_refused(NoSuchCase)
    taking((), DECLINED).then_refused(NoSuchCase)


def test_a_head_declines_with_the_opinions_reasons() -> None:
    """To be told in writing within three working days (57号 Art 21)."""
    taking(TOO_RICH, DECLINED).then(
        EligibilityDeclined(
            case=CASE,
            declined_by=("h-1",),
            declined_on=date(2024, 3, 7),
            reasons=("INCOME_NOT_BELOW_STANDARD",),
            organ="TOWNSHIP",
            notice_due_on=date(2024, 3, 12),
            rules={"limit.refusal_notice_working_days": "national/2021-07-01"},
        )
    )


def test_the_notice_is_due_after_three_working_days_over_a_holiday() -> None:
    """G37: declined on 2024-04-30, before the May holiday."""
    late = act(c.DeclineEligibility(CASE, ("INCOME_NOT_BELOW_STANDARD",)), "2024-04-30", "h-1")
    assert date(2024, 5, 8) == fact_of(TOO_RICH, late).notice_due_on


def test_the_due_day_is_left_open_while_its_calendar_is_not_announced() -> None:
    """The decision doesn't wait for the State Council's notice."""
    late = act(c.DeclineEligibility(CASE, ("INCOME_NOT_BELOW_STANDARD",)), "2026-12-31", "h-1")
    assert fact_of(TOO_RICH, late).notice_due_on is None


@pytest.mark.parametrize(
    ("past", "reasons"),
    [
        (SURVEYED, ("INCOME_NOT_BELOW_STANDARD",)),
        (READY, ("INCOME_NOT_BELOW_STANDARD",)),
        (TOO_RICH, ("NO_COOPERATION",)),
        (TOO_RICH, ("INCOME_NOT_BELOW_STANDARD", "NO_COOPERATION")),
        (TOO_RICH, ()),
        (READY, ()),
    ],
    ids=["no opinion", "opinion for it", "another", "one too many", "left out", "none at all"],
)
def test_a_reason_is_one_that_the_case_bears_out(
    past: tuple[Step, ...], reasons: tuple[str, ...]
) -> None:
    """The opinion's reasons, no more and no fewer (want of cooperation is no such reason)."""
    taking(past, declining(*reasons)).then_refused(NoGroundToDecline)


def test_a_reason_told_twice_is_told_once() -> None:
    """The notice lists it once."""
    reason = "INCOME_NOT_BELOW_STANDARD"
    assert (reason,) == fact_of(TOO_RICH, declining(reason, reason)).reasons


def test_an_upheld_objection_leads_to_a_refusal_through_a_new_opinion() -> None:
    """Investigated again, found too rich, declined (57号 Art 19, 21)."""
    revisited = visit("2024-03-11", "o-2", "o-3", monthly_income_fen=140_000)
    upheld = act(c.AnswerObjection(CASE, 1, True), "2024-03-12", "o-2")
    opinion = act(c.GivePreliminaryOpinion(CASE, 140_000), "2024-03-12", "o-2")
    past = (*UP, OBJECTED, revisited, upheld)

    taking(past, declining("INCOME_NOT_BELOW_STANDARD")).then_refused(NoGroundToDecline)
    assert taking((*past, opinion), declining("INCOME_NOT_BELOW_STANDARD")).refusal is None


def test_who_investigated_does_not_decline() -> None:
    """The same distance as for confirming."""
    step = declining("INCOME_NOT_BELOW_STANDARD", by="h-1", acting_for="o-2")
    taking(TOO_RICH, step).then_refused(InvestigatorConfirms)
