"""Facts of review: a case begins and closes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, Rules, fact, upcast
from shared.facts.intake import Household
from shared.facts.people import Member


@fact("review.case_opened", v=3)
@dataclass(frozen=True, slots=True)
class CaseOpened(Fact):
    """An accepted application arrived; its limits by the rules of the day of acceptance.

    A limit is None where the calendar of that year isn't known yet. `organ` is who decides, by
    the policy of that day: TOWNSHIP where the power was devolved, else BUREAU (57号 Art 2; PLAN).
    `relative_registered`: entered apart as a relative of officers or cadres (57号 Art 11).
    `elsewhere`: residence_elsewhere (人户分离), applied_elsewhere (异地申办), as far as they hold:
    reasons to extend the limit (83号 四(一)). `proxy`: who applied in the household's place
    (57号 Art 6), where known, as a pseudonym.
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
    relative_registered: bool
    organ: str
    elsewhere: tuple[str, ...]
    survey_start_by: date | None
    decide_by: date | None
    rules: Rules
    calendar: str
    personal: Household | None
    proxy: str | None = None


@upcast("review.case_opened", 1)
def _opened_at_a_township(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 was written where the power was devolved, before anybody was entered apart."""
    return {**data, "relative_registered": False, "organ": "TOWNSHIP", "elsewhere": []}


@upcast("review.case_opened", 2)
def _opened_without_proxy(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 didn't say who had applied in their place."""
    return {**data, "proxy": None}


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
