"""What may be asked of intake."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account is to receive the money."""

    holder_name: str
    holder_resident_id: str
    bank: str
    account: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the household as they wrote themselves down."""

    name: str
    relation: str
    resident_id: str


@dataclass(frozen=True, slots=True)
class RecordInformed:
    """A household in difficulty that hadn't applied was told of the policy (57号 Art 6)."""

    township: str
    village: str
    name: str
    resident_id: str
    way: str
    informed_on: date


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who applies in the household's place, and the document that allows it (57号 Art 6)."""

    kind: str
    name: str
    resident_id: str | None = None
    authorised_on: date | None = None
    authorisation_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedOfficer:
    """A member declares to be close to who handles allowances (220号 Art 14).

    `kinship` is what the member is to that person; `officer` where they have an account here.
    """

    resident_id: str
    kinship: str
    post: str
    officer: str | None = None


@dataclass(frozen=True, slots=True)
class SubmitApplication:
    """A household applies through one of its members (57号 Art 4–6, 8, 9); `applicant` is that
    member's ID number, the head's where none is given.
    """

    township: str
    village: str
    programme: str
    category: str
    members: tuple[Person, ...]
    applied_on: date
    source: str
    signed_authorisation: bool = False
    honesty_statement: bool = False
    monthly_income_fen: int | None = None
    property_fen: int | None = None
    account: Account | None = None
    phone: str | None = None
    address: str | None = None
    applicant: str | None = None
    proxy: Proxy | None = None
    applies: str = "FAMILY"
    alone_ground: str | None = None
    conditions: tuple[str, ...] = ()
    registered_here: bool = True
    residence_elsewhere: bool = False
    applied_elsewhere: bool = False
    related_officers: tuple[RelatedOfficer, ...] = ()
    identity_documents: bool = False
    condition_proof: bool = False
    obligor_authorisation: bool = False
    promised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestSupplement:
    """Tell the household, once, all that is missing (57号 Art 10)."""

    case: str


@dataclass(frozen=True, slots=True)
class SupplyMaterials:
    """The household brings what was missing."""

    case: str
    signed_authorisation: bool = False
    honesty_statement: bool = False
    monthly_income_fen: int | None = None
    property_fen: int | None = None
    account: Account | None = None
    identity_documents: bool = False
    condition_proof: bool = False
    obligor_authorisation: bool = False
    promised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptApplication:
    """Take a complete application in for processing (57号 Art 10)."""

    case: str


@dataclass(frozen=True, slots=True)
class RefuseAcceptance:
    """Don't take it in, with reasons."""

    case: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawApplication:
    """The household takes its application back, has moved away, or its only member has died."""

    case: str
    reason: str
    kind: str = "WITHDRAWN"
    happened_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReportMemberDeath:
    """One of several members has died; who applies from now on, and whose account is paid, where
    it was theirs.
    """

    case: str
    resident_id: str
    died_on: date
    applicant: str | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class NoteDecision:
    """Review has decided, or what it confirmed has ended; happens by itself."""

    case: str
    outcome: str
    decided_on: date


Command: TypeAlias = (
    SubmitApplication
    | RequestSupplement
    | SupplyMaterials
    | AcceptApplication
    | RefuseAcceptance
    | WithdrawApplication
    | ReportMemberDeath
    | NoteDecision
)
