"""Officers: posts from a day to a day, stand-ins, filed relatives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.gateway.commands import (
    AppointFirstAdministrator,
    AppointOfficer,
    EndAppointment,
    FileCloseRelative,
    RecordDelegation,
)
from services.gateway.domain.officers import ACT, CIRCLE, OFFICER
from services.gateway.refusals import (
    NoPlaceForRole,
    NoSuchAppointment,
    NoSuchOfficer,
    NotCloseRelative,
    OfficerNumberMissing,
    OwnAppointment,
    OwnDelegation,
    OwnStandIn,
    PeriodBackwards,
    PersonKnownOtherwise,
    PostHeldAlready,
    RelativeKnown,
    SiteFounded,
)
from services.runtime.houses import DEFINITIONS
from shared.competence import Role
from shared.envelope import About
from shared.facts.gateway import (
    AppointmentEnded,
    CloseRelativeFiled,
    DelegationRecorded,
    OfficerAppointed,
)
from shared.facts.words import Kinship
from shared.identity import named_id
from shared.policy.layering import lay_over
from shared.resident_id import CheckDigitWrong
from shared.testing.decisions import context, given
from tests.shared.log.samples import untimed

NOW = context(officer="admin", command_id="c-1")
FIRST, LAST = date(2024, 3, 1), date(2024, 3, 31)
NUMBER, PERSON = "999999195001010018", "p-010018"
APPOINT = AppointOfficer("o-1", "王勤", "民政所经办", "CASE_OFFICER", "411603101", FIRST,
                         township="411603101", resident_id=NUMBER)  # fmt: skip
POST = OfficerAppointed("post-1", "o-1", "王勤", "民政所经办", "CASE_OFFICER", "411603101",
                        "411603101", None, None, FIRST)  # fmt: skip
ENDING = replace(POST, to_on=LAST)
NEW = replace(POST, appointment=named_id("post", "c-1"), person=PERSON)
DELEGATE = RecordDelegation("o-1", "o-2", FIRST, LAST, "培训")
FILE = FileCloseRelative("o-1", NUMBER, "PARENT")
FILED = CloseRelativeFiled("o-1", PERSON, "PARENT")


def test_an_officer_is_appointed() -> None:
    """The appointment's number follows from the command."""
    given().when(OFFICER, APPOINT, NOW).then(NEW)


def test_nobody_gives_themselves_a_post() -> None:
    """An administrator who makes themselves the head could confirm what they entered."""
    given().when(OFFICER, APPOINT, context(officer="o-1")).then_refused(OwnAppointment)


def test_a_person_has_one_officer_id() -> None:
    """Under two ids one human could investigate and confirm: duties stay apart by person."""
    known = context(officer="admin", gathered={PERSON: "o-9"})
    given().when(OFFICER, APPOINT, known).then_refused(PersonKnownOtherwise)


def test_an_officer_id_stands_for_one_person() -> None:
    """Nor does an id pass from one person to another."""
    other = replace(POST, person="p-someone")
    again = replace(APPOINT, role="VILLAGE_AIDE", village="东关村")
    given(other).when(OFFICER, again, NOW).then_refused(PersonKnownOtherwise)


def test_an_officer_s_own_number_is_kept_as_a_pseudonym_only() -> None:
    """So that nobody decides for themselves, and the log names nobody."""
    assert PERSON == NEW.person
    given().when(OFFICER, APPOINT, NOW).then(NEW)


NUMBERED = (
    "VILLAGE_AIDE", "CASE_OFFICER", "TOWNSHIP_HEAD", "CIVIL_AFFAIRS", "FINANCE", "BANK_DESK",
)  # fmt: skip


@pytest.mark.parametrize("role", NUMBERED)
def test_who_acts_on_households_or_money_is_known_by_their_number(role: str) -> None:
    """Else the same person, under a second id, could decide what they had investigated."""
    command = replace(APPOINT, role=role, village="王庄村", resident_id=None)
    given().when(OFFICER, command, NOW).then_refused(OfficerNumberMissing)


@pytest.mark.parametrize("role", ["INSPECTOR", "ADMINISTRATOR"])
def test_who_acts_on_neither_may_be_appointed_without_a_number(role: str) -> None:
    """They look and appoint; one who is given a number has it kept all the same."""
    command = replace(APPOINT, role=role, township=None)
    fact = replace(NEW, role=role, township=None)
    given().when(OFFICER, command, NOW).then(fact)
    given().when(OFFICER, replace(command, resident_id=None), NOW).then(replace(fact, person=None))


def test_the_roles_that_need_no_number_act_on_no_household_and_on_no_money() -> None:
    """By the tables of competence: a role that comes to do so will need one."""
    houses = [one for one in DEFINITIONS if one.name in ("intake", "review", "payments")]
    acting = {role for one in houses for row in one.commands for role in row.roles}
    assert acting - {Role.SYSTEM} == set(NUMBERED) == set(ACT)


