"""An application that ends or changes before a decision: taken back, moved away, a death."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.intake.commands import (
    AcceptApplication,
    ReportMemberDeath,
    WithdrawApplication,
)
from services.intake.domain.application import APPLICATION
from services.intake.refusals import (
    AlreadyDecided,
    ApplicantDied,
    ApplicantNotMember,
    HappenedInFuture,
    MembersRemain,
    NoMemberRemains,
    NoSuchApplication,
    NotAMember,
    NotPending,
    PayeeDied,
)
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.intake import ApplicationWithdrawn, Household, MemberDied
from shared.facts.people import Member, Payee
from shared.refusal import Refusal
from shared.testing.decisions import given
from tests.houses import Houses, rows_of
from tests.intake.samples import (
    ACCEPTED,
    ACCOUNT,
    CASE,
    CHILD_ID,
    HEAD_ID,
    NAMED,
    NOT_ACCEPTED,
    NOW,
    OTHER_ID,
    PAYEE,
    SUBMITTED,
    TODAY,
    WITHDRAWN,
    decided,
)

DIED_ON = date(2024, 3, 2)
CHILD_S = replace(ACCOUNT, holder_name="赵小麦", holder_resident_id=CHILD_ID)
CHILD_DIES = ReportMemberDeath(CASE, CHILD_ID, DIED_ON)
HEAD_DIES = ReportMemberDeath(CASE, HEAD_ID, DIED_ON, CHILD_ID, CHILD_S)
CHILD_DIED = MemberDied(
    CASE, "p-050010", DIED_ON, TODAY, "p-010018", (Member("p-010018", "HEAD"),),
    Household("赵德厚", NAMED[:1], "15400000001", "王庄村七组", PAYEE),
)  # fmt: skip
HEAD_DIED = MemberDied(
    CASE, "p-010018", DIED_ON, TODAY, "p-050010", (Member("p-050010", "CHILD"),),
    Household("赵小麦", NAMED[1:], "15400000001", "王庄村七组",
              Payee("赵小麦", CHILD_ID, "农商银行", ACCOUNT.account)),
)  # fmt: skip
BEFORE = [(SUBMITTED,), (SUBMITTED, ACCEPTED)]


@pytest.mark.parametrize("past", BEFORE, ids=len)
@pytest.mark.parametrize("kind", ["WITHDRAWN", "MOVED_AWAY"])
def test_what_is_taken_back_or_left_behind_ends(past: tuple[Fact, ...], kind: str) -> None:
    """With its kind and its day, before and after acceptance."""
    command = WithdrawApplication(CASE, "迁往外县", kind, DIED_ON)
    expected = ApplicationWithdrawn(CASE, "迁往外县", TODAY, kind, DIED_ON)
    given(*past).when(APPLICATION, command, NOW).then(expected)


@pytest.mark.parametrize("past", BEFORE, ids=len)
def test_the_only_member_s_death_ends_the_application(past: tuple[Fact, ...]) -> None:
    """Also where the others died before; not while others live."""
    command = WithdrawApplication(CASE, "病故", "SOLE_MEMBER_DIED", TODAY)
    given(*past).when(APPLICATION, command, NOW).then_refused(MembersRemain)
    expected = ApplicationWithdrawn(CASE, "病故", TODAY, "SOLE_MEMBER_DIED", TODAY)
    given(*past, CHILD_DIED).when(APPLICATION, command, NOW).then(expected)


@pytest.mark.parametrize("past", BEFORE, ids=len)
def test_of_several_members_the_others_go_on(past: tuple[Fact, ...]) -> None:
    """One less, in the open part and in the sealed one."""
    given(*past).when(APPLICATION, CHILD_DIES, NOW).then(CHILD_DIED)


@pytest.mark.parametrize("past", BEFORE, ids=len)
def test_after_the_applicant_s_death_another_applies_and_is_paid(past: tuple[Fact, ...]) -> None:
    """57号 Art 4, 25: the household says who, and gives that member's account."""
    given(*past).when(APPLICATION, HEAD_DIES, NOW).then(HEAD_DIED)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(HEAD_DIES, applicant=None), ApplicantDied),
        (replace(HEAD_DIES, applicant=HEAD_ID), ApplicantNotMember),
        (replace(HEAD_DIES, applicant=OTHER_ID), ApplicantNotMember),
        (replace(HEAD_DIES, account=None), PayeeDied),
        (replace(CHILD_DIES, resident_id=OTHER_ID), NotAMember),
        (replace(CHILD_DIES, died_on=date(2024, 3, 5)), HappenedInFuture),
        (WithdrawApplication(CASE, "迁出", "MOVED_AWAY", date(2024, 3, 5)), HappenedInFuture),
    ],
)
def test_a_report_that_leaves_something_open_is_refused(
    command: Any, refusal: type[Refusal]
) -> None:
    """Who applies, who is paid, who died, when."""
    given(SUBMITTED, ACCEPTED).when(APPLICATION, command, NOW).then_refused(refusal)


