"""What decisions need from tables and files, and what answers tell beside stream and version."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from services.payments import commands as c
from services.payments.banks.registry import Bank, bank_named, bank_of
from services.payments.domain import batch_state as batches
from services.payments.domain import roster as rosters
from services.payments.domain.answering import ResultFile
from services.payments.domain.batch import ToPay
from services.payments.domain.drawing import Found
from services.payments.domain.lines import roster_stream
from services.payments.domain.result import SENTENCES, Problem, ResultLine
from services.payments.domain.roster_state import NOBODY, NoRoster
from services.payments.domain.serials import without_names
from services.payments.read_models.lines import (
    attempts,
    found_for,
    lock_batch,
    payable,
    stored_lines,
    waiting_banks,
)
from services.payments.read_models.payees import payee_facts, payees_in
from services.payments.refusals import BankFileFormat, OtherBank
from shared.context import Context
from shared.decider import UnitOfWork
from shared.facts.base import Fact
from shared.facts.payments import BankLineRefused, BankResultTaken, BatchMade

REFUSED_SHOWN_MAX = 100


def known_bank(
    _uow: UnitOfWork, command: c.CorrectPayee, _state: object, _context: Context
) -> Bank:
    """The new account's bank; raises BankUnknown, or the money would wait for ever."""
    return bank_named(command.account.bank)


def who_is_due(uow: UnitOfWork, command: c.DrawRoster, _state: object, _context: Context) -> Found:
    """Entitlements of the township for the month, and what is listed already."""
    roster = roster_stream(command.township, command.programme, command.month)
    return found_for(uow.conn, roster, command.township, command.programme, command.month)


def stored(
    uow: UnitOfWork, command: c.ApproveRoster, _state: object, _context: Context
) -> rosters.Stored:
    """The roster's lines as the tables hold them."""
    roster = roster_stream(command.township, command.programme, command.month)
    return rosters.Stored(stored_lines(uow.conn, roster))


def to_pay(uow: UnitOfWork, command: c.MakeBatch, _state: object, _context: Context) -> ToPay:
    """The waiting lines of all names that mean this bank, and who drew or reviewed them."""
    bank = bank_named(command.bank)
    waiting = waiting_banks(uow.conn, command.programme, command.month)
    names = [name for name in waiting if bank_of(name) is bank]
    lines, involved = payable(uow.conn, command.programme, command.month, names)
    people = NOBODY
    for name in involved:  # a township each, some twenty in a district
        state = uow.load(rosters.ROSTER, name).state
        if not isinstance(state, NoRoster):
            people |= state.duties.drew | state.duties.reviewed
    return ToPay(bank.code, lines, people)


def its_format(
    _uow: UnitOfWork, command: c.RecordBankFile, state: batches.State, _context: Context
) -> None:
    """A file of this batch is in its bank's format."""
    _bank_of_batch(state, command.format)


def result_file(
    uow: UnitOfWork, command: c.TakeBankResult, state: batches.State, context: Context
) -> ResultFile:
    """The file's lines and the payments that they name, in one query a thousand.

    The batch's accounts are opened for a comparison and go no further.
    """
    bank = _bank_of_batch(state, command.format)
    desk = bank_of(context.actor.organisation)
    if desk is not None and desk is not bank:
        raise OtherBank("该批次由其他银行代发，请由该行办理。")
    result = bank.format.read_result(command.content)
    lock_batch(uow.conn, command.batch)
    named = dict.fromkeys(x.reference for x in result.lines if isinstance(x, ResultLine))
    digest = hashlib.sha256(command.content).hexdigest()
    found = attempts(uow.conn, list(named))
    payees = payees_in(uow.decode(payee_facts(uow.conn, command.batch)))
    lines = without_names(result.lines, found, payees)
    return ResultFile(result.batch, digest, lines, found)


def _bank_of_batch(state: batches.State, format_code: str) -> Bank:
    bank = bank_named(batches.require_made(state).made.bank)
    if format_code != bank.format.code:
        raise BankFileFormat(f"该批次的文件格式应为 {bank.format.code}。")
    return bank


def batch_details(facts: Sequence[Fact]) -> Mapping[str, Any]:
    """The new batch's number, count and sum."""
    made = next(fact for fact in facts if isinstance(fact, BatchMade))
    return {
        "batch": made.batch,
        "bank": made.bank,
        "format": bank_named(made.bank).format.code,
        "lines_count": made.lines_count,
        "amount_fen": made.amount_fen,
    }


def result_details(facts: Sequence[Fact]) -> Mapping[str, Any]:
    """What was taken, and the first hundred lines that were not, each with its reason."""
    taken = next(fact for fact in facts if isinstance(fact, BankResultTaken))
    refused = [fact for fact in facts if isinstance(fact, BankLineRefused)]
    return {
        "settled_count": taken.settled_count,
        "returned_count": taken.returned_count,
        "refused_count": taken.refused_count,
        "refused": [
            {"row": fact.row, "code": fact.code, "sentence": SENTENCES[Problem(fact.code)]}
            for fact in refused[:REFUSED_SHOWN_MAX]
        ],
    }
