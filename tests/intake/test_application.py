"""Deciding on an application, branch by branch (57号 Art 4–11)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.intake.commands import (
    AcceptApplication,
    NoteDecision,
    Person,
    RefuseAcceptance,
    RequestSupplement,
    SupplyMaterials,
    WithdrawApplication,
)
from services.intake.domain.application import APPLICATION
from services.intake.domain.finding import Found
from services.intake.domain.materials import Material, missing, titles
from services.intake.refusals import (
    AlreadyApplied,
    AlreadyAsked,
    AlreadyDecided,
    AppliedInFuture,
    HeadUnclear,
    MaterialsMissing,
    NoSuchApplication,
    NothingMissing,
    NothingSupplied,
    NotPending,
    PayeeNotMember,
    SamePersonTwice,
)
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.intake import (
    ApplicationDecided,
    ApplicationNotAccepted,
    Household,
    MaterialsSupplemented,
    SupplementRequested,
)
from shared.refusal import Refusal
from shared.resident_id import BirthDateImpossible, CheckDigitWrong
from shared.testing.decisions import given
from tests.intake.samples import (
    ACCEPTED,
    ACCOUNT,
    ALL,
    APPLY,
    ASKED,
    BARE,
    BARELY,
    CASE,
    CHILD,
    CHILD_ID,
    HEAD,
    HEAD_ID,
    NOT_ACCEPTED,
    NOW,
    OTHER_ID,
    PAYEE,
    SUBMITTED,
    SUPPLIED,
    SUPPLY,
    TODAY,
    WITHDRAWN,
    decided,
)
from tests.shared.log.samples import untimed

# --- submit -------------------------------------------------------------------------------------


def test_a_household_applies_with_everything() -> None:
    """Members by pseudonym outside, by name and number inside the sealed part."""
    given().when(APPLICATION, APPLY, NOW).then(SUBMITTED)


def test_a_household_applies_with_nothing_but_its_members() -> None:
    """What is missing isn't in the list of what came."""
    given().when(APPLICATION, BARE, NOW).then(BARELY)


def test_an_application_is_about_its_case_household_members_and_place() -> None:
    """What an inspector searches by."""
    expected = About(CASE, SUBMITTED.household, ("p-010018", "p-050010"), "王庄村", "411603101")
    for facts in ([SUBMITTED], [SUBMITTED, ACCEPTED], [SUBMITTED, WITHDRAWN]):
        assert expected == APPLICATION.about(APPLICATION.fold(facts))
    assert About() == APPLICATION.about(APPLICATION.initial)


def test_a_number_of_fifteen_or_with_spaces_is_the_same_person() -> None:
    """A person is known by the eighteen signs, however they were written."""
    old = replace(HEAD, resident_id="999999500101001")
    spaced = replace(CHILD, resident_id=" 999999 19800505 0010 ")
    given().when(APPLICATION, replace(APPLY, members=(old, spaced)), NOW).then(SUBMITTED)


def test_an_application_from_today_passes_and_from_tomorrow_not() -> None:
    """The clock is the site's."""
    today = replace(APPLY, applied_on=TODAY)
    given().when(APPLICATION, today, NOW).then(replace(SUBMITTED, submitted_on=TODAY))
    tomorrow = replace(APPLY, applied_on=date(2024, 3, 5))
    given().when(APPLICATION, tomorrow, NOW).then_refused(AppliedInFuture)


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        ((HEAD, replace(CHILD, resident_id=HEAD_ID)), SamePersonTwice),
        ((HEAD, replace(CHILD, resident_id="999999500101001")), SamePersonTwice),
        ((CHILD,), HeadUnclear),
        ((HEAD, replace(CHILD, relation="HEAD")), HeadUnclear),
        ((), HeadUnclear),
        ((HEAD, replace(CHILD, resident_id="999999198005050011")), CheckDigitWrong),
        ((HEAD, replace(CHILD, resident_id="999999199002300015")), BirthDateImpossible),
    ],
)
def test_members_that_can_t_be_are_refused(
    members: tuple[Person, ...], refusal: type[Refusal]
) -> None:
    """The same person twice, no head or two, a number that doesn't hold."""
    given().when(APPLICATION, replace(APPLY, members=members), NOW).then_refused(refusal)


