"""Facts of payments (资金发放): entitlement → roster → funds → batch → bank → account.

A roster line's whole life is one stream, `line/<household>/<programme>/<month>`; a roster's or
batch's own facts hold count, sum and digest, never the lines. Money is integer fen.
"""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact
from shared.facts.people import Payee


@dataclass(frozen=True, slots=True)
class Receiver:
    """The sealed part: whose household (户主姓名), and whose account receives the money.

    `head_name` is "" where it was erased before the account was corrected.
    """

    head_name: str
    payee: Payee


@fact("payments.entitlement_opened")
@dataclass(frozen=True, slots=True)
class EntitlementOpened(Fact):
    """A confirmed household may be paid `allowance_fen` a month from `from_month` on.

    Where it lives and who belongs to it (pseudonyms) come along: a line's scope and relatives.
    """

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
    personal: Receiver | None


@fact("payments.entitlement_ended")
@dataclass(frozen=True, slots=True)
class EntitlementEnded(Fact):
    """Nothing is paid for months from `stops_from` on."""

    household: str
    programme: str
    reason: str
    stops_from: str


@fact("payments.payee_corrected")
@dataclass(frozen=True, slots=True)
class PayeeCorrected(Fact):
    """Another account of the household, after the bank returned a payment or on request."""

    household: str
    programme: str
    corrected_by: tuple[str, ...]
    corrected_on: date
    reason: str
    personal: Receiver | None


@fact("payments.roster_drawn")
@dataclass(frozen=True, slots=True)
class RosterDrawn(Fact):
    """A township's roster (花名册) of a month; `round` counts drawings after returns, from 1."""

    township: str
    programme: str
    month: str
    round: int
    drawn_by: tuple[str, ...]
    drawn_on: date
    lines_count: int
    amount_fen: int
    digest: str


@fact("payments.roster_submitted")
@dataclass(frozen=True, slots=True)
class RosterSubmitted(Fact):
    """The township submits the roster to the civil affairs bureau."""

    round: int
    submitted_by: tuple[str, ...]
    submitted_on: date


@fact("payments.roster_returned")
@dataclass(frozen=True, slots=True)
class RosterReturned(Fact):
    """The bureau sends it back with the reason."""

    round: int
    reviewed_by: tuple[str, ...]
    reviewed_on: date
    reason: str


@fact("payments.roster_approved")
@dataclass(frozen=True, slots=True)
class RosterApproved(Fact):
    """The bureau has reviewed these lines: same count, sum and digest as drawn."""

    round: int
    reviewed_by: tuple[str, ...]
    reviewed_on: date
    lines_count: int
    amount_fen: int
    digest: str


@fact("payments.funds_requested")
@dataclass(frozen=True, slots=True)
class FundsRequested(Fact):
    """The bureau applies to finance for the approved sum (PLAN 四)."""

    requested_by: tuple[str, ...]
    requested_on: date
    amount_fen: int


@fact("payments.funds_released")
@dataclass(frozen=True, slots=True)
class FundsReleased(Fact):
    """Finance releases exactly the requested sum."""

    released_by: tuple[str, ...]
    released_on: date
    amount_fen: int


@fact("payments.line_drawn")
@dataclass(frozen=True, slots=True)
class LineDrawn(Fact):
    """One household's money of one month. Where it comes from: the entitlement at a version."""

    household: str
    programme: str
    month: str
    category: str
    members_count: int
    amount_fen: int
    entitlement_version: int
    round: int


@fact("payments.line_withdrawn")
@dataclass(frozen=True, slots=True)
class LineWithdrawn(Fact):
    """Taken off a roster that was returned, before any money moved."""

    household: str
    programme: str
    month: str
    amount_fen: int
    reason: str
    round: int


@fact("payments.payment_instructed")
@dataclass(frozen=True, slots=True)
class PaymentInstructed(Fact):
    """The bank is told to pay a line. `reference` is unique for ever; a re-issue names the
    failed one in `previous`."""

    household: str
    programme: str
    month: str
    reference: str
    attempt: int
    previous: str | None
    batch: str
    amount_fen: int
    payee_version: int


@fact("payments.payment_settled")
@dataclass(frozen=True, slots=True)
class PaymentSettled(Fact):
    """The money is in the account."""

    household: str
    programme: str
    month: str
    reference: str
    batch: str
    amount_fen: int
    bank_serial: str
    settled_on: date


@fact("payments.payment_returned")
@dataclass(frozen=True, slots=True)
class PaymentReturned(Fact):
    """The bank gave the money back (退票), with its reason code."""

    household: str
    programme: str
    month: str
    reference: str
    batch: str
    amount_fen: int
    reason: str
    returned_on: date


@fact("payments.batch_made")
@dataclass(frozen=True, slots=True)
class BatchMade(Fact):
    """One bank's payments with declared count and sum; `digest` is over its lines in order."""

    batch: str
    bank: str
    programme: str
    month: str
    made_by: tuple[str, ...]
    made_on: date
    lines_count: int
    amount_fen: int
    digest: str


@fact("payments.bank_file_written")
@dataclass(frozen=True, slots=True)
class BankFileWritten(Fact):
    """The file handed to the bank, by its format and SHA-256."""

    batch: str
    format: str
    written_by: tuple[str, ...]
    written_on: date
    file_digest: str


@fact("payments.bank_result_taken")
@dataclass(frozen=True, slots=True)
class BankResultTaken(Fact):
    """A result file of the bank, taken line by line; refused lines are facts of their own."""

    batch: str
    file_digest: str
    taken_by: tuple[str, ...]
    taken_on: date
    settled_count: int
    settled_fen: int
    returned_count: int
    returned_fen: int
    refused_count: int


@fact("payments.bank_line_refused")
@dataclass(frozen=True, slots=True)
class BankLineRefused(Fact):
    """One line of a result file that changes nothing: its row in the file, and why."""

    batch: str
    file_digest: str
    row: int
    code: str
