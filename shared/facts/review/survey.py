"""Facts of review: what the survey of a household found."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact


@fact("review.household_visited")
@dataclass(frozen=True, slots=True)
class HouseholdVisited(Fact):
    """A visit by two or more (57号 Art 16(1)); what they found, per month, in fen."""

    case: str
    visitors: tuple[str, ...]
    recorded_by: tuple[str, ...]
    visited_on: date
    signed_by_member: bool
    members_count: int
    monthly_income_fen: int
    property_fen: int


@fact("review.verification_requested")
@dataclass(frozen=True, slots=True)
class VerificationRequested(Fact):
    """The township asks the bureau to verify (57号 Art 17); `start_by` is the bureau's limit."""

    case: str
    requested_by: tuple[str, ...]
    requested_on: date
    start_by: date | None


@fact("review.verification_reported")
@dataclass(frozen=True, slots=True)
class VerificationReported(Fact):
    """What the registers say; `mismatches` are codes of items that differ from the declaration."""

    case: str
    reported_by: tuple[str, ...]
    reported_on: date
    monthly_income_fen: int
    property_fen: int
    mismatches: tuple[str, ...]
