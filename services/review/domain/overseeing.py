"""What oversight does to a case that stays open: facts folded into the state."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from msgspec.structs import replace

from services.review.domain.state import Complaints, Objection, Open, Oversight
from shared.facts.base import Fact
from shared.facts.review import (
    BureauOpinionGiven,
    BureauVisited,
    ComplaintAnswered,
    ComplaintReceived,
    FileSentUp,
    LimitExtended,
)

VISIT, BY_APPRAISAL = "VISIT", "APPRAISAL"
DISPUTED: Final = "DISPUTED"
SUPPORTS, CONTRADICTS = "SUPPORTS", "CONTRADICTS"


def reexamined(state: Open, by: str, day: date) -> tuple[Objection, ...]:
    """The objections raised until that day are looked into by a visit or an appraisal."""
    if not state.objections:
        return ()
    return tuple(
        replace(one, reexamined=by)
        if one.reexamined is None and day >= one.raised.raised_on
        else one
        for one in state.objections
    )


def revisited(oversight: Oversight, day: date) -> Oversight:
    """A visit of that day is the one that was asked for, if it isn't older."""
    asked_on = oversight.visit_asked_on
    return (
        oversight if asked_on is None or day < asked_on else replace(oversight, visit_asked_on=None)
    )


def back_to_survey(state: Open, day: date) -> Open:
    """Opinion and notice count no longer; a new visit comes before the next opinion."""
    asked = replace(state.oversight, visit_asked_on=day)
    return with_file_back(replace(state, opinion=None, notice=None, oversight=asked))


def with_file_back(state: Open) -> Open:
    """The file lies at the township again."""
    return replace(state, oversight=replace(state.oversight, sent_up=None, bureau_opinion=None))


def overseen(state: Open, people: Iterable[str]) -> Open:
    """They have looked into the case, and decide it no more."""
    there = state.oversight.overseers
    if there.issuperset(people):
        return state
    return replace(state, oversight=replace(state.oversight, overseers=there.union(people)))


def received(complaints: Complaints, fact: ComplaintReceived) -> Complaints:
    """One more that waits."""
    return Complaints(fact.complaint, fact.received_on, (*complaints.waiting, fact))


def answered(complaints: Complaints, fact: ComplaintAnswered) -> Complaints:
    """One less."""
    left = tuple(one for one in complaints.waiting if one.complaint != fact.complaint)
    return replace(complaints, waiting=left)


def _complained(state: Open, fact: ComplaintReceived) -> Open:
    """The bureau visits after it: an earlier visit doesn't look into it (57号 Art 20)."""
    return replace(
        state,
        complaints=received(state.complaints, fact),
        oversight=replace(state.oversight, bureau_visit=None),
    )


def _complaint_answered(state: Open, fact: ComplaintAnswered) -> Open:
    """One that is upheld sends the case back to its survey."""
    told = replace(overseen(state, fact.answered_by), complaints=answered(state.complaints, fact))
    return back_to_survey(told, fact.answered_on) if fact.upheld else told


def _bureau_visited(state: Open, fact: BureauVisited) -> Open:
    seen = overseen(state, (*fact.visitors, *fact.recorded_by))
    visited = replace(seen, oversight=replace(seen.oversight, bureau_visit=fact))
    return back_to_survey(visited, fact.visited_on) if fact.conclusion == CONTRADICTS else visited


def _bureau_opined(state: Open, fact: BureauOpinionGiven) -> Open:
    if not fact.agrees:
        return back_to_survey(state, fact.given_on)
    return replace(state, oversight=replace(state.oversight, bureau_opinion=fact))


def _sent_up(state: Open, fact: FileSentUp) -> Open:
    """Whoever hands it in for the township doesn't decide it for the bureau."""
    return replace(
        state,
        investigators=state.investigators.union(fact.sent_by),
        oversight=replace(state.oversight, sent_up=fact),
    )


def _extended(state: Open, fact: LimitExtended) -> Open:
    return replace(state, oversight=replace(state.oversight, extended=fact))


OVERSEEN: Mapping[type[Fact], Callable[[Open, Any], Open]] = {
    BureauOpinionGiven: _bureau_opined,
    BureauVisited: _bureau_visited,
    ComplaintAnswered: _complaint_answered,
    ComplaintReceived: _complained,
    FileSentUp: _sent_up,
    LimitExtended: _extended,
}
"""The facts of oversight, each with what it changes."""
