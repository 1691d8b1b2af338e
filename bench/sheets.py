"""A township's spreadsheet of 20,000 rows, as untidy as the demo's."""

import io
from collections.abc import Iterator

from openpyxl import load_workbook

from bench.figures import Figure, at_most
from bench.measuring import interleave, timed
from bench.stage import Stage
from services.demo.cast import standards_of
from services.demo.choice import Choices
from services.demo.district import units_on
from services.demo.people import DemoHousehold, household
from services.demo.schedule import schedule
from services.demo.sheets import write_sheet
from services.intake.spreadsheet.read import read_sheet
from shared.calendar import WorkCalendar
from shared.policy.loader import load_policy

ROWS = 20_000
MONTH = "2024-03"
DAYS = schedule(MONTH, WorkCalendar())


def sheet(stage: Stage, rows: int) -> bytes:
    """A workbook of about so many rows of people, with titles, merged cells and subtotals."""
    units = units_on(DAYS.decide[0])
    choices = Choices(1)
    path = stage.folder / f"sheet-{rows}.xlsx"
    write_sheet(choices, units[0], _households(choices, rows), path)
    return path.read_bytes()


def _households(choices: Choices, rows: int) -> list[DemoHousehold]:
    units = units_on(DAYS.decide[0])
    standards = standards_of(load_policy(), DAYS.pay_month)
    homes: list[DemoHousehold] = []
    while rows > 0:
        homes.append(household(choices, len(homes), units, DAYS.applied_on, standards))
        rows -= len(homes[-1].members)
    return homes


def plain_reading(content: bytes) -> int:
    """openpyxl alone: read-only, values only, nothing done with them; how many rows."""
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = sum(1 for one in workbook.worksheets for _ in one.iter_rows(values_only=True))
    workbook.close()
    return found


def taken_in(content: bytes) -> int:
    """Ours: every row to a member of a household or to a problem; how many rows were people."""
    return read_sheet(content, DAYS.imported_on).rows_read


def sheets(stage: Stage) -> Iterator[Figure]:
    """Reading with every check: guard, header, identity numbers, amounts, families, repetitions."""
    content = sheet(stage, stage.count(ROWS))
    sides = {
        "ours": timed(lambda: bool(taken_in(content))),
        "openpyxl": timed(lambda: bool(plain_reading(content))),
    }
    taken = interleave(sides, min(3, stage.rounds))
    yield Figure.beside(
        f"spreadsheet of {ROWS:,} rows taken in: openpyxl reading it", 1 / taken.rate("ours"), "s",
        1 / taken.rate("openpyxl"), taken.ratio("openpyxl", "ours"), at_most(4),
    )  # fmt: skip
