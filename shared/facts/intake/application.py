"""Facts of an application as the household made it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, fact, upcast
from shared.facts.people import Member, NamedMember, Payee


@dataclass(frozen=True, slots=True)
class Household:
    """The sealed part of an application: who they are and where the money would go."""

    applicant_name: str
    members: tuple[NamedMember, ...]
    phone: str | None
    address: str | None
    payee: Payee | None


@dataclass(frozen=True, slots=True)
class RelatedOfficer:
    """A member's tie to who handles allowances, or sits in the village committee, as declared.

    `kinship` is what the member is to that person; `officer` is None for somebody without an
    account here (220号 Art 14: 如实申明).
    """

    person: str
    kinship: str
    post: str
    officer: str | None


@fact("intake.application_submitted", v=2)
@dataclass(frozen=True, slots=True)
class ApplicationSubmitted(Fact):
    """A household applied (57号 Art 4). `materials` are the codes of what came with it, `promised`
    those for which a written promise stands (83号 一(二)).

    `residence_elsewhere` 人户分离, `applied_elsewhere` 异地申办 (57号 Art 5); `applies` FAMILY or
    ALONE (57号 Art 8); `informed` the numbers of earlier informings (57号 Art 6).
    """

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
    applies: str = "FAMILY"
    registered_here: bool = True
    residence_elsewhere: bool = False
    applied_elsewhere: bool = False
    related_officers: tuple[RelatedOfficer, ...] = ()
    promised: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


@upcast("intake.application_submitted", 1)
def _submitted_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 knew families only, registered and living in the township."""
    return data | {
        "applies": "FAMILY",
        "registered_here": True,
        "residence_elsewhere": False,
        "applied_elsewhere": False,
        "related_officers": [],
        "promised": [],
        "informed": [],
    }


@dataclass(frozen=True, slots=True)
class NamedProxy:
    """The sealed part: who applies in the household's place."""

    name: str
    resident_id: str | None


@fact("intake.applied_by_proxy")
@dataclass(frozen=True, slots=True)
class AppliedByProxy(Fact):
    """The village committee or another person applied for them (57号 Art 6), authorised by a
    document of which the SHA-256 (hex) is kept."""

    case: str
    kind: str
    authorised_on: date
    authorisation_sha256: str
    personal: NamedProxy | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The sealed part: on what ground somebody applies alone, and what is claimed of members."""

    alone_ground: str | None
    conditions: tuple[str, ...]


@fact("intake.condition_claimed")
@dataclass(frozen=True, slots=True)
class ConditionClaimed(Fact):
    """Something is claimed that needs a proof (57号 Art 8); what it is stays sealed."""

    case: str
    personal: Claim | None


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


@fact("intake.materials_supplemented", v=2)
@dataclass(frozen=True, slots=True)
class MaterialsSupplemented(Fact):
    """Missing materials came in, or a written promise in their place (83号 一(二))."""

    case: str
    supplied: tuple[str, ...]
    monthly_income_fen: int | None
    property_fen: int | None
    supplied_on: date
    personal: SuppliedPayee | None
    promised: tuple[str, ...] = ()


@upcast("intake.materials_supplemented", 1)
def _supplemented_1(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"promised": []}
