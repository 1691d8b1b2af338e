"""The state after one more fact."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from services.review.domain.non_cooperation import MADE_GOOD_BY_A_VISIT
from services.review.domain.overseeing import (
    BY_APPRAISAL,
    DISPUTED,
    OVERSEEN,
    VISIT,
    answered,
    back_to_survey,
    received,
    reexamined,
    revisited,
    with_file_back,
)
from services.review.domain.state import (
    Aftermath,
    Checking,
    Closed,
    Confirmed,
    Declined,
    NoCase,
    Objection,
    Open,
    State,
    Terminated,
)
from services.review.domain.surveying import SURVEYED, with_people
from shared.facts.base import Fact
from shared.facts.review import (
    AllowanceTerminated,
    AnnouncementTakenDown,
    CardKeepingFiled,
    CaseClosed,
    CaseOpened,
    CertificateIssued,
    ComplaintAnswered,
    ComplaintReceived,
    DeadlineMissed,
    DemocraticAppraisalHeld,
    EligibilityConfirmed,
    EligibilityDeclined,
    HouseholdChanged,
    HouseholdVisited,
    MeansRecorded,
    NonCooperationRecorded,
    ObjectionAnswered,
    ObjectionRaised,
    PreliminaryOpinionGiven,
    ProcedureTerminated,
    PublicNoticeClosed,
    PublicNoticePosted,
    ResultAnnounced,
    WrittenNoticeServed,
)


def evolve(state: State, fact: Fact) -> State:
    """Fold one fact; raises ValueError for one that can't follow."""
    if isinstance(state, Open) and (fold := WHILE_OPEN.get(type(fact))):
        return fold(state, fact)
    if isinstance(state, Confirmed | Terminated) and (adds := AFTERWARDS.get(type(fact))):
        return replace(state, after=adds(state.after, fact))
    match state, fact:
        case NoCase(), CaseOpened():
            return Open(fact)
        case Open(), CaseClosed():
            return Closed(state.about, state.complaints)
        case Open(), EligibilityConfirmed():
            return Confirmed(
                state.about,
                fact,
                complaints=state.complaints,
                hands=state.hands,
                proxy=state.proxy,
            )
        case Open(), EligibilityDeclined() | ProcedureTerminated():
            return Declined(state.about, fact, complaints=state.complaints)
        case Declined(), WrittenNoticeServed():
            return replace(state, served=True)
        case Confirmed(), AllowanceTerminated():
            return Terminated(state.about, state.withdrawn, state.after, state.complaints)
        case Confirmed() | Declined() | Terminated(), CaseClosed():
            return replace(state, withdrawn=True)
        case Confirmed() | Declined() | Terminated(), HouseholdChanged():
            return state
        case _, DeadlineMissed() if not isinstance(state, NoCase):
            return state  # a case doesn't change by its limits passing
        case Confirmed() | Declined() | Terminated() | Closed(), ComplaintReceived():
            return replace(state, complaints=received(state.complaints, fact))
        case Confirmed(), ComplaintAnswered():
            hands = state.hands.union(fact.answered_by)
            return replace(state, complaints=answered(state.complaints, fact), hands=hands)
        case Declined() | Terminated() | Closed(), ComplaintAnswered():
            return replace(state, complaints=answered(state.complaints, fact))
        case _:
            raise ValueError(f"{fact.name} can't follow {type(state).__name__}")


def _changed(state: Open, fact: HouseholdChanged) -> Open:
    """Nothing that was found or shown of the household before counts; objections still wait."""
    opened = dataclasses.replace(
        state.opened, applicant=fact.applicant, members=fact.members, personal=fact.personal
    )
    changed = replace(
        state,
        opened=opened,
        visit=None,
        means=None,
        verification=None,
        checking=Checking(),
        opinion=None,
        notice=None,
        changed_on=fact.happened_on,
    )
    oversight = replace(state.oversight, appraisal=None)  # that the bureau came stays true
    return with_file_back(replace(changed, oversight=oversight))


def _recorded(state: Open, fact: MeansRecorded) -> Open:
    return replace(with_people(state, fact.recorded_by), means=fact, opinion=None)


