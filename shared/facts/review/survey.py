"""Facts of review: what the survey of a household found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, fact, upcast
from shared.facts.evidence import EvidenceFile
from shared.facts.means import Means


@dataclass(frozen=True, slots=True)
class VisitForm:
    """The visit's form (入户调查表, 57号 Art 16(1)): in which way, who signed, which photos.

    `unsigned_reason` says why no member signed, None where one did.
    """

    way: str
    signed_by_visitors: tuple[str, ...]
    unsigned_reason: str | None
    photos: tuple[EvidenceFile, ...]


@fact("review.household_visited", v=2)
@dataclass(frozen=True, slots=True)
class HouseholdVisited(Fact):
    """A visit by two or more (57号 Art 16(1)); what they found, per month, in fen.

    `form` is None for a visit recorded before its form was asked for.
    """

    case: str
    visitors: tuple[str, ...]
    recorded_by: tuple[str, ...]
    visited_on: date
    signed_by_member: bool
    members_count: int
    monthly_income_fen: int
    property_fen: int
    form: VisitForm | None


@upcast("review.household_visited", 1)
def _without_form(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"form": None}


@fact("review.means_recorded")
@dataclass(frozen=True, slots=True)
class MeansRecorded(Fact):
    """Circumstances, incomes and property of every member, as surveyed (57号 Art 12-14).

    The two sums are of all lines, per month and in all, before exclusions, costs and exemptions.
    """

    case: str
    recorded_by: tuple[str, ...]
    recorded_on: date
    monthly_income_fen: int
    property_fen: int
    personal: Means | None