def test_a_post_that_was_given_without_a_number_is_given_anew_with_one() -> None:
    """An old fact names nobody; the post is ended and given again, and the id has its person."""
    last = LAST - timedelta(days=1)
    ended = AppointmentEnded("post-1", last)
    outcome = given(POST, ended).when(OFFICER, replace(APPOINT, from_on=LAST), NOW)
    outcome.then(replace(NEW, from_on=LAST))


def test_an_officer_s_number_must_hold() -> None:
    """A wrong digit would let a relative through."""
    command = replace(APPOINT, resident_id="999999195001010019")
    given().when(OFFICER, command, NOW).then_refused(CheckDigitWrong)


@pytest.mark.parametrize("role", ["VILLAGE_AIDE", "CASE_OFFICER", "TOWNSHIP_HEAD"])
def test_a_post_in_a_township_names_the_township(role: str) -> None:
    """Else it would reach nowhere."""
    command = replace(APPOINT, role=role, township=None, village="王庄村")
    given().when(OFFICER, command, NOW).then_refused(NoPlaceForRole)


def test_a_village_aide_s_post_names_the_village() -> None:
    """The township alone is too wide."""
    command = replace(APPOINT, role="VILLAGE_AIDE")
    given().when(OFFICER, command, NOW).then_refused(NoPlaceForRole)
    placed = replace(command, village="王庄村")
    given().when(OFFICER, placed, NOW).then(replace(NEW, role="VILLAGE_AIDE", village="王庄村"))


@pytest.mark.parametrize(
    "role", ["CIVIL_AFFAIRS", "FINANCE", "BANK_DESK", "INSPECTOR", "ADMINISTRATOR"]
)
def test_a_district_s_post_needs_no_place(role: str) -> None:
    """It reaches the whole district."""
    command = replace(APPOINT, role=role, township=None)
    given().when(OFFICER, command, NOW).then(replace(NEW, role=role, township=None))


def test_no_period_runs_backwards() -> None:
    """Of a post, of its end, of a stand-in."""
    before = FIRST - timedelta(days=1)
    end = EndAppointment("o-1", "post-1", before)
    given().when(OFFICER, replace(APPOINT, to_on=before), NOW).then_refused(PeriodBackwards)
    given(POST).when(OFFICER, end, NOW).then_refused(PeriodBackwards)
    given(POST).when(OFFICER, replace(DELEGATE, to_on=before), NOW).then_refused(PeriodBackwards)


DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))
PERIODS = st.tuples(DAYS, st.none() | DAYS).filter(lambda p: p[1] is None or p[0] <= p[1])


@untimed
@for_all(PERIODS, PERIODS)
def test_the_same_post_is_not_held_twice_on_any_day(
    held: tuple[date, date | None], wanted: tuple[date, date | None]
) -> None:
    """Day by day of the year: refused exactly when some day would be in both."""
    command = replace(APPOINT, from_on=wanted[0], to_on=wanted[1])
    outcome = given(replace(POST, from_on=held[0], to_on=held[1])).when(OFFICER, command, NOW)
    year = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    common = [
        day
        for day in year
        if all(first <= day and (last is None or day <= last) for first, last in (held, wanted))
    ]
    if common:
        outcome.then_refused(PostHeldAlready)
    else:
        outcome.then(replace(NEW, from_on=wanted[0], to_on=wanted[1]))


@pytest.mark.parametrize(
    "other",
    [replace(APPOINT, role="TOWNSHIP_HEAD"), replace(APPOINT, organisation="411603102")],
    ids=["another role", "another organisation"],
)
def test_another_post_may_be_held_beside_it(other: AppointOfficer) -> None:
    """Another role, or the same one elsewhere."""
    fact = replace(NEW, role=other.role, organisation=other.organisation)
    given(POST).when(OFFICER, other, NOW).then(fact)


def test_an_ended_post_can_be_given_again() -> None:
    """From the day after its last."""
    ended = AppointmentEnded("post-1", LAST)
    given(POST, ended).when(OFFICER, replace(APPOINT, from_on=LAST), NOW).then_refused(
        PostHeldAlready
    )
    again = LAST + timedelta(days=1)
    outcome = given(POST, ended).when(OFFICER, replace(APPOINT, from_on=again), NOW)
    outcome.then(replace(NEW, from_on=again))


def test_a_post_ends_on_its_last_day() -> None:
    """Its first day is the earliest."""
    for last in (FIRST, LAST):
        end = EndAppointment("o-1", "post-1", last)
        given(POST).when(OFFICER, end, NOW).then(AppointmentEnded("post-1", last))


def test_a_post_with_a_last_day_can_end_before_it() -> None:
    """Somebody dismissed early; on or after its own last day there is nothing to end."""
    earlier = LAST - timedelta(days=1)
    end = EndAppointment("o-1", "post-1", earlier)
    given(ENDING).when(OFFICER, end, NOW).then(AppointmentEnded("post-1", earlier))
    for late in (LAST, LAST + timedelta(days=1)):
        end = EndAppointment("o-1", "post-1", late)
        given(ENDING).when(OFFICER, end, NOW).then_refused(NoSuchAppointment)


