"""Taking a bank's answer: each line a fact of its own, the totals the batch's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.payments.commands import TakeBankResult
from services.payments.domain.batch_state import Made
from services.payments.domain.lines import line_stream
from services.payments.domain.result import Asked, Attempt, FileLine, Refused, Taken, judge
from services.payments.refusals import BankFileEmpty, BankFileOtherBatch, FileAlreadyTaken
from shared.context import Context
from shared.deciding import Decided, On
from shared.facts.payments import (
    BankLineRefused,
    BankResultTaken,
    PaymentReturned,
    PaymentSettled,
)


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A bank's file as read, and the payments that its references name."""

    batch: str
    digest: str
    lines: tuple[FileLine, ...]
    attempts: Mapping[str, Attempt]


def take(state: Made, command: TakeBankResult, context: Context) -> Decided:
    """Settled, returned and refused lines are facts of their own; the batch's holds the totals."""
    file: ResultFile = context.gathered
    if file.batch != command.batch:
        raise BankFileOtherBatch("文件中的批次号与所选批次不一致，请核对文件。")
    if not file.lines:
        raise BankFileEmpty("文件中没有任何明细，没有登记；请核对是否为该批次的回盘文件。")
    if file.digest in state.taken:
        raise FileAlreadyTaken("这份回盘文件已经处理过，没有重复登记。")
    asked = Asked(command.batch, state.made.made_on, context.today)
    verdicts = list(judge(file.lines, file.attempts, asked))
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
