"""Facts of review: a case begins and closes."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, Rules, fact
from shared.facts.intake import Household
from shared.facts.people import Member


@fact("review.case_opened")
@dataclass(frozen=True, slots=True)
class CaseOpened(Fact):
    """An accepted application arrived; its limits by the rules of the day of acceptance.

    A limit is None where the calendar of that year isn't known yet.
    """

    case: str
    household: str
    programme: str
    category: str
    township: str
    village: str
    applicant: str
    members: tuple[Member, ...]
    declared_income_fen: int
    declared_property_fen: int
    accepted_on: date
    survey_start_by: date | None
    decide_by: date | None
    rules: Rules
    calendar: str
    personal: Household | None


@fact("review.case_closed")
@dataclass(frozen=True, slots=True)
class CaseClosed(Fact):
    """Closed without a decision. `late`: the withdrawal came after one, which still stands."""

    case: str
    reason: str
    closed_on: date
    late: bool