def _opined(state: Open, fact: PreliminaryOpinionGiven) -> Open:
    """What was sent up with an older opinion counts no longer."""
    notice = state.notice if fact.notice_continues else None
    known = with_people(state, fact.given_by)
    given = replace(known, opinion=fact, notice=notice, grounds=state.found_property)
    return given if given.oversight.sent_up is None else with_file_back(given)


def _posted(state: Open, fact: PublicNoticePosted) -> Open:
    return replace(with_people(state, fact.posted_by), notice=fact, notices_count=fact.notice)


def _objected(state: Open, fact: ObjectionRaised) -> Open:
    """The appraisal that the notice showed is disputed with it (220号 Art 25)."""
    return replace(
        state,
        objections=(*state.objections, Objection(fact)),
        objections_count=fact.objection,
        oversight=replace(state.oversight, appraisal=None, objected_on=fact.raised_on),
    )


def _visited(state: Open, fact: HouseholdVisited) -> Open:
    """A visit on the day of an objection or later is its new investigation (57号 Art 19)."""
    there, by = state.investigators, (*fact.visitors, *fact.recorded_by)
    return replace(
        state,
        visit=fact,
        means=None,  # what was recorded before it is not what it found
        objections=reexamined(state, VISIT, fact.visited_on),
        investigators=there if there.issuperset(by) else there.union(by),
        refusals=_made_good(state.refusals, fact) if state.refusals else (),
        oversight=revisited(state.oversight, fact.visited_on),
    )


def _made_good(
    refusals: tuple[NonCooperationRecorded, ...], fact: HouseholdVisited
) -> tuple[NonCooperationRecorded, ...]:
    """Who let the visitors in refuses the visit no longer, and is reached (57号 Art 29)."""
    return tuple(
        one
        for one in refusals
        if one.kind not in MADE_GOOD_BY_A_VISIT or one.asked_on > fact.visited_on
    )


def _appraised(state: Open, fact: DemocraticAppraisalHeld) -> Open:
    """A disputed one asks for a new visit (220号 Art 24)."""
    held = replace(
        with_people(state, (*fact.officers, *fact.recorded_by)),
        oversight=replace(state.oversight, appraisal=fact),
    )
    if fact.conclusion == DISPUTED:
        return back_to_survey(held, fact.held_on)
    if not fact.answers_objections:
        return held
    return replace(held, objections=reexamined(state, BY_APPRAISAL, fact.held_on))


def _answered(state: Open, fact: ObjectionAnswered) -> Open:
    """After a new investigation the old opinion counts no longer, nor its grounds (57号 Art 19)."""
    left = tuple(one for one in state.objections if one.raised.objection != fact.objection)
    known = with_people(state, fact.answered_by)
    return replace(known, objections=left, opinion=None, grounds=None)


def _refused(state: Open, fact: NonCooperationRecorded) -> Open:
    return replace(with_people(state, fact.recorded_by), refusals=(*state.refusals, fact))


def _announced(after: Aftermath, fact: ResultAnnounced) -> Aftermath:
    return replace(after, announcement=fact, announcements_count=fact.announcement)


WHILE_OPEN: Mapping[type[Fact], Callable[[Open, Any], Open]] = {
    HouseholdChanged: _changed,
    HouseholdVisited: _visited,
    MeansRecorded: _recorded,
    **SURVEYED,
    PreliminaryOpinionGiven: _opined,
    PublicNoticePosted: _posted,
    PublicNoticeClosed: lambda state, fact: replace(state, notice=fact),
    ObjectionRaised: _objected,
    ObjectionAnswered: _answered,
    NonCooperationRecorded: _refused,
    DemocraticAppraisalHeld: _appraised,
    **OVERSEEN,
}
"""What changes a case that stays open."""

AFTERWARDS: Mapping[type[Fact], Callable[[Aftermath, Any], Aftermath]] = {
    CertificateIssued: lambda after, fact: replace(after, certificate=fact),
    ResultAnnounced: _announced,
    AnnouncementTakenDown: lambda after, _: replace(after, announcement=None),
    CardKeepingFiled: lambda after, fact: replace(after, keeping=fact),
}
"""What follows a confirmation."""
