"""Facts of what ends or changes an application before a decision, and of its decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, fact, upcast
from shared.facts.intake.application import Household
from shared.facts.people import Member


@fact("intake.application_withdrawn", v=2)
@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn(Fact):
    """Over before a decision: taken back (`kind` WITHDRAWN), or the only member has died
    (SOLE_MEMBER_DIED) or the household has moved away (MOVED_AWAY) on `happened_on`.
    """

    case: str
    reason: str
    withdrawn_on: date
    kind: str = "WITHDRAWN"
    happened_on: date | None = None


@upcast("intake.application_withdrawn", 1)
def _withdrawn_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 told only of what was taken back."""
    return data | {"kind": "WITHDRAWN", "happened_on": data["withdrawn_on"]}


@fact("intake.member_died")
@dataclass(frozen=True, slots=True)
class MemberDied(Fact):
    """A member has died before the decision; `members`, `applicant` and `personal` are those who
    go on with the application.
    """

    case: str
    person: str
    died_on: date
    reported_on: date
    applicant: str
    members: tuple[Member, ...]
    personal: Household | None


@fact("intake.application_decided")
@dataclass(frozen=True, slots=True)
class ApplicationDecided(Fact):
    """How review ended it, noted here: CONFIRMED, DECLINED, or ENDED after it was confirmed."""

    case: str
    outcome: str
    decided_on: date
