"""The month's table by township, out of a few statements whatever the number of households."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.reporting.read_models.counts import COUNTS, MONEY
from shared.facts.reporting import TownshipRow
from shared.months import first_day, month_after


def monthly_table(conn: Connection, programme: str, month: str) -> tuple[TownshipRow, ...]:
    """A row for each township-level unit of the month and each other that has figures, by code.

    Households are counted in terms of payment: new in the month they are first paid for, out in
    the first month they aren't. `approved_fen` is what the bureau approved; the other three are
    the lines' own, disjoint. Money in fen. Raises MonthRefused.
    """
    first = first_day(month)
    last = first_day(month_after(month)) - timedelta(days=1)
    values = {"programme": programme, "month": month}
    figures: dict[str, dict[str, int]] = {
        row.unit: {} for row in conn.execute(_UNITS, {"first": first, "last": last})
    }
    for statement in (_COUNTED, _APPROVED, _LINES):
        for row in conn.execute(statement, values).mappings():
            found = {name: int(value) for name, value in row.items() if name != "township"}
            figures.setdefault(row["township"], {}).update(found)
    return tuple(_row(township, figures[township]) for township in sorted(figures))


def totals(rows: Sequence[TownshipRow]) -> TownshipRow:
    """The whole district as one row, under an empty code."""
    names = (*COUNTS, *MONEY)
    return _row("", {name: sum(getattr(row, name) for row in rows) for name in names})


def unit_names(conn: Connection) -> dict[str, str]:
    """What each unit is called, by code."""
    return {row.unit: row.name for row in conn.execute(sa.text("SELECT unit, name FROM unit"))}


def _row(township: str, figures: dict[str, Any]) -> TownshipRow:
    numbers = dict.fromkeys((*COUNTS, *MONEY), 0) | figures
    return TownshipRow(township=township, **numbers)


_UNITS = sa.text(
    "SELECT unit FROM unit WHERE kind NOT IN ('DEPARTMENT', 'BANK') "
    "AND from_on <= :last AND (to_on IS NULL OR to_on >= :first)"
).bindparams(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))

# In payment for the month or stopped with it. A case that ended before its first month was
# never in payment: it counts neither as new nor as an exit.
_COUNTED = sa.text("""
SELECT township,
    sum(CASE WHEN from_month < :month THEN 1 ELSE 0 END) AS start_households,
    sum(CASE WHEN from_month = :month THEN 1 ELSE 0 END) AS new_households,
    sum(CASE WHEN stops_from = :month THEN 1 ELSE 0 END) AS exit_households,
    sum(CASE WHEN stops_from = :month THEN 0 ELSE 1 END) AS end_households,
    sum(CASE WHEN from_month < :month THEN members_count ELSE 0 END) AS start_persons,
    sum(CASE WHEN from_month = :month THEN members_count ELSE 0 END) AS new_persons,
    sum(CASE WHEN stops_from = :month THEN members_count ELSE 0 END) AS exit_persons,
    sum(CASE WHEN stops_from = :month THEN 0 ELSE members_count END) AS end_persons
FROM recipient
WHERE programme = :programme AND from_month <= :month
    AND (stops_from IS NULL OR (stops_from > from_month AND stops_from >= :month))
GROUP BY township
""")
_APPROVED = sa.text(
    "SELECT township, sum(approved_fen) AS approved_fen FROM roster "
    "WHERE programme = :programme AND month = :month GROUP BY township"
)
# Lines of a drawing that the bureau hasn't approved are nobody's money yet.
_LINES = sa.text("""
SELECT l.township,
    sum(CASE WHEN l.status = 'PAID' THEN l.amount_fen ELSE 0 END) AS paid_fen,
    sum(CASE WHEN l.status = 'RETURNED' THEN l.amount_fen ELSE 0 END) AS returned_fen,
    sum(CASE WHEN l.status = 'OPEN' THEN l.amount_fen ELSE 0 END) AS pending_fen
FROM line_money l
WHERE l.programme = :programme AND l.month = :month AND EXISTS (
    SELECT 1 FROM roster r WHERE r.township = l.township AND r.programme = l.programme
        AND r.month = l.month AND r.approved_round >= l.round)
GROUP BY l.township
""")
