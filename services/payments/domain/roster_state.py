"""Where a roster stands, and who has had which duty in it."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from services.payments.refusals import DutiesNotApart
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.payments import (
    FundsReleased,
    FundsRequested,
    RosterApproved,
    RosterDrawn,
    RosterReturned,
    RosterSubmitted,
)

People: TypeAlias = frozenset[str]
NOBODY: People = frozenset()


@dataclass(frozen=True, slots=True)
class Duties:
    """Who drew or submitted, who reviewed or applied for funds, who released; of all rounds."""

    drew: People = NOBODY
    reviewed: People = NOBODY
    released: People = NOBODY


def require_apart(ids: People, *others: People) -> None:
    """Nobody holds two of draw, review, release; raises DutiesNotApart (PLAN 二(一), 四)."""
    if any(other.intersection(ids) for other in others):
        raise DutiesNotApart("编制、审核、拨付须由不同的人办理（含代理），请换其他人员办理。")


@dataclass(frozen=True, slots=True)
class NoRoster:
    """Not drawn yet."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """With the township."""

    sheet: RosterDrawn
    duties: Duties


@dataclass(frozen=True, slots=True)
class Submitted:
    """With the bureau."""

    sheet: RosterDrawn
    duties: Duties


@dataclass(frozen=True, slots=True)
class Returned:
    """Sent back; to be drawn again."""

    sheet: RosterDrawn
    duties: Duties


@dataclass(frozen=True, slots=True)
class Approved:
    """Reviewed; the money is to be applied for."""

    sheet: RosterDrawn
    duties: Duties


@dataclass(frozen=True, slots=True)
class Requested:
    """With finance."""

    sheet: RosterDrawn
    duties: Duties
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Released:
    """The banks may be told to pay."""

    sheet: RosterDrawn
    duties: Duties


Standing: TypeAlias = Drawn | Submitted | Returned | Approved | Requested | Released
State: TypeAlias = NoRoster | Standing


def about(state: State) -> About:
    """A roster concerns its township."""
    return About() if isinstance(state, NoRoster) else About(township=state.sheet.township)


def evolve(state: State, fact: Fact) -> State:
    """The state after one more fact."""
    match state, fact:
        case NoRoster() | Returned(), RosterDrawn():
            duties = Duties() if isinstance(state, NoRoster) else state.duties
            return Drawn(fact, replace(duties, drew=duties.drew | set(fact.drawn_by)))
        case Drawn(sheet, duties), RosterSubmitted():
            return Submitted(sheet, replace(duties, drew=duties.drew | set(fact.submitted_by)))
        case Submitted(sheet, duties), RosterReturned():
            return Returned(sheet, _reviewed(duties, fact.reviewed_by))
        case Submitted(sheet, duties), RosterApproved():
            return Approved(sheet, _reviewed(duties, fact.reviewed_by))
        case Approved(sheet, duties), FundsRequested():
            return Requested(sheet, _reviewed(duties, fact.requested_by), fact.amount_fen)
        case Requested(sheet, duties), FundsReleased():
            return Released(
                sheet, replace(duties, released=duties.released | set(fact.released_by))
            )
        case _:
            raise ValueError(f"{fact.name} can't follow {type(state).__name__}")


def _reviewed(duties: Duties, people: tuple[str, ...]) -> Duties:
    return replace(duties, reviewed=duties.reviewed | set(people))
