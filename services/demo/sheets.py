"""A township's spreadsheet of applications, as messy as offices keep them, and what is wrong in it.

Titles above the header, merged cells, subtotals by village, notes below; one row per person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from services.demo.choice import Choices
from services.demo.district import PLAN_START_ON, Unit
from services.demo.people import DemoHousehold
from services.demo.scribe import BadRow, Scribe
from services.demo.sheet_style import style_of
from services.demo.workbook import save_fixed


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a reader must find: `good` household numbers to take, `bad` rows to report."""

    path: Path
    good: tuple[int, ...]
    bad: tuple[BadRow, ...]


class _Merged(MultiCellRange):
    """Merged cells that never overlap: openpyxl compares each new range with every earlier one."""

    def __contains__(self, coord: object) -> bool:
        return coord in self.ranges


def write_sheet(
    choices: Choices, unit: Unit, households: Sequence[DemoHousehold], path: Path
) -> SheetPlan:
    """Write the township's workbook to `path` (its folder must exist); the same bytes each time.

    Every household has either good rows only or exactly one bad row.
    """
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has one worksheet")
    sheet.title = "申请家庭花名册"
    sheet.merged_cells = _Merged()
    scribe = Scribe(choices, style_of(choices, unit.code), sheet)
    filled_on = max((home.applied_on for home in households), default=PLAN_START_ON)
    scribe.title(unit, filled_on)
    by_village = sorted(households, key=lambda home: (home.village.code, home.number))
    for _, group in groupby(by_village, key=lambda home: home.village.code):
        scribe.village(tuple(group))
    scribe.sum_line("合计", households)
    scribe.footer(unit)
    save_fixed(workbook, path, datetime.combine(filled_on, time(9, 30)))
    flawed = {bad.household for bad in scribe.bad}
    good = tuple(home.number for home in by_village if home.number not in flawed)
    return SheetPlan(path, good, tuple(scribe.bad))
