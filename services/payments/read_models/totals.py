"""The month by township: approved = paid + returned + pending, always."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.read_models.tables import ROSTER, ROSTER_LINE

_APPROVED = ("APPROVED", "REQUESTED", "RELEASED")


@dataclass(frozen=True, slots=True)
class Totals:
    """A township's month in lines and fen. Paid, returned and pending are disjoint by line.

    `approved` is what the bureau approved, the others are counted from the lines: a line returned
    and paid on re-issue is paid; re-issued and not yet answered is pending.
    """

    township: str
    approved_count: int
    approved_fen: int
    paid_count: int
    paid_fen: int
    returned_count: int
    returned_fen: int
    pending_count: int
    pending_fen: int

    @property
    def conserved(self) -> bool:
        """Whether nothing is lost or doubled, in lines and in fen."""
        counts = self.paid_count + self.returned_count + self.pending_count
        fen = self.paid_fen + self.returned_fen + self.pending_fen
        return (self.approved_count, self.approved_fen) == (counts, fen)


def totals(conn: Connection, programme: str, month: str) -> tuple[Totals, ...]:
    """Every township with an approved roster in that month, by its code."""
    line, fen = ROSTER_LINE.c, ROSTER_LINE.c.amount_fen
    outcome = sa.case(
        (line.status == "SETTLED", "paid"), (line.status == "RETURNED", "returned"), else_="pending"
    )
    sums = [
        sa.func.coalesce(sa.func.sum(sa.case((outcome == name, value), else_=0)), 0)
        for name in ("paid", "returned", "pending")
        for value in (sa.case((line.household.is_(None), 0), else_=1), fen)
    ]
    query = (
        sa.select(ROSTER.c.township, ROSTER.c.lines_count, ROSTER.c.amount_fen, *sums)
        .outerjoin(ROSTER_LINE, line.roster == ROSTER.c.roster)
        .where(
            ROSTER.c.programme == programme,
            ROSTER.c.month == month,
            ROSTER.c.status.in_(_APPROVED),
        )
        .group_by(ROSTER.c.roster, ROSTER.c.township, ROSTER.c.lines_count, ROSTER.c.amount_fen)
        .order_by(ROSTER.c.township)
    )
    return tuple(Totals(township, *map(int, numbers)) for township, *numbers in conn.execute(query))
