"""Where an application stands: a union of small types, folded from facts."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.intake import (
    ApplicationAccepted,
    ApplicationDecided,
    ApplicationNotAccepted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    AppliedByProxy,
    ConditionClaimed,
    Household,
    MaterialsSupplemented,
    MemberDied,
    SupplementRequested,
)
from shared.facts.people import Member, Payee


@dataclass(frozen=True, slots=True)
class NoApplication:
    """Nothing has been submitted under this number."""


@dataclass(frozen=True, slots=True)
class People:
    """Who goes on with the application; `named` is None once their key is destroyed."""

    applicant: str
    members: tuple[Member, ...]
    named: Household | None


@dataclass(frozen=True, slots=True)
class Pending:
    """Submitted, not yet accepted. `asked` is the one list that was told, or None.

    `materials` are those that came and those for which a written promise stands.
    `proxy_number`: the ID number of who applies in their place, where it was told.
    """

    submitted: ApplicationSubmitted
    about: About
    materials: frozenset[str]
    income_fen: int | None
    property_fen: int | None
    payee: Payee | None
    asked: tuple[str, ...] | None = None
    condition_claimed: bool = False
    proxy_number: str | None = None

    @property
    def people(self) -> People:
        told = self.submitted
        named = replace(told.personal, payee=self.payee) if told.personal else None
        return People(told.applicant, told.members, named)


@dataclass(frozen=True, slots=True)
class Accepted:
    """With review; it can still be withdrawn, and a member can still die."""

    about: About
    people: People


@dataclass(frozen=True, slots=True)
class Closed:
    """Not accepted, withdrawn, or decided; `outcome` says which."""

    about: About
    outcome: str


State: TypeAlias = NoApplication | Pending | Accepted | Closed


def about(state: State) -> About:
    """Whom and where the application concerns."""
    return About() if isinstance(state, NoApplication) else state.about


def evolve(state: State, fact: Fact) -> State:
    """The state after one more fact."""
    match state, fact:
        case NoApplication(), ApplicationSubmitted():
            return _pending(fact)
        case Pending(), AppliedByProxy():
            number = fact.personal.resident_id if fact.personal else None
            return replace(state, proxy_number=number)
        case Pending(), ConditionClaimed():
            return replace(state, condition_claimed=True)
        case Pending(), SupplementRequested():
            return replace(state, asked=fact.missing)
        case Pending(), MaterialsSupplemented():
            return _supplemented(state, fact)
        case Pending(), ApplicationAccepted():
            return Accepted(state.about, People(fact.applicant, fact.members, fact.personal))
        case Pending(), MemberDied():
            return _without(state, fact)
        case Accepted(), MemberDied():
            return replace(state, people=People(fact.applicant, fact.members, fact.personal))
        case Pending() | Accepted() | Closed(), (
            ApplicationNotAccepted() | ApplicationWithdrawn() | ApplicationDecided()
        ):
            return Closed(state.about, _outcome(fact))
        case _:
            raise ValueError(f"{fact.name} can't follow {type(state).__name__}")


def _outcome(
    fact: ApplicationNotAccepted | ApplicationWithdrawn | ApplicationDecided,
) -> str:
    match fact:
        case ApplicationDecided():
            return fact.outcome
        case ApplicationWithdrawn():
            return "WITHDRAWN"
        case ApplicationNotAccepted():
            return "NOT_ACCEPTED"
        case _:
            assert_never(fact)


def _pending(fact: ApplicationSubmitted) -> Pending:
    return Pending(
        submitted=fact,
        about=About(
            case=fact.case,
            household=fact.household,
            persons=tuple(member.person for member in fact.members),
            village=fact.village,
            township=fact.township,
        ),
        materials=frozenset((*fact.materials, *fact.promised)),
        income_fen=fact.monthly_income_fen,
        property_fen=fact.property_fen,
        payee=fact.personal.payee if fact.personal else None,
    )


def _without(state: Pending, fact: MemberDied) -> Pending:
    """Whom the application is about stays: also the dead member is found by it."""
    submitted = replace(
        state.submitted, applicant=fact.applicant, members=fact.members, personal=fact.personal
    )
    payee = fact.personal.payee if fact.personal else state.payee
    return replace(state, submitted=submitted, payee=payee)


def _supplemented(state: Pending, fact: MaterialsSupplemented) -> Pending:
    given = fact.monthly_income_fen, fact.property_fen
    supplied = fact.personal.payee if fact.personal else None
    return replace(
        state,
        materials=state.materials.union(fact.supplied, fact.promised),
        income_fen=state.income_fen if given[0] is None else given[0],
        property_fen=state.property_fen if given[1] is None else given[1],
        payee=supplied or state.payee,
    )
