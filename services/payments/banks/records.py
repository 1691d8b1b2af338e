"""What a payment file and a result file hold, whatever a bank's layout."""

from dataclasses import dataclass
from datetime import date

from services.payments.domain.result import FileLine

CURRENCY = "CNY"


@dataclass(frozen=True, slots=True)
class OrderHeader:
    """The first row of a payment file: declared count and sum, in fen."""

    batch: str
    payer: str
    value_on: date
    lines_count: int
    amount_fen: int
    currency: str = CURRENCY


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One payment: whose account, how much, what for, and our reference."""

    sequence: int
    account: str
    name: str
    resident_id: str
    amount_fen: int
    purpose: str
    reference: str


@dataclass(frozen=True, slots=True)
class BankOutcome:
    """What a bank answers for one payment; `reason` is a house code, None when it arrived."""

    sequence: int
    reference: str
    amount_fen: int
    reason: str | None
    bank_serial: str
    on: date


@dataclass(frozen=True, slots=True)
class ResultContent:
    """A result file as read: the batch that it says it answers, and its lines."""

    batch: str
    lines: tuple[FileLine, ...]
