"""COMMANDS: reporting's table of competence."""

from typing import Any

import sqlalchemy as sa

from services.reporting import commands as c
from services.reporting import schemas as s
from services.reporting.domain.table import TABLE, TableNow, table_stream
from services.reporting.read_models import monthly_table
from shared.competence import Competence, Role, Scope
from shared.context import Context
from shared.decider import UnitOfWork


def table_now(
    uow: UnitOfWork, command: c.FreezeMonthlyTable, _state: Any, _context: Context
) -> TableNow:
    """The table, and how far the record had followed each log when it was read."""
    positions = {row.log: row.position for row in uow.conn.execute(_POSITIONS)}
    parked = int(uow.conn.execute(_PARKED).scalar_one())
    return TableNow(monthly_table(uow.conn, command.programme, command.month), positions, parked)


_POSITIONS = sa.text("SELECT log, position FROM follow_cursor ORDER BY log")
_PARKED = sa.text("SELECT count(*) FROM parked")

COMMANDS = (
    Competence(c.FreezeMonthlyTable, s.FreezeMonthlyTableSchema, frozenset({Role.CIVIL_AFFAIRS}),
               Scope.DISTRICT, "统计法 Art 24; PLAN 四", TABLE, table_stream, gather=table_now),
)  # fmt: skip