def test_who_stands_elsewhere_is_refused_and_told_where() -> None:
    """In any township; the sentence names the place and the case, and no person."""
    found = {"p-050010": "鲁台镇，编号 case-9，审核中", "p-010018": "新站镇，编号 case-8，待受理"}
    outcome = given().when(APPLICATION, APPLY, replace(NOW, gathered=Found(standing=found)))
    outcome.then_refused(AlreadyApplied)
    sentence = str(outcome.refusal)
    assert all(place in sentence for place in found.values())
    assert not any(word in sentence for word in ("赵", HEAD_ID, CHILD_ID, "p-0"))


def test_nobody_standing_elsewhere_is_no_obstacle() -> None:
    """An empty finding, as the door gathers it."""
    given().when(APPLICATION, APPLY, replace(NOW, gathered=Found())).then(SUBMITTED)


@pytest.mark.parametrize("command", [APPLY, SUPPLY])
def test_the_money_goes_to_a_member_only(command: Any) -> None:
    """57号 Art 25, at the application and at the supplement."""
    past: tuple[Fact, ...] = () if command is APPLY else (BARELY, ASKED)
    foreign = replace(command, account=replace(ACCOUNT, holder_resident_id=OTHER_ID))
    given(*past).when(APPLICATION, foreign, NOW).then_refused(PayeeNotMember)
    wrong = replace(command, account=replace(ACCOUNT, holder_resident_id=HEAD_ID[:-1] + "9"))
    given(*past).when(APPLICATION, wrong, NOW).then_refused(CheckDigitWrong)


@pytest.mark.parametrize("past", [(SUBMITTED,), (SUBMITTED, ACCEPTED), (SUBMITTED, WITHDRAWN)])
def test_a_case_s_number_is_used_once(past: tuple[Fact, ...]) -> None:
    """Whatever became of the first."""
    given(*past).when(APPLICATION, APPLY, NOW).then_refused(NotPending)


# --- one list, one supplement -------------------------------------------------------------------


def test_everything_missing_is_told_at_once() -> None:
    """57号 Art 10: one list."""
    given(BARELY).when(APPLICATION, RequestSupplement(CASE), NOW).then(ASKED)


@untimed
@for_all(st.sets(st.sampled_from(ALL)))
def test_the_list_holds_exactly_what_did_not_come(came: set[Material]) -> None:
    """In the list's own order, whichever came."""
    submitted = replace(SUBMITTED, materials=tuple(came))
    outcome = given(submitted).when(APPLICATION, RequestSupplement(CASE), NOW)
    lacking = tuple(material for material in ALL if material not in came)
    if lacking:
        outcome.then(SupplementRequested(CASE, lacking, TODAY))
    else:
        outcome.then_refused(NothingMissing)


def test_missing_materials_are_told_once_only() -> None:
    """Also when some of it came since."""
    some = replace(SUPPLIED, supplied=("INCOME",), property_fen=None, personal=None)
    for past in ((BARELY, ASKED), (BARELY, ASKED, some)):
        given(*past).when(APPLICATION, RequestSupplement(CASE), NOW).then_refused(AlreadyAsked)


def test_what_was_missing_is_brought() -> None:
    """With or without having been asked."""
    for past in ((BARELY, ASKED), (BARELY,)):
        given(*past).when(APPLICATION, SUPPLY, NOW).then(SUPPLIED)


def test_of_what_is_brought_only_what_was_missing_counts() -> None:
    """What was declared first stands: an income isn't changed by supplying it again."""
    halfway = replace(BARELY, materials=("INCOME", "ACCOUNT"), monthly_income_fen=60_000)
    fresh = ("AUTHORISATION", "HONESTY_STATEMENT", "PROPERTY")
    expected = MaterialsSupplemented(CASE, fresh, None, 100, TODAY, None)
    given(halfway).when(APPLICATION, SUPPLY, NOW).then(expected)


