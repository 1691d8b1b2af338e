"""Facts of intake (受理): from an application to its acceptance, or its other ends."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact
from shared.facts.people import Member, NamedMember, Payee


@dataclass(frozen=True, slots=True)
class Household:
    """The sealed part of an application: who they are and where the money would go."""

    applicant_name: str
    members: tuple[NamedMember, ...]
    phone: str | None
    address: str | None
    payee: Payee | None


@fact("intake.application_submitted")
@dataclass(frozen=True, slots=True)
class ApplicationSubmitted(Fact):
    """A household applied (57号 Art 4). `materials` are the codes of what came with it."""

    case: str
    household: str
    programme: str
    category: str
    township: str
    village: str
    applicant: str
    members: tuple[Member, ...]
    monthly_income_fen: int | None
    property_fen: int | None
    materials: tuple[str, ...]
    submitted_on: date
    source: str
    personal: Household | None


@fact("intake.supplement_requested")
@dataclass(frozen=True, slots=True)
class SupplementRequested(Fact):
    """Everything that is missing, told at once and only once (57号 Art 10)."""

    case: str
    missing: tuple[str, ...]
    requested_on: date


@dataclass(frozen=True, slots=True)
class SuppliedPayee:
    """The sealed part of a supplement."""

    payee: Payee | None


@fact("intake.materials_supplemented")
@dataclass(frozen=True, slots=True)
class MaterialsSupplemented(Fact):
    """Missing materials came in."""

    case: str
    supplied: tuple[str, ...]
    monthly_income_fen: int | None
    property_fen: int | None
    supplied_on: date
    personal: SuppliedPayee | None


@fact("intake.application_accepted")
@dataclass(frozen=True, slots=True)
class ApplicationAccepted(Fact):
    """Taken in for processing, never approved: the clock starts (57号 Art 10, 22)."""

    case: str
    household: str
    programme: str
    category: str
    township: str
    village: str
    applicant: str
    members: tuple[Member, ...]
    monthly_income_fen: int
    property_fen: int
    accepted_on: date
    personal: Household | None


@fact("intake.application_not_accepted")
@dataclass(frozen=True, slots=True)
class ApplicationNotAccepted(Fact):
    """Not taken in, with the reasons' codes; the household may apply again."""

    case: str
    reasons: tuple[str, ...]
    decided_on: date


@fact("intake.application_withdrawn")
@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn(Fact):
    """The household took its application back before a decision."""

    case: str
    reason: str
    withdrawn_on: date


@fact("intake.application_decided")
@dataclass(frozen=True, slots=True)
class ApplicationDecided(Fact):
    """How review ended it, noted here: CONFIRMED, DECLINED, or ENDED after it was confirmed."""

    case: str
    outcome: str
    decided_on: date
