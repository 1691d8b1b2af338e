"""Facts of acceptance (受理), and of the register of officers' relatives."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, Rules, fact, upcast
from shared.facts.intake.application import Household
from shared.facts.people import Member


@fact("intake.application_accepted", v=3)
@dataclass(frozen=True, slots=True)
class ApplicationAccepted(Fact):
    """Taken in for processing, never approved: the clock starts (57号 Art 10, 22).

    `notice_number` is that of the acceptance notice (受理通知书); `relative_registered`: a member
    is close to who handles allowances or sits in the village committee, so the bureau visits
    before the decision (57号 Art 11, 20). `proxy` is who applied in
    their place (57号 Art 6), where that person is known, as a pseudonym.
    """

    case: str
    household: str
    programme: str
    category: str
    township: str
    village: str
    applicant: str
    members: tuple[Member, ...]
    monthly_income_fen: int
    property_fen: int
    accepted_on: date
    personal: Household | None
    notice_number: str = ""
    applies: str = "FAMILY"
    residence_elsewhere: bool = False
    applied_elsewhere: bool = False
    relative_registered: bool = False
    proxy: str | None = None


@upcast("intake.application_accepted", 1)
def _accepted_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 kept no register of relatives, and gave no number to its notice."""
    return data | {
        "notice_number": "",
        "applies": "FAMILY",
        "residence_elsewhere": False,
        "applied_elsewhere": False,
        "relative_registered": False,
    }


@upcast("intake.application_accepted", 2)
def _accepted_2(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2 didn't say who had applied in their place."""
    return data | {"proxy": None}


@fact("intake.relative_registered")
@dataclass(frozen=True, slots=True)
class RelativeRegistered(Fact):
    """An entry of the separate register (单独登记备案, 57号 Art 11; 220号 Art 14).

    `kinship` is what the member is to the officer; `source` is FILED by the officer, DECLARED by
    the household, or SELF: the member is the officer.
    """

    case: str
    entry: int
    person: str
    officer: str | None
    post: str
    kinship: str
    source: str
    registered_on: date
    rules: Rules


@fact("intake.application_not_accepted")
@dataclass(frozen=True, slots=True)
class ApplicationNotAccepted(Fact):
    """Not taken in, with the reasons' codes; the household may apply again."""

    case: str
    reasons: tuple[str, ...]
    decided_on: date
