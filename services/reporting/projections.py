"""Followed facts → figures. Every row follows from the record; replaying it gives the same.

The logs of the other houses arrive in any order beside each other, each in its own; so no
statement here looks at rows that another log has filled.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.reporting.read_models import FROZEN_ROW, RECIPIENT
from services.reporting.read_models.counts import COUNTS, MONEY
from shared.carrying.reaction import ToRows
from shared.codec import Recorded
from shared.facts.base import Fact
from shared.facts.payments import (
    LineDrawn,
    LineWithdrawn,
    PaymentInstructed,
    PaymentReturned,
    PaymentSettled,
    RosterApproved,
    RosterDrawn,
)
from shared.facts.reporting import MonthlyTableFrozen
from shared.facts.review import AllowanceTerminated, EligibilityConfirmed
from shared.writing import insert, write


def confirmed(conn: Connection, facts: Sequence[Recorded[EligibilityConfirmed]]) -> None:
    """A household is in payment from the month after the decision (57号 Art 21)."""
    insert(
        conn,
        RECIPIENT,
        [
            {
                "case": r.fact.case,
                "household": r.fact.household,
                "programme": r.fact.programme,
                "township": r.envelope.about.township,
                "category": r.fact.category,
                "members_count": r.fact.members_count,
                "allowance_fen": r.fact.allowance_fen,
                "from_month": r.fact.from_month,
                "stops_from": None,
            }
            for r in facts
        ],
    )


def terminated(conn: Connection, facts: Sequence[Recorded[AllowanceTerminated]]) -> None:
    """It leaves with the first month that isn't paid (57号 Art 31, 32)."""
    write(conn, _STOP, [{"case": r.fact.case, "stops_from": r.fact.stops_from} for r in facts])


def roster_drawn(conn: Connection, facts: Sequence[Recorded[RosterDrawn]]) -> None:
    """Which roster a stream is; drawn again after a return it is the same one."""
    rows = [
        {
            "stream": r.envelope.stream,
            "township": r.fact.township,
            "programme": r.fact.programme,
            "month": r.fact.month,
        }
        for r in facts
    ]
    write(conn, _ROSTER, rows)


def roster_approved(conn: Connection, facts: Sequence[Recorded[RosterApproved]]) -> None:
    """The bureau has approved this round's lines and their sum."""
    rows = [
        {"stream": r.envelope.stream, "round": r.fact.round, "amount_fen": r.fact.amount_fen}
        for r in facts
    ]
    write(conn, _APPROVE, rows)


def line_drawn(conn: Connection, facts: Sequence[Recorded[LineDrawn]]) -> None:
    """A household's line of the month; it counts once its round is approved."""
    rows = [
        {
            **_line(r.fact),
            "township": r.envelope.about.township,
            "amount_fen": r.fact.amount_fen,
            "round": r.fact.round,
        }
        for r in facts
    ]
    write(conn, _DRAW, rows)


def line_withdrawn(conn: Connection, facts: Sequence[Recorded[LineWithdrawn]]) -> None:
    """Off the roster, as if it had never stood there; the record still tells."""
    write(conn, _WITHDRAW, [_line(r.fact) for r in facts])


def line_becomes(status: str) -> ToRows:
    """Where the line's money is now: with the bank (OPEN), PAID, or RETURNED."""

    def rows(conn: Connection, facts: Sequence[Recorded[Any]]) -> None:
        write(conn, _MOVE, [{**_line(r.fact), "status": status} for r in facts])

    return rows


def frozen(conn: Connection, facts: Sequence[Recorded[MonthlyTableFrozen]]) -> None:
    """A table as it was signed; those signed before it stay."""
    rows = [
        {
            "programme": r.fact.programme,
            "month": r.fact.month,
            "version": r.envelope.version,
            "township": row.township,
            "frozen_on": r.fact.frozen_on,
            **{name: getattr(row, name) for name in (*COUNTS, *MONEY)},
        }
        for r in facts
        for row in r.fact.rows
    ]
    insert(conn, FROZEN_ROW, rows)


FIGURES_FROM: Mapping[str, Mapping[type[Fact], ToRows]] = {
    "review": {EligibilityConfirmed: confirmed, AllowanceTerminated: terminated},
    "payments": {
        RosterDrawn: roster_drawn,
        RosterApproved: roster_approved,
        LineDrawn: line_drawn,
        LineWithdrawn: line_withdrawn,
        PaymentInstructed: line_becomes("OPEN"),
        PaymentSettled: line_becomes("PAID"),
        PaymentReturned: line_becomes("RETURNED"),
    },
    "reporting": {MonthlyTableFrozen: frozen},
}


def _line(fact: Any) -> dict[str, str]:
    return {"household": fact.household, "programme": fact.programme, "month": fact.month}


_STOP = sa.text('UPDATE recipient SET stops_from = :stops_from WHERE "case" = :case')
_ROSTER = sa.text(
    "INSERT INTO roster (stream, township, programme, month, approved_round, approved_fen) "
    "VALUES (:stream, :township, :programme, :month, NULL, 0) ON CONFLICT (stream) DO NOTHING"
)
_APPROVE = sa.text(
    "UPDATE roster SET approved_round = :round, approved_fen = :amount_fen WHERE stream = :stream"
)
_DRAW = sa.text(
    "INSERT INTO line_money (household, programme, month, township, amount_fen, round, status) "
    "VALUES (:household, :programme, :month, :township, :amount_fen, :round, 'OPEN') "
    "ON CONFLICT (household, programme, month) DO UPDATE SET township = excluded.township, "
    "amount_fen = excluded.amount_fen, round = excluded.round, status = excluded.status"
)
_WITHDRAW = sa.text(
    "DELETE FROM line_money "
    "WHERE household = :household AND programme = :programme AND month = :month"
)
_MOVE = sa.text(
    "UPDATE line_money SET status = :status "
    "WHERE household = :household AND programme = :programme AND month = :month"
)
