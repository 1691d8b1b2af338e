"""What verification, neighbours and letters do to a case that stays open: facts folded in."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from services.review.domain.overseeing import overseen, with_file_back
from services.review.domain.state import Checking, Letters, Open
from shared.facts.base import Fact
from shared.facts.review import (
    EvidenceReceived,
    EvidenceRequested,
    MismatchTold,
    NeighboursConsulted,
    VerificationAbsent,
    VerificationDisputed,
    VerificationReported,
    VerificationRequested,
)


def with_people(state: Open, people: tuple[str, ...]) -> Open:
    """They investigated, and decide it no more."""
    if state.investigators.issuperset(people):
        return state
    return replace(state, investigators=state.investigators.union(people))


def _verified(state: Open, fact: VerificationReported) -> Open:
    known = overseen(state, fact.reported_by)
    return replace(known, verification=fact, checking=Checking(fact))


def _absent(state: Open, fact: VerificationAbsent) -> Open:
    return replace(overseen(state, fact.recorded_by), verification=fact)


def _told(state: Open, fact: MismatchTold) -> Open:
    return replace(with_people(state, fact.told_by), checking=replace(state.checking, told=True))


def _disputed(state: Open, fact: VerificationDisputed) -> Open:
    """What stood on the report counts no longer (57号 Art 18)."""
    checking = replace(state.checking, disputed=True)
    known = with_people(state, fact.recorded_by)
    return with_file_back(replace(known, checking=checking, opinion=None, notice=None))


def _letter_sent(state: Open, fact: EvidenceRequested) -> Open:
    letters = Letters(fact.letter, state.letters.waiting | {fact.letter})
    return replace(with_people(state, fact.sent_by), letters=letters)


def _letter_answered(state: Open, fact: EvidenceReceived) -> Open:
    letters = replace(state.letters, waiting=state.letters.waiting - {fact.letter})
    return replace(with_people(state, fact.recorded_by), letters=letters)


SURVEYED: Mapping[type[Fact], Callable[[Open, Any], Open]] = {
    VerificationRequested: lambda state, fact: replace(state, verification=fact),
    VerificationReported: _verified,
    VerificationAbsent: _absent,
    MismatchTold: _told,
    VerificationDisputed: _disputed,
    NeighboursConsulted: lambda state, fact: with_people(
        state, (*fact.visitors, *fact.recorded_by)
    ),
    EvidenceRequested: _letter_sent,
    EvidenceReceived: _letter_answered,
}
"""One line for each fact of these."""
