"""Attempts at paying a line, batches, and what banks answered."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.read_models.tables import ATTEMPT, BATCH, RESULT_FILE, ROSTER_LINE
from shared.codec import Recorded
from shared.decider import Projection
from shared.facts.base import Fact
from shared.facts.payments import (
    BankFileWritten,
    BankResultTaken,
    BatchMade,
    PaymentInstructed,
    PaymentReturned,
    PaymentSettled,
)
from shared.writing import insert, write

_OF_LINE = (
    ROSTER_LINE.c.household == sa.bindparam("of_household"),
    ROSTER_LINE.c.programme == sa.bindparam("of_programme"),
    ROSTER_LINE.c.month == sa.bindparam("of_month"),
)
_LINE_INSTRUCTED = (
    sa.update(ROSTER_LINE)
    .where(*_OF_LINE)
    .values(
        status="INSTRUCTED",
        reference=sa.bindparam("new_reference"),
        attempts_count=sa.bindparam("new_attempt"),
        payee_version=sa.bindparam("new_payee"),
    )
)
_LINE_ANSWERED = sa.update(ROSTER_LINE).where(*_OF_LINE).values(status=sa.bindparam("new_status"))
_ATTEMPT_ANSWERED = (
    sa.update(ATTEMPT)
    .where(ATTEMPT.c.reference == sa.bindparam("key"))
    .values(status=sa.bindparam("new_status"), reason=sa.bindparam("new_reason"))
)
_FILE_WRITTEN = (
    sa.update(BATCH)
    .where(BATCH.c.batch == sa.bindparam("key"))
    .values(file_digest=sa.bindparam("digest"))
)


def instructed(conn: Connection, facts: Sequence[Recorded[PaymentInstructed]]) -> None:
    """A live attempt; the key refuses a second one of the same line."""
    rows = [
        {
            "reference": f.reference,
            "household": f.household,
            "programme": f.programme,
            "month": f.month,
            "attempt": f.attempt,
            "previous": f.previous,
            "batch": f.batch,
            "amount_fen": f.amount_fen,
            "payee_version": f.payee_version,
            "status": "INSTRUCTED",
            "reason": None,
        }
        for f in (recorded.fact for recorded in facts)
    ]
    insert(conn, ATTEMPT, rows)
    lines = [
        {
            **_line_key(f),
            "new_reference": f.reference,
            "new_attempt": f.attempt,
            "new_payee": f.payee_version,
        }
        for f in (recorded.fact for recorded in facts)
    ]
    write(conn, _LINE_INSTRUCTED, lines)


def settled(conn: Connection, facts: Sequence[Recorded[PaymentSettled]]) -> None:
    """The money arrived."""
    _answered(conn, [r.fact for r in facts], "SETTLED", [None for _ in facts])


def returned(conn: Connection, facts: Sequence[Recorded[PaymentReturned]]) -> None:
    """The money came back; the line waits for another account."""
    _answered(conn, [r.fact for r in facts], "RETURNED", [r.fact.reason for r in facts])


def _answered(
    conn: Connection,
    facts: Sequence[PaymentSettled | PaymentReturned],
    status: str,
    reasons: Sequence[str | None],
) -> None:
    attempts = [
        {"key": f.reference, "new_status": status, "new_reason": reason}
        for f, reason in zip(facts, reasons, strict=True)
    ]
    write(conn, _ATTEMPT_ANSWERED, attempts)
    write(conn, _LINE_ANSWERED, [{**_line_key(f), "new_status": status} for f in facts])


def _line_key(fact: PaymentInstructed | PaymentSettled | PaymentReturned) -> dict[str, Any]:
    return {
        "of_household": fact.household,
        "of_programme": fact.programme,
        "of_month": fact.month,
    }


def batch_made(conn: Connection, facts: Sequence[Recorded[BatchMade]]) -> None:
    """A batch; who pays is the maker's organisation."""
    rows = [
        {
            "batch": f.batch,
            "bank": f.bank,
            "programme": f.programme,
            "month": f.month,
            "made_on": f.made_on,
            "payer": recorded.envelope.actor.organisation,
            "lines_count": f.lines_count,
            "amount_fen": f.amount_fen,
            "file_digest": None,
        }
        for recorded, f in ((recorded, recorded.fact) for recorded in facts)
    ]
    insert(conn, BATCH, rows)


def file_written(conn: Connection, facts: Sequence[Recorded[BankFileWritten]]) -> None:
    """Which file the bank has."""
    rows = [{"key": r.fact.batch, "digest": r.fact.file_digest} for r in facts]
    write(conn, _FILE_WRITTEN, rows)


def result_taken(conn: Connection, facts: Sequence[Recorded[BankResultTaken]]) -> None:
    """A file that was taken; the key refuses the same bytes a second time."""
    rows = [
        {
            "file_digest": f.file_digest,
            "batch": f.batch,
            "taken_on": f.taken_on,
            "settled_count": f.settled_count,
            "settled_fen": f.settled_fen,
            "returned_count": f.returned_count,
            "returned_fen": f.returned_fen,
            "refused_count": f.refused_count,
        }
        for f in (recorded.fact for recorded in facts)
    ]
    insert(conn, RESULT_FILE, rows)


PAYMENT_PROJECTIONS: dict[type[Fact], Projection] = {
    PaymentInstructed: instructed,
    PaymentSettled: settled,
    PaymentReturned: returned,
    BatchMade: batch_made,
    BankFileWritten: file_written,
    BankResultTaken: result_taken,
}