def test_a_post_that_isn_t_held_can_t_be_ended() -> None:
    """Unknown, or ended already."""
    unknown = EndAppointment("o-1", "post-9", LAST)
    given(POST).when(OFFICER, unknown, NOW).then_refused(NoSuchAppointment)
    again = EndAppointment("o-1", "post-1", LAST)
    ended = given(POST, AppointmentEnded("post-1", LAST))
    ended.when(OFFICER, again, NOW).then_refused(NoSuchAppointment)


def test_an_officer_stands_in_for_another() -> None:
    """From a day to a day, with the reason."""
    stand_in = named_id("stand-in", "c-1")
    expected = DelegationRecorded(stand_in, "o-1", "o-2", FIRST, LAST, "培训")
    given(POST).when(OFFICER, DELEGATE, NOW).then(expected)
    again = given(POST, replace(expected, delegation="stand-in-1"))
    again.when(OFFICER, DELEGATE, NOW).then(expected)


def test_nobody_stands_in_for_themselves() -> None:
    """It would say nothing."""
    given(POST).when(OFFICER, replace(DELEGATE, delegate="o-1"), NOW).then_refused(OwnStandIn)


def test_nobody_records_their_own_standing_in() -> None:
    """An administrator who takes over a head's power on their own word would answer to nobody."""
    by_delegate = context(officer=DELEGATE.delegate)
    given(POST).when(OFFICER, DELEGATE, by_delegate).then_refused(OwnDelegation)


def test_nobody_stands_in_for_someone_without_a_post() -> None:
    """There is nothing to hand on."""
    given().when(OFFICER, DELEGATE, NOW).then_refused(NoSuchOfficer)


def test_a_relative_is_filed_as_a_pseudonym() -> None:
    """57号 Art 11."""
    given(POST).when(OFFICER, FILE, NOW).then(FILED)


def test_a_relative_is_filed_once() -> None:
    """Under whatever kinship."""
    command = replace(FILE, kinship="CHILD")
    given(POST, FILED).when(OFFICER, command, NOW).then_refused(RelativeKnown)


def test_only_who_is_within_the_circle_that_policy_draws_is_filed() -> None:
    """民法典 1045 knows no uncles; a place that widens the circle does (57号 Art 11)."""
    uncle = replace(FILE, kinship="UNCLE_AUNT")
    wider = replace(NOW, policy=lay_over(NOW.policy, WIDER, "wider.yaml"))

    given(POST).when(OFFICER, uncle, NOW).then_refused(NotCloseRelative)
    given(POST).when(OFFICER, uncle, wider).then(replace(FILED, kinship="UNCLE_AUNT"))


def test_every_kinship_that_policy_can_name_can_be_told() -> None:
    """The words of the door are the choices of the packs."""
    [circle] = [pack.parameters[CIRCLE] for pack in NOW.policy.packs if CIRCLE in pack.parameters]
    assert {choice.upper() for choice in circle.choices} == set(Kinship)


WIDER = """pack: wider
title: 扩大近亲属范围
parameters:
  relatives.circle:
    title: 须单独登记备案的近亲属范围
    unit: choices
    choices: [spouse, parent, child, sibling, grandparent, grandchild, parent_in_law, child_in_law,
              sibling_in_law, uncle_aunt, nephew_niece]
    values:
      - {from: 2024-01-01, value: [spouse, parent, uncle_aunt], citation: 省规定, certainty: P}
""".encode()


def test_a_relative_s_number_must_hold_and_the_officer_be_known() -> None:
    """Else nobody would be kept away from anything."""
    wrong = replace(FILE, resident_id="999999195001010019")
    given(POST).when(OFFICER, wrong, NOW).then_refused(CheckDigitWrong)
    given().when(OFFICER, FILE, NOW).then_refused(NoSuchOfficer)


def test_a_site_is_founded_once() -> None:
    """On an empty log; afterwards administrators appoint administrators."""
    command = AppointFirstAdministrator("admin", "管某", "411603", FIRST)
    empty, founded = (context(command_id="c-1", gathered=count) for count in (0, 1))
    expected = OfficerAppointed(named_id("post", "c-1"), "admin", "管某", "系统管理员",
                                "ADMINISTRATOR", "411603", None, None, None, FIRST)  # fmt: skip
    given().when(OFFICER, command, empty).then(expected)
    given().when(OFFICER, command, founded).then_refused(SiteFounded)


def test_an_officer_concerns_the_township_of_the_latest_post() -> None:
    """Never the relatives: an appointment isn't about them."""
    state = OFFICER.fold([POST, FILED, replace(POST, appointment="post-2", township="411603102")])
    assert About(township="411603102") == OFFICER.about(state)


@pytest.mark.parametrize("decider_fed", ["decide", "evolve"])
def test_what_an_officer_doesn_t_know_is_a_bug(decider_fed: str) -> None:
    """A command or fact of another house is trouble, not silence."""
    if decider_fed == "decide":
        with pytest.raises(AssertionError):
            given().when(OFFICER, object(), NOW)
    else:
        from shared.facts.gateway import UnitRegistered

        with pytest.raises(ValueError, match="unit_registered"):
            OFFICER.fold([UnitRegistered("1", "甲", "TOWNSHIP", FIRST)])
