"""What may be asked of payments."""

from dataclasses import dataclass
from typing import TypeAlias

from shared.facts.payments import Receiver


@dataclass(frozen=True, slots=True)
class OpenEntitlement:
    """Review has confirmed a household; happens by itself."""

    household: str
    programme: str
    category: str
    case: str
    township: str
    village: str
    persons: tuple[str, ...]
    members_count: int
    allowance_fen: int
    from_month: str
    receiver: Receiver | None


@dataclass(frozen=True, slots=True)
class EndEntitlement:
    """Review has terminated the allowance; happens by itself."""

    household: str
    programme: str
    case: str
    reason: str
    stops_from: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Where the money is to go from now on. Without a holder it stays the same person's."""

    bank: str
    account: str
    holder_name: str | None = None
    holder_resident_id: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectPayee:
    """Another account of the household, after a return or on request (57号 Art 25)."""

    household: str
    programme: str
    reason: str
    account: NewAccount


@dataclass(frozen=True, slots=True)
class DrawRoster:
    """List who is to be paid in a month (PLAN 四), again after the bureau returned it."""

    township: str
    programme: str
    month: str


@dataclass(frozen=True, slots=True)
class SubmitRoster:
    """The township submits it to the bureau (PLAN 四)."""

    township: str
    programme: str
    month: str


@dataclass(frozen=True, slots=True)
class ReturnRoster:
    """The bureau sends it back with the reason."""

    township: str
    programme: str
    month: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApproveRoster:
    """The bureau approves these totals, which it names itself."""

    township: str
    programme: str
    month: str
    lines_count: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class RequestFunds:
    """The bureau applies to finance for the approved sum (PLAN 四)."""

    township: str
    programme: str
    month: str


@dataclass(frozen=True, slots=True)
class ReleaseFunds:
    """Finance releases the sum, which it names itself (PLAN 四)."""

    township: str
    programme: str
    month: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class MakeBatch:
    """Instruct a bank to pay all it can be told to pay; `bank` is its code or name."""

    programme: str
    month: str
    bank: str


@dataclass(frozen=True, slots=True)
class RecordBankFile:
    """The file that was handed to the bank, by format and SHA-256 (hex)."""

    batch: str
    format: str
    file_digest: str


@dataclass(frozen=True, slots=True)
class TakeBankResult:
    """The bank's answer to a batch, whole or in part, as the bytes of its file."""

    batch: str
    format: str
    content: bytes


EntitlementCommand: TypeAlias = OpenEntitlement | EndEntitlement | CorrectPayee
RosterCommand: TypeAlias = (
    DrawRoster | SubmitRoster | ReturnRoster | ApproveRoster | RequestFunds | ReleaseFunds
)
BatchCommand: TypeAlias = MakeBatch | RecordBankFile | TakeBankResult
