"""Facts of an application's other ends."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact


@fact("intake.application_withdrawn")
@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn(Fact):
    """The household took its application back before a decision."""

    case: str
    reason: str
    withdrawn_on: date


@fact("intake.application_decided")
@dataclass(frozen=True, slots=True)
class ApplicationDecided(Fact):
    """How review ended it, noted here: CONFIRMED, DECLINED, or ENDED after it was confirmed."""

    case: str
    outcome: str
    decided_on: date
