"""Where a township's roster stands: what the bureau reads before it approves."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.read_models.tables import ROSTER


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A roster's status with its declared count and sum, in fen."""

    status: str
    lines_count: int
    amount_fen: int


def roster_row(conn: Connection, township: str, programme: str, month: str) -> RosterRow | None:
    """The roster of a township's month, or None where none was drawn."""
    query = sa.select(ROSTER.c.status, ROSTER.c.lines_count, ROSTER.c.amount_fen).where(
        ROSTER.c.township == township, ROSTER.c.programme == programme, ROSTER.c.month == month
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else RosterRow(row.status, row.lines_count, row.amount_fen)