def test_bringing_nothing_that_was_missing_is_refused() -> None:
    """Nothing at all, or only what is there."""
    given(BARELY).when(APPLICATION, SupplyMaterials(CASE), NOW).then_refused(NothingSupplied)
    given(SUBMITTED).when(APPLICATION, SUPPLY, NOW).then_refused(NothingSupplied)


# --- accept -------------------------------------------------------------------------------------


def test_a_complete_application_is_accepted() -> None:
    """It goes to review as it was declared."""
    given(SUBMITTED).when(APPLICATION, AcceptApplication(CASE), NOW).then(ACCEPTED)


def test_a_supplemented_application_is_accepted_as_supplemented() -> None:
    """Income, property and account are those that came later."""
    household = replace(BARELY.personal or Household("", (), None, None, None), payee=PAYEE)
    expected = replace(ACCEPTED, monthly_income_fen=50_000, property_fen=100, personal=household)
    given(BARELY, ASKED, SUPPLIED).when(APPLICATION, AcceptApplication(CASE), NOW).then(expected)


def test_an_account_that_came_first_survives_a_supplement_of_other_things() -> None:
    """A supplement without an account takes none away."""
    first = replace(SUBMITTED, materials=("ACCOUNT", "INCOME", "PROPERTY"))
    later = MaterialsSupplemented(
        CASE, ("AUTHORISATION", "HONESTY_STATEMENT"), None, None, TODAY, None
    )
    given(first, later).when(APPLICATION, AcceptApplication(CASE), NOW).then(ACCEPTED)


@pytest.mark.parametrize("lacking", ALL)
def test_an_incomplete_application_is_not_accepted(lacking: Material) -> None:
    """The sentence says what is missing."""
    submitted = replace(SUBMITTED, materials=tuple(m for m in ALL if m is not lacking))
    outcome = given(submitted).when(APPLICATION, AcceptApplication(CASE), NOW)
    outcome.then_refused(MaterialsMissing)
    assert titles((lacking,)) in str(outcome.refusal)
    assert (lacking,) == missing(ALL, frozenset(submitted.materials))


def test_a_household_whose_key_is_destroyed_is_accepted_without_names() -> None:
    """What was erased isn't invented again."""
    erased = replace(SUBMITTED, personal=None)
    outcome = given(erased).when(APPLICATION, AcceptApplication(CASE), NOW)
    outcome.then(replace(ACCEPTED, personal=None))


# --- not accept ---------------------------------------------------------------------------------


def test_what_is_no_case_for_this_office_is_not_accepted() -> None:
    """With its reasons; complete or not."""
    reasons = ("REGISTERED_ELSEWHERE", "NOT_A_HOUSEHOLD")
    for past in (SUBMITTED, BARELY):
        outcome = given(past).when(APPLICATION, RefuseAcceptance(CASE, reasons), NOW)
        outcome.then(ApplicationNotAccepted(CASE, reasons, TODAY))


def test_missing_materials_are_a_reason_only_after_the_one_list() -> None:
    """Not before it was told, and not when all has come."""
    command = RefuseAcceptance(CASE, ("MATERIALS_NOT_SUPPLIED",))
    told = given(BARELY, ASKED).when(APPLICATION, command, NOW)
    told.then(ApplicationNotAccepted(CASE, ("MATERIALS_NOT_SUPPLIED",), TODAY))
    for past in ((BARELY,), (SUBMITTED,), (BARELY, ASKED, SUPPLIED)):
        given(*past).when(APPLICATION, command, NOW).then_refused(MaterialsMissing)


# --- withdraw -----------------------------------------------------------------------------------


@pytest.mark.parametrize("past", [(SUBMITTED,), (BARELY, ASKED), (SUBMITTED, ACCEPTED)])
def test_before_a_decision_an_application_can_be_withdrawn(past: tuple[Fact, ...]) -> None:
    """Also while review has it."""
    given(*past).when(APPLICATION, WithdrawApplication(CASE, "自愿"), NOW).then(WITHDRAWN)


