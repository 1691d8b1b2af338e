"""The bank in tests: it reads the payment file and answers, honestly or not."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from services.payments.banks.records import BankOutcome, OrderLine
from services.payments.banks.registry import bank_named
from services.payments.documents import bank_file
from shared.answer import Answer
from tests.payments.world import House

DESKS = {"RURAL": "rural", "POSTAL": "postal"}


def arrives(_line: OrderLine) -> str | None:
    """Every account is good."""
    return None


def comes_back(_line: OrderLine) -> str | None:
    """Every account is closed."""
    return "ACCOUNT_CLOSED"


def answer_of(
    payments: House,
    made: Answer,
    reason_of: Callable[[OrderLine], str | None] = arrives,
    **changes: Any,
) -> bytes:
    """The bank's result file for a whole batch, today; `changes` are what it says otherwise."""
    format_ = bank_named(made.details["bank"]).format
    header, lines = format_.read_order(bank_file(payments.service, made.details["batch"]))
    return format_.write_result(
        header.batch,
        [replace(_outcome(line, reason_of(line), payments.today), **changes) for line in lines],
    )


def _outcome(line: OrderLine, reason: str | None, on: date) -> BankOutcome:
    serial = f"S-{line.sequence}"
    return BankOutcome(line.sequence, line.reference, line.amount_fen, reason, serial, on)


def take(payments: House, made: Answer, content: bytes, officer: str | None = None) -> Answer:
    """Give a result file to the door, as the bank's desk."""
    return payments.give(
        officer or DESKS[made.details["bank"]],
        "take_bank_result",
        batch=made.details["batch"],
        format=made.details["format"],
        content_base64=base64.b64encode(content).decode(),
    )


def pay(
    payments: House, made: Answer, reason_of: Callable[[OrderLine], str | None] = arrives
) -> Answer:
    """The bank answers a whole batch and its desk brings the file."""
    return take(payments, made, answer_of(payments, made, reason_of))
