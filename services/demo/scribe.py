"""Writes a township's spreadsheet from top to bottom, remembering which rows it spoilt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.demo.choice import Choices
from services.demo.district import Unit
from services.demo.flaws import Flaw, flaw_of, spoil
from services.demo.names import Sex, drawn_name
from services.demo.people import DemoHousehold
from services.demo.sheet_cells import Cell, Row, rows_of
from services.demo.sheet_style import HOUSEHOLD_COLUMNS, TEXT_COLUMNS, Column, SheetStyle

_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WIDTHS: Final = {Column.RESIDENT_ID: 22, Column.ACCOUNT: 23, Column.BANK: 20, Column.PHONE: 14}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row spoilt on purpose: `row` from 1, `header` above the wrong cell."""

    household: int
    flaw: Flaw
    row: int
    header: str


@dataclass(slots=True)
class Scribe:
    """Writes from top to bottom; `row` is the last row written, `serial` the last number."""

    choices: Choices
    style: SheetStyle
    sheet: Worksheet
    row: int = 0
    serial: int = 0
    bad: list[BadRow] = field(default_factory=list)

    def title(self, unit: Unit, filled_on: date) -> None:
        """One to three merged rows, then the header."""
        lines = (
            f"淮阳区{unit.name}最低生活保障申请家庭花名册",
            f"填报单位：{unit.name}    填报日期：{filled_on.year}年{filled_on.month}月{filled_on.day}日",
            "说明：一人一行，家庭收入、银行账号按户填写，金额单位为元",
        )
        for line in lines[: self.style.title_rows]:
            self.row += 1
            self._put(1, line)
            self._merge(self.row, 1, self.row, len(self.style.columns))
        self.row += 1
        for at, column in enumerate(self.style.columns, 1):
            self._put(at, self.style.headers[column], bold=True)
            self.sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column, 11)

    def village(self, homes: Sequence[DemoHousehold]) -> None:
        """The village's households, its name merged beside them, and a subtotal."""
        first = self.row + 1
        for home in homes:
            self._household(home)
        place = self.style.place(Column.VILLAGE)
        self._merge(first, place, self.row, place)
        self.sum_line("小计", homes)
        self.row += self.style.gaps

    def sum_line(self, word: str, homes: Sequence[DemoHousehold]) -> None:
        """A line that is no person: how many households and people."""
        self.row += 1
        people_count = sum(len(home.members) for home in homes)
        self._put(1, word, bold=True)
        self._put(2, f"{len(homes)}户{people_count}人")

    def footer(self, unit: Unit) -> None:
        """Who filled it in and who looked at it."""
        own = self.choices.within("footer", unit.code)
        writer, reviewer = (drawn_name(own.within(post), Sex.FEMALE) for post in ("填表", "审核"))
        self.row += 2
        self._put(1, f"填表人：{writer}")
        self._put(4, f"审核人：{reviewer}")

    def _household(self, home: DemoHousehold) -> None:
        rows = rows_of(self.choices, self.style, home)
        first = self.row + 1
        flaw = flaw_of(self.choices, home)
        if flaw is not None:
            at, column = spoil(self.choices, flaw, home, rows)
            self.bad.append(BadRow(home.number, flaw, first + at, self.style.headers[column]))
        for row in rows:
            self._person(row)
        for column in HOUSEHOLD_COLUMNS:
            place = self.style.place(column)
            self._merge(first, place, self.row, place)

    def _person(self, row: Row) -> None:
        self.row += 1
        self.serial += 1
        for at, column in enumerate(self.style.columns, 1):
            self._put(at, self.serial if column is Column.SERIAL else row.get(column))
            if column in TEXT_COLUMNS and isinstance(row.get(column), str):
                self.sheet.cell(self.row, at).number_format = "@"

    def _put(self, at: int, value: Cell, *, bold: bool = False) -> None:
        """A cell of the present row; an empty one isn't written."""
        if value is None:
            return
        cell = self.sheet.cell(self.row, at, value)
        cell.alignment = _CENTRED
        if bold:
            cell.font = Font(bold=True)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_cells(None, top, left, bottom, right)
