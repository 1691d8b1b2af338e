"""What may be asked of review."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from shared.facts.intake import ApplicationAccepted


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Intake has accepted an application; happens by itself."""

    accepted: ApplicationAccepted

    @property
    def case(self) -> str:
        return self.accepted.case


@dataclass(frozen=True, slots=True)
class CloseCase:
    """The household took its application back; happens by itself."""

    case: str


@dataclass(frozen=True, slots=True)
class RecordHouseholdVisit:
    """Two or more went to the household; per month, in fen (57号 Art 16)."""

    case: str
    visitors: tuple[str, ...]
    visited_on: date
    signed_by_member: bool
    members_count: int
    monthly_income_fen: int
    property_fen: int


@dataclass(frozen=True, slots=True)
class RequestVerification:
    """Ask the bureau to verify (57号 Art 17)."""

    case: str


@dataclass(frozen=True, slots=True)
class ReportVerification:
    """The bureau says what the registers hold; per month, in fen (57号 Art 17)."""

    case: str
    monthly_income_fen: int
    property_fen: int
    mismatches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivePreliminaryOpinion:
    """The income that the findings support, per month, in fen (57号 Art 19)."""

    case: str
    monthly_income_fen: int


@dataclass(frozen=True, slots=True)
class PostPublicNotice:
    """Put the opinion up in the village (57号 Art 19)."""

    case: str
    place: str


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    """Somebody objects to what the notice shows; a name need not be given."""

    case: str
    text: str
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """What the new investigation found on an objection (57号 Art 19)."""

    case: str
    objection: int
    upheld: bool


@dataclass(frozen=True, slots=True)
class ClosePublicNotice:
    """The notice has run its days."""

    case: str


@dataclass(frozen=True, slots=True)
class ConfirmEligibility:
    """The first responsible person confirms (PLAN 行政正职; 57号 Art 21)."""

    case: str


@dataclass(frozen=True, slots=True)
class DeclineEligibility:
    """The first responsible person doesn't confirm, with reasons (57号 Art 21, 29)."""

    case: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServeWrittenNotice:
    """The household has been given the reasons in writing (57号 Art 21)."""

    case: str
    way: str


@dataclass(frozen=True, slots=True)
class TerminateAllowance:
    """Stop a confirmed allowance for a legal reason (57号 Art 31, 32)."""

    case: str
    reason: str


Command: TypeAlias = (
    OpenCase
    | CloseCase
    | RecordHouseholdVisit
    | RequestVerification
    | ReportVerification
    | GivePreliminaryOpinion
    | PostPublicNotice
    | RaiseObjection
    | AnswerObjection
    | ClosePublicNotice
    | ConfirmEligibility
    | DeclineEligibility
    | ServeWrittenNotice
    | TerminateAllowance
)
