"""Deciding on a batch: make it, record its file, take the bank's answer (57号 Art 25)."""

from dataclasses import dataclass
from typing import assert_never

from services.payments.commands import BatchCommand, MakeBatch, RecordBankFile, TakeBankResult
from services.payments.domain.answering import take
from services.payments.domain.batch_state import Made, NoBatch, State, about, evolve, require_made
from services.payments.domain.lines import Payable, batch_digest, line_stream, reference_of
from services.payments.domain.roster_state import People, require_apart
from services.payments.refusals import BankFileDiffers, NothingToPay
from shared.context import Context
from shared.deciding import Decided, Decider, On
from shared.envelope import About
from shared.facts.payments import BankFileWritten, BatchMade, PaymentInstructed
from shared.identity import named_id


@dataclass(frozen=True, slots=True)
class ToPay:
    """All that may be paid through the bank now; who drew or reviewed those rosters."""

    bank: str
    lines: tuple[Payable, ...]
    drew_or_reviewed: People


def batch_id(context: Context) -> str:
    """A new batch's number follows from the command that makes it."""
    return named_id("batch", context.command_id)


def decide(state: State, command: BatchCommand, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case MakeBatch():
            return make(command, context)
        case RecordBankFile():
            return record_file(require_made(state), command, context)
        case TakeBankResult():
            return take(require_made(state), command, context)
        case _:
            assert_never(command)


def make(command: MakeBatch, context: Context) -> Decided:
    """Instruct every waiting line of the bank; a re-issue names the attempt that failed."""
    gathered: ToPay = context.gathered
    if not gathered.lines:
        raise NothingToPay("该行本月没有待发放的款项；退票的须先更正收款账户。")
    require_apart(context.ids, gathered.drew_or_reviewed)
    orders = [_instructed(line, command, context) for line in gathered.lines]
    facts = [order for _, order in orders]
    made = BatchMade(
        batch=batch_id(context),
        bank=gathered.bank,
        programme=command.programme,
        month=command.month,
        made_by=context.people,
        made_on=context.today,
        lines_count=len(facts),
        amount_fen=sum(fact.amount_fen for fact in facts),
        digest=batch_digest([(f.reference, f.amount_fen, f.payee_version) for f in facts]),
    )
    return [
        *(On(line_stream(f.household, f.programme, f.month), f, about) for about, f in orders),
        made,
    ]


def _instructed(
    line: Payable, command: MakeBatch, context: Context
) -> tuple[About, PaymentInstructed]:
    attempt = line.attempts_count + 1
    stream = line_stream(line.household, command.programme, command.month)
    return line.about, PaymentInstructed(
        household=line.household,
        programme=command.programme,
        month=command.month,
        reference=reference_of(stream, attempt),
        attempt=attempt,
        previous=line.previous,
        batch=batch_id(context),
        amount_fen=line.amount_fen,
        payee_version=line.payee_version,
    )


def record_file(state: Made, command: RecordBankFile, context: Context) -> Decided:
    """One file for each batch: the bank must not be handed two that differ."""
    if state.file_digest == command.file_digest:
        return []
    if state.file_digest is not None:
        raise BankFileDiffers("该批次已向银行提交过另一份文件，不能再提交内容不同的文件。")
    return [
        BankFileWritten(
            command.batch, command.format, context.people, context.today, command.file_digest
        )
    ]


BATCH: Decider[State] = Decider(NoBatch(), decide, evolve, about)
