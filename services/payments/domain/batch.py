"""Deciding on a batch: make it, record its file, take the bank's answer (57号 Art 25)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from services.payments.commands import MakeBatch, RecordBankFile, TakeBankResult
from services.payments.domain.lines import Payable, batch_digest, line_stream, reference_of
from services.payments.domain.result import Attempt, FileLine, Refused, Taken, judge
from services.payments.domain.roster_state import People, require_apart
from services.payments.refusals import (
    BankFileDiffers,
    BankFileOtherBatch,
    FileAlreadyTaken,
    NoSuchBatch,
    NothingToPay,
)
from shared.context import Context
from shared.deciding import Decided, Decider, On
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.payments import (
    BankFileWritten,
    BankLineRefused,
    BankResultTaken,
    BatchMade,
    PaymentInstructed,
    PaymentReturned,
    PaymentSettled,
)
from shared.identity import named_id


@dataclass(frozen=True, slots=True)
class NoBatch:
    """Nothing has been made under this number."""


@dataclass(frozen=True, slots=True)
class Made:
    """With the bank. `taken` are the digests of result files; none is taken twice."""

    made: BatchMade
    file_digest: str | None = None
    taken: frozenset[str] = frozenset()


State: TypeAlias = NoBatch | Made


@dataclass(frozen=True, slots=True)
class ToPay:
    """All that may be paid through the bank now; who drew or reviewed those rosters."""

    bank: str
    lines: tuple[Payable, ...]
    drew_or_reviewed: People


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A bank's file as read, and the payments that its references name."""

    batch: str
    digest: str
    lines: tuple[FileLine, ...]
    attempts: Mapping[str, Attempt]


def batch_id(context: Context) -> str:
    """A new batch's number follows from the command that makes it."""
    return named_id("batch", context.command_id)


def decide(state: State, command: Any, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case MakeBatch():
            return make(command, context)
        case RecordBankFile():
            return record_file(require_made(state), command, context)
        case TakeBankResult():
            return take(require_made(state), command, context)
        case _:
            raise TypeError(type(command))


def require_made(state: State) -> Made:
    """The batch; raises NoSuchBatch."""
    match state:
        case Made():
            return state
        case NoBatch():
            raise NoSuchBatch("没有这个发放批次。")


def make(command: MakeBatch, context: Context) -> Decided:
    """Instruct every waiting line of the bank; a re-issue names the attempt that failed."""
    gathered: ToPay = context.gathered
    if not gathered.lines:
        raise NothingToPay("该行本月没有待发放的款项；退票的须先更正收款账户。")
    require_apart(context.people, gathered.drew_or_reviewed)
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


def take(state: Made, command: TakeBankResult, context: Context) -> Decided:
    """Settled, returned and refused lines are facts of their own; the batch's holds the totals."""
    file: ResultFile = context.gathered
    if file.batch != command.batch:
        raise BankFileOtherBatch("文件中的批次号与所选批次不一致，请核对文件。")
    if file.digest in state.taken:
        raise FileAlreadyTaken("这份回盘文件已经处理过，没有重复登记。")
    verdicts = list(judge(file.lines, file.attempts, command.batch))
    taken = [v for v in verdicts if isinstance(v, Taken)]
    settled = [v for v in taken if v.line.reason is None]
    returned = [v for v in taken if v.line.reason is not None]
    refused = [v for v in verdicts if isinstance(v, Refused)]
    return [
        *map(_settled, settled),
        *map(_returned, returned),
        *(_refused(v, command.batch, file.digest) for v in refused),
        BankResultTaken(
            batch=command.batch,
            file_digest=file.digest,
            taken_by=context.people,
            taken_on=context.today,
            settled_count=len(settled),
            settled_fen=_fen(settled),
            returned_count=len(returned),
            returned_fen=_fen(returned),
            refused_count=len(refused),
        ),
    ]


def _fen(taken: Sequence[Taken]) -> int:
    return sum(one.attempt.amount_fen for one in taken)


def _settled(taken: Taken) -> On:
    paid, line = taken.attempt, taken.line
    fact = PaymentSettled(
        paid.household,
        paid.programme,
        paid.month,
        paid.reference,
        paid.batch,
        paid.amount_fen,
        line.bank_serial,
        line.on,
    )
    return On(line_stream(paid.household, paid.programme, paid.month), fact, paid.about)


def _returned(taken: Taken) -> On:
    failed, line = taken.attempt, taken.line
    fact = PaymentReturned(
        failed.household,
        failed.programme,
        failed.month,
        failed.reference,
        failed.batch,
        failed.amount_fen,
        line.reason or "",
        line.on,
    )
    return On(line_stream(failed.household, failed.programme, failed.month), fact, failed.about)


def _refused(refused: Refused, batch: str, digest: str) -> On:
    fact = BankLineRefused(batch, digest, refused.row, refused.problem.value)
    return On(f"bank-line/{digest[:24]}/{refused.row}", fact, refused.about)


def evolve(state: State, fact: Fact) -> State:
    """The state after one more fact."""
    match state, fact:
        case NoBatch(), BatchMade():
            return Made(fact)
        case Made(), BankFileWritten():
            return replace(state, file_digest=fact.file_digest)
        case Made(), BankResultTaken():
            return replace(state, taken=state.taken | {fact.file_digest})
        case _:
            raise ValueError(f"{fact.name} can't follow {type(state).__name__}")


def about(_state: State) -> About:
    """A batch concerns a bank and many households; its lines say which."""
    return About()


BATCH: Decider[State] = Decider(NoBatch(), decide, evolve, about)
