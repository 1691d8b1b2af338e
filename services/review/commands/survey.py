"""What may be asked of the survey of a household."""

from dataclasses import dataclass
from datetime import date

from shared.facts.review import VisitForm


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
    form: VisitForm


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
