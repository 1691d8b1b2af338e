"""Rosters and their lines."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.domain.lines import roster_stream
from services.payments.read_models.tables import ROSTER, ROSTER_LINE
from shared.codec import Recorded
from shared.decider import Projection
from shared.facts.base import Fact
from shared.facts.payments import (
    FundsReleased,
    FundsRequested,
    LineDrawn,
    LineWithdrawn,
    RosterApproved,
    RosterDrawn,
    RosterReturned,
    RosterSubmitted,
)

_LINE = ROSTER_LINE.c
_DRAW = sa.text(
    "INSERT INTO roster (roster, township, programme, month, status, round, lines_count, "
    "amount_fen) VALUES (:roster, :township, :programme, :month, 'DRAWN', :round, :lines_count, "
    ":amount_fen) ON CONFLICT (roster) DO UPDATE SET status = excluded.status, "
    "round = excluded.round, lines_count = excluded.lines_count, amount_fen = excluded.amount_fen"
)
_WITHDRAW = sa.delete(ROSTER_LINE).where(
    _LINE.household == sa.bindparam("of_household"),
    _LINE.programme == sa.bindparam("of_programme"),
    _LINE.month == sa.bindparam("of_month"),
)


def drawn(conn: Connection, facts: Sequence[Recorded[RosterDrawn]]) -> None:
    """The roster with the totals of its newest drawing."""
    rows = [
        {
            "roster": recorded.envelope.stream,
            "township": fact.township,
            "programme": fact.programme,
            "month": fact.month,
            "round": fact.round,
            "lines_count": fact.lines_count,
            "amount_fen": fact.amount_fen,
        }
        for recorded, fact in ((recorded, recorded.fact) for recorded in facts)
    ]
    conn.execute(_DRAW, rows)


def moved(status: str) -> Projection:
    """The roster stands at another step."""
    statement = (
        sa.update(ROSTER).where(ROSTER.c.roster == sa.bindparam("key")).values(status=status)
    )

    def project(conn: Connection, facts: Sequence[Recorded[Any]]) -> None:
        conn.execute(statement, [{"key": recorded.envelope.stream} for recorded in facts])

    return project


def line_drawn(conn: Connection, facts: Sequence[Recorded[LineDrawn]]) -> None:
    """A line; the key refuses a second one of household, programme and month."""
    conn.execute(sa.insert(ROSTER_LINE), [_line(recorded) for recorded in facts])


def line_withdrawn(conn: Connection, facts: Sequence[Recorded[LineWithdrawn]]) -> None:
    """Gone from the roster; the log remembers it."""
    rows = [
        {
            "of_household": r.fact.household,
            "of_programme": r.fact.programme,
            "of_month": r.fact.month,
        }
        for r in facts
    ]
    conn.execute(_WITHDRAW, rows)


def _line(recorded: Recorded[LineDrawn]) -> dict[str, Any]:
    fact, about = recorded.fact, recorded.envelope.about
    return {
        "household": fact.household,
        "programme": fact.programme,
        "month": fact.month,
        "roster": roster_stream(about.township or "", fact.programme, fact.month),
        "case": about.case,
        "township": about.township,
        "village": about.village,
        "persons": list(about.persons),
        "category": fact.category,
        "members_count": fact.members_count,
        "amount_fen": fact.amount_fen,
        "entitlement_version": fact.entitlement_version,
        "status": "DRAWN",
        "attempts_count": 0,
        "reference": None,
        "payee_version": None,
    }


ROSTER_PROJECTIONS: dict[type[Fact], Projection] = {
    RosterDrawn: drawn,
    RosterSubmitted: moved("SUBMITTED"),
    RosterReturned: moved("RETURNED"),
    RosterApproved: moved("APPROVED"),
    FundsRequested: moved("REQUESTED"),
    FundsReleased: moved("RELEASED"),
    LineDrawn: line_drawn,
    LineWithdrawn: line_withdrawn,
}
