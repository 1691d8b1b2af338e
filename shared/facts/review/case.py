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


@fact("review.household_changed")
@dataclass(frozen=True, slots=True)
class HouseholdChanged(Fact):
    """A member has died (`person`, on `happened_on`); `members`, `applicant` and `personal` are
    those who go on. What was found of the household before counts no longer (57号 Art 7, 19).

    `late`: it came after a decision, which still stands until it is checked (83号 一(三)).
    """

    case: str
    reason: str
    person: str
    happened_on: date
    changed_on: date
    applicant: str
    members: tuple[Member, ...]
    late: bool
    personal: Household | None


@fact("review.case_closed")
@dataclass(frozen=True, slots=True)
class CaseClosed(Fact):
    """Closed without a decision: withdrawn, the only member died, moved away.

    `late`: it came after a decision, which still stands.
    """

    case: str
    reason: str
    closed_on: date
    late: bool
