"""What becomes of a household: every fork of the road, each taken by a hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.demo.choice import Choices
from services.demo.district import Unit
from services.demo.people import DemoHousehold, Standards
from services.demo.turn import Turn

_MISSING_STAYS: Final = 30  # per mille, as all shares here
_WITHDRAWN: Final = 20
_FOUND_MORE: Final = 50
_OBJECTION: Final = 70
_UPHELD: Final = 350
_DIES: Final = 60  # of those who live alone
_RETURNED: Final = 70
_APPLIES_TWICE: Final = 25


class Outcome(StrEnum):
    """Where the application ends."""

    NOT_ACCEPTED = "NOT_ACCEPTED"  # what was missing never came
    WITHDRAWN = "WITHDRAWN"
    DECLINED = "DECLINED"
    CONFIRMED = "CONFIRMED"
    ENDED = "ENDED"  # the household didn't cooperate


class Ground(StrEnum):
    """Why the application is declined."""

    DECLARED_INCOME = "DECLARED_INCOME"  # over the standard by its own statement
    VERIFIED_INCOME = "VERIFIED_INCOME"  # over the standard by the verification
    OBJECTION_UPHELD = "OBJECTION_UPHELD"
    VEHICLE_OWNED = "VEHICLE_OWNED"


class Objection(StrEnum):
    """What the inquiry into an objection finds."""

    UPHELD = "UPHELD"
    REJECTED = "REJECTED"


class PaymentFate(StrEnum):
    """How the first month's line stands at the end."""

    PAID = "PAID"
    CORRECTED_AND_PAID = "CORRECTED_AND_PAID"
    CORRECTED_AND_PENDING = "CORRECTED_AND_PENDING"
    RETURNED = "RETURNED"  # nobody has corrected it yet


class ReturnReason(StrEnum):
    """Why the bank sends a line back."""

    ACCOUNT_CLOSED = "ACCOUNT_CLOSED"
    NAME_MISMATCH = "NAME_MISMATCH"


@dataclass(frozen=True, slots=True)
class Fate:
    """One way through the month.

    `ground` and `found_income_fen` (a month, household) only where declined, `payment` only where
    a line is drawn: confirmed in time and alive. `second_township` is where a member applies again while
    the first application stands, and is refused. `supplement_days` are working days; None: never.
    """

    outcome: Outcome
    supplement_days: int | None
    ground: Ground | None = None
    found_income_fen: int | None = None
    objection: Objection | None = None
    dies_after_confirmation: bool = False
    payment: PaymentFate | None = None
    return_reason: ReturnReason | None = None
    second_township: str | None = None
    turn: Turn | None = None

    @property
    def straight(self) -> bool:
        """Confirmed and paid, without anything beside it: one who may take a turn."""
        paid = self.payment is PaymentFate.PAID
        return paid and self.objection is None and self.second_township is None


def fate(
    choices: Choices, household: DemoHousehold, units: Sequence[Unit], standards: Standards
) -> Fate:
    """The household's way, the same for the same seed and household."""
    own = choices.within("fate", household.number)
    if own.chance(_MISSING_STAYS, "missing"):
        return Fate(Outcome.NOT_ACCEPTED, None)
    days = own.between(1, 3, "supplement")
    if own.chance(_WITHDRAWN, "withdrawn"):
        return Fate(Outcome.WITHDRAWN, days)
    objection = _objection(own)
    return (
        _over_standard(own, days, household, standards)
        or _upheld(days, objection)
        or _confirmed(own, days, objection, household, units)
    )


def _over_standard(
    own: Choices, days: int, household: DemoHousehold, standards: Standards
) -> Fate | None:
    if household.over_standard:
        return Fate(Outcome.DECLINED, days, Ground.DECLARED_INCOME)
    if not own.chance(_FOUND_MORE, "found"):
        return None
    limit_fen = standards.of(household.category) * len(household.members)
    found_fen = limit_fen * own.between(1100, 1900, "income") // 10_000 * 10
    return Fate(Outcome.DECLINED, days, Ground.VERIFIED_INCOME, found_fen)


def _upheld(days: int, objection: Objection | None) -> Fate | None:
    if objection is not Objection.UPHELD:
        return None
    return Fate(Outcome.DECLINED, days, Ground.OBJECTION_UPHELD, objection=objection)


def _confirmed(
    own: Choices,
    days: int,
    objection: Objection | None,
    household: DemoHousehold,
    units: Sequence[Unit],
) -> Fate:
    if len(household.members) == 1 and own.chance(_DIES, "dies"):
        return Fate(Outcome.CONFIRMED, days, objection=objection, dies_after_confirmation=True)
    payment, reason = _payment(own)
    return Fate(
        Outcome.CONFIRMED,
        days,
        objection=objection,
        payment=payment,
        return_reason=reason,
        second_township=_second_township(own, household, units),
    )


def _objection(own: Choices) -> Objection | None:
    if not own.chance(_OBJECTION, "objection"):
        return None
    return Objection.UPHELD if own.chance(_UPHELD, "upheld") else Objection.REJECTED


def _payment(own: Choices) -> tuple[PaymentFate, ReturnReason | None]:
    if not own.chance(_RETURNED, "returned"):
        return PaymentFate.PAID, None
    corrected = (PaymentFate.CORRECTED_AND_PAID, PaymentFate.CORRECTED_AND_PAID)
    unpaid = (PaymentFate.CORRECTED_AND_PENDING, PaymentFate.RETURNED)
    return own.pick(corrected + unpaid, "settled"), own.pick(tuple(ReturnReason), "reason")


def _second_township(own: Choices, household: DemoHousehold, units: Sequence[Unit]) -> str | None:
    others = [unit.code for unit in units if unit.code != household.township]
    return own.pick(others, "second") if own.chance(_APPLIES_TWICE, "twice") and others else None
