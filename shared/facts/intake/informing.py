"""The fact of telling a household what it may be entitled to."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact
from shared.facts.people import NamedMember


@fact("intake.household_informed")
@dataclass(frozen=True, slots=True)
class HouseholdInformed(Fact):
    """A household in difficulty that hadn't applied was told of the policy (主动告知, 57号 Art 6);
    `person` is the member who was told.
    """

    informing: str
    township: str
    village: str
    person: str
    way: str
    informed_on: date
    personal: NamedMember | None