def test_nobody_dies_twice_and_the_last_one_ends_it() -> None:
    """After the first death the same report names no member; the last member's is another step."""
    past = given(SUBMITTED, CHILD_DIED)
    past.when(APPLICATION, CHILD_DIES, NOW).then_refused(NotAMember)
    past.when(APPLICATION, HEAD_DIES, NOW).then_refused(NoMemberRemains)


@pytest.mark.parametrize(
    ("past", "refusal"),
    [
        ((), NoSuchApplication),
        ((SUBMITTED, NOT_ACCEPTED), NotPending),
        ((SUBMITTED, WITHDRAWN), NotPending),
        ((SUBMITTED, ACCEPTED, decided("CONFIRMED")), AlreadyDecided),
    ],
)
def test_a_death_after_the_end_is_no_matter_of_the_application(
    past: tuple[Fact, ...], refusal: type[Refusal]
) -> None:
    """What is in payment is checked within three months (83号 一(三)), by another road."""
    given(*past).when(APPLICATION, CHILD_DIES, NOW).then_refused(refusal)


def test_whoever_is_left_is_accepted() -> None:
    """The case goes to review without the dead member, and with the new applicant and account."""
    outcome = given(SUBMITTED, HEAD_DIED).when(APPLICATION, AcceptApplication(CASE), NOW)
    outcome.then(
        replace(
            ACCEPTED,
            applicant="p-050010",
            members=HEAD_DIED.members,
            personal=HEAD_DIED.personal,
        )
    )


def test_the_application_stays_about_the_dead_member_too() -> None:
    """An inspector who searches by that person finds all of it."""
    expected = About(CASE, SUBMITTED.household, ("p-010018", "p-050010"), "王庄村", "411603101")
    for past in ((SUBMITTED, CHILD_DIED), (SUBMITTED, ACCEPTED, CHILD_DIED)):
        assert expected == APPLICATION.about(APPLICATION.fold(past))


def test_without_the_household_s_key_a_death_is_still_noted() -> None:
    """What was erased isn't invented again."""
    erased = replace(SUBMITTED, personal=None)
    outcome = given(erased).when(APPLICATION, CHILD_DIES, NOW)
    outcome.then(replace(CHILD_DIED, personal=None))


def test_the_dead_stand_in_no_application(houses: Houses) -> None:
    """The others still do; after a rebuild too."""
    case = houses.apply()
    assert 2 == len(rows_of(houses.intake, "active_person"))
    houses.must("worker", "report_member_death", case=case, resident_id=CHILD_ID,
                died_on="2024-03-02")  # fmt: skip
    left = rows_of(houses.intake, "active_person")
    assert [case] == [row[1] for row in left]
    houses.intake.rebuild()
    assert left == rows_of(houses.intake, "active_person")
