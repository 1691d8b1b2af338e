"""Rosters and their lines."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.domain.lines import roster_stream
from services.payments.read_models.tables import ROSTER, ROSTER_LINE
from shared.codec import Recorded
from shared.decider import Projection
from shared.driver import on_driver
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
from shared.writing import write

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

PAGE = 1_000
# A line's statement is said to the driver itself, with a list for each column: to say a thousand
# times sixteen values through SQLAlchemy took longer than to write them.
_COLUMNS = {
    "household": "text", "programme": "text", "month": "text", "roster": "text",
    '"case"': "text", "township": "text", "village": "text", "persons": "json",
    "category": "text", "members_count": "int", "amount_fen": "bigint",
    "entitlement_version": "int",
}  # fmt: skip
_INTO = f"INSERT INTO roster_line ({', '.join(_COLUMNS)}, status, attempts_count) "
_LINES_SQLITE = f"{_INTO} VALUES ({'?, ' * len(_COLUMNS)} 'DRAWN', 0)"
_LINES_POSTGRES = (
    f"{_INTO} SELECT *, 'DRAWN', 0 "  # noqa: S608 - names of our own columns
    f"FROM unnest({', '.join(f'%s::{kind}[]' for kind in _COLUMNS.values())})"
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
    write(conn, _DRAW, rows)


def moved(status: str) -> Projection:
    """The roster stands at another step."""
    statement = (
        sa.update(ROSTER).where(ROSTER.c.roster == sa.bindparam("key")).values(status=status)
    )

    def project(conn: Connection, facts: Sequence[Recorded[Any]]) -> None:
        write(conn, statement, [{"key": recorded.envelope.stream} for recorded in facts])

    return project


def line_drawn(conn: Connection, facts: Sequence[Recorded[LineDrawn]]) -> None:
    """A line; the key refuses a second one of household, programme and month."""
    lines = [_line(recorded) for recorded in facts]
    with on_driver(conn) as driver:
        if conn.dialect.name == "sqlite":
            driver.executemany(_LINES_SQLITE, lines)
            return
        with driver.cursor() as cursor:
            for start in range(0, len(lines), PAGE):
                page = zip(*lines[start : start + PAGE], strict=True)
                cursor.execute(_LINES_POSTGRES, [list(values) for values in page])


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
    write(conn, _WITHDRAW, rows)


def _line(recorded: Recorded[LineDrawn]) -> tuple[str | int | None, ...]:
    """The values of _COLUMNS."""
    fact, about = recorded.fact, recorded.envelope.about
    return (
        fact.household,
        fact.programme,
        fact.month,
        roster_stream(about.township or "", fact.programme, fact.month),
        about.case,
        about.township,
        about.village,
        json.dumps(about.persons),
        fact.category,
        fact.members_count,
        fact.amount_fen,
        fact.entitlement_version,
    )


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
