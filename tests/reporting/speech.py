"""Facts of the other houses, as short as a test wants them."""

from datetime import UTC, date, datetime, time

from shared.clock import CHINA
from shared.envelope import About
from shared.facts.gateway import OfficerAppointed, UnitRegistered
from shared.facts.intake import ApplicationWithdrawn
from shared.facts.payments import (
    LineDrawn,
    LineWithdrawn,
    PaymentInstructed,
    PaymentReturned,
    PaymentSettled,
    RosterApproved,
    RosterDrawn,
)
from shared.facts.people import Payee
from shared.facts.review import AllowanceTerminated, Beneficiary, EligibilityConfirmed

DAY = date(2024, 3, 4)
DIBAO = "SUBSISTENCE_ALLOWANCE"
TOWN = "411603101"


def at(day: str, hour: int = 9) -> datetime:
    """An hour of a day in China."""
    return datetime.combine(date.fromisoformat(day), time(hour), CHINA).astimezone(UTC)


def about(number: int, township: str = TOWN) -> About:
    """Case, household and one person, all of one number."""
    return About(f"case-{number}", f"hh-{number}", (f"p-{number}",), "东关村", township)


def withdrawn(number: int) -> ApplicationWithdrawn:
    return ApplicationWithdrawn(f"case-{number}", "家庭自愿", DAY)


def confirmed(
    number: int, from_month: str, members_count: int = 2, household: int | None = None
) -> EligibilityConfirmed:
    return EligibilityConfirmed(
        case=f"case-{number}",
        household=f"hh-{number if household is None else household}",
        programme=DIBAO,
        category="RURAL",
        confirmed_by=("head-1",),
        confirmed_on=DAY,
        members_count=members_count,
        allowance_fen=30_000,
        from_month=from_month,
        organ="TOWNSHIP",
        legal_form="AUTHORISED",
        rules={},
        personal=Beneficiary("李某", Payee("李某", "999999199001010008", "RURAL", "6200")),
    )


def terminated(number: int, stops_from: str) -> AllowanceTerminated:
    return AllowanceTerminated(
        f"case-{number}", f"hh-{number}", DIBAO, "INCOME_OVER", ("head-1",), DAY, stops_from
    )


def roster_drawn(month: str, round_: int, amount_fen: int, township: str = TOWN) -> RosterDrawn:
    return RosterDrawn(township, DIBAO, month, round_, ("o-1",), DAY, 1, amount_fen, "d")


def roster_approved(round_: int, amount_fen: int) -> RosterApproved:
    return RosterApproved(round_, ("bureau-1",), DAY, 1, amount_fen, "d")


def line_drawn(number: int, month: str, amount_fen: int, round_: int = 1) -> LineDrawn:
    return LineDrawn(f"hh-{number}", DIBAO, month, "RURAL", 2, amount_fen, 1, round_)


def line_withdrawn(number: int, month: str, amount_fen: int, round_: int = 2) -> LineWithdrawn:
    return LineWithdrawn(f"hh-{number}", DIBAO, month, amount_fen, "TERMS_CHANGED", round_)


def instructed(number: int, month: str, amount_fen: int, attempt: int = 1) -> PaymentInstructed:
    return PaymentInstructed(
        f"hh-{number}", DIBAO, month, f"r-{number}-{attempt}", attempt, None, "b-1", amount_fen, 1
    )


def settled(number: int, month: str, amount_fen: int) -> PaymentSettled:
    return PaymentSettled(f"hh-{number}", DIBAO, month, "r", "b-1", amount_fen, "s", DAY)


def returned(number: int, month: str, amount_fen: int) -> PaymentReturned:
    return PaymentReturned(f"hh-{number}", DIBAO, month, "r", "b-1", amount_fen, "CLOSED", DAY)


def unit(code: str, name: str, kind: str = "TOWNSHIP") -> UnitRegistered:
    return UnitRegistered(code, name, kind, date(2021, 2, 1))


def appointed(officer: str, role: str, township: str | None = None) -> OfficerAppointed:
    return OfficerAppointed(
        f"a-{officer}", officer, f"{officer}某", "科员", role, "411603", township, None, None,
        date(2021, 2, 1),
    )  # fmt: skip
