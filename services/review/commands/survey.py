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