@pytest.mark.parametrize("outcome", ["CONFIRMED", "DECLINED", "ENDED"])
def test_after_a_decision_it_can_not(outcome: str) -> None:
    """What is in payment ends by termination."""
    past = given(SUBMITTED, ACCEPTED, decided(outcome))
    past.when(APPLICATION, WithdrawApplication(CASE, "自愿"), NOW).then_refused(AlreadyDecided)


@pytest.mark.parametrize("end", [NOT_ACCEPTED, WITHDRAWN])
def test_what_is_over_is_not_withdrawn_again(end: Fact) -> None:
    """It was closed before any decision."""
    command = WithdrawApplication(CASE, "自愿")
    given(SUBMITTED, end).when(APPLICATION, command, NOW).then_refused(NotPending)


# --- what review decided ------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["CONFIRMED", "DECLINED", "ENDED"])
def test_review_s_word_closes_the_application(outcome: str) -> None:
    """As it was decided, on the day it was decided."""
    command = NoteDecision(CASE, outcome, date(2024, 3, 20))
    past = given(SUBMITTED, ACCEPTED)
    past.when(APPLICATION, command, NOW).then(ApplicationDecided(CASE, outcome, date(2024, 3, 20)))


@pytest.mark.parametrize(
    ("past", "outcome", "noted"),
    [
        ((decided("CONFIRMED"),), "ENDED", True),
        ((WITHDRAWN,), "CONFIRMED", True),
        ((WITHDRAWN,), "DECLINED", True),
        ((decided("CONFIRMED"),), "CONFIRMED", False),
        ((decided("DECLINED"),), "DECLINED", False),
        ((decided("DECLINED"),), "CONFIRMED", False),
        ((decided("CONFIRMED"), decided("ENDED")), "CONFIRMED", False),
    ],
)
def test_review_s_later_word_is_noted_where_it_changes_something(
    past: tuple[Fact, ...], outcome: str, noted: bool
) -> None:
    """What comes late or twice is never refused: it happens by itself."""
    result = given(SUBMITTED, ACCEPTED, *past).when(
        APPLICATION, NoteDecision(CASE, outcome, TODAY), NOW
    )
    result.then(*[decided(outcome)] * noted)


def test_review_s_word_on_what_isn_t_with_review_changes_nothing() -> None:
    """Before acceptance, after a refusal to accept, or of an unknown case."""
    for past in ((), (SUBMITTED,), (SUBMITTED, NOT_ACCEPTED)):
        given(*past).when(APPLICATION, NoteDecision(CASE, "CONFIRMED", TODAY), NOW).then()


# --- what is asked of the wrong state -----------------------------------------------------------

ON_PENDING = [RequestSupplement(CASE), SUPPLY, AcceptApplication(CASE),
              RefuseAcceptance(CASE, ("NOT_A_HOUSEHOLD",))]  # fmt: skip


@pytest.mark.parametrize("command", [*ON_PENDING, WithdrawApplication(CASE, "自愿")], ids=type)
def test_nothing_is_done_to_an_unknown_application(command: Any) -> None:
    """There is none under this number."""
    given().when(APPLICATION, command, NOW).then_refused(NoSuchApplication)


@pytest.mark.parametrize("command", ON_PENDING, ids=type)
@pytest.mark.parametrize("end", [ACCEPTED, NOT_ACCEPTED, WITHDRAWN], ids=type)
def test_what_no_longer_waits_is_not_worked_on(command: Any, end: Fact) -> None:
    """Accepted, not accepted or withdrawn."""
    given(SUBMITTED, end).when(APPLICATION, command, NOW).then_refused(NotPending)


def test_an_unknown_command_is_a_bug() -> None:
    """Not a refusal."""
    with pytest.raises(AssertionError):
        given().when(APPLICATION, object(), NOW)


@pytest.mark.parametrize(
    "facts", [(ACCEPTED,), (SUBMITTED, SUBMITTED), (SUBMITTED, ACCEPTED, ASKED)]
)
def test_a_fact_that_can_t_follow_is_a_bug(facts: tuple[Fact, ...]) -> None:
    """A log that says so was not written by this house."""
    with pytest.raises(ValueError, match="can't follow"):
        APPLICATION.fold(facts)
