"""A marked-up copy: the officer's sheet with what is wrong shown where it is wrong.

Written anew from the cells as they were read, so nothing of a stranger's file is carried over:
no formula, macro, link or object. Rows keep their numbers and columns their letters.
"""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.cell_range import CellRange

from services.intake.spreadsheet.choosing import choose_sheet
from services.intake.spreadsheet.copied_cells import copied, text_cell
from services.intake.spreadsheet.grid import COLUMNS_MAX, Merge, Row, column_letter, column_number
from services.intake.spreadsheet.header import Header, find_header
from services.intake.spreadsheet.merged import lend
from services.intake.spreadsheet.model import SheetReading
from services.intake.spreadsheet.package import open_package
from services.intake.spreadsheet.problems import Problem
from services.intake.spreadsheet.read import HELD
from services.intake.spreadsheet.sheet import SheetListener
from services.intake.spreadsheet.summary import SUMMARY_TITLE, write_summary

PROBLEMS_TITLE: Final = "导入问题"
COMMENTS_MAX: Final = 5_000  # the reasons stand in a column of their own as well

_BAD: Final = PatternFill("solid", fgColor="FFC7CE")
_WAITS: Final = PatternFill("solid", fgColor="FFEB9C")
_BOLD: Final = Font(bold=True)
_WIDTH: Final = 18
_FORBIDDEN_IN_TITLES: Final = str.maketrans(dict.fromkeys("\\/*?:[]'", " "))


def marked_copy(content: bytes, reading: SheetReading) -> bytes:
    """An .xlsx that shows `reading` on the sheet it was read from.

    Bad cells are coloured and commented, a last column 导入问题 gives every row's reasons, a
    second sheet 导入结果 the counts. Raises SheetRefused as read_sheet does.
    """
    package = open_package(content)
    listener = SheetListener(package)
    package.listen(choose_sheet(package).sheet, listener)
    lend(listener.rows, listener.merges)
    rows = sorted(listener.rows.values(), key=lambda row: row.number)
    header = find_header(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(reading.sheet))
    _Copy(sheet, rows, header, reading, epoch_1904=package.epoch_1904).write()
    _keep_merges(sheet, listener.merges, listener.rows)
    write_summary(book.create_sheet(SUMMARY_TITLE), reading)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_title(title: str) -> str:
    """A title that Excel takes, and not the summary's."""
    cleaned = title.translate(_FORBIDDEN_IN_TITLES).strip()[:31]
    printable = "".join(sign for sign in cleaned if sign.isprintable())
    return printable if printable and printable != SUMMARY_TITLE else "导入表"


@dataclass(frozen=True, slots=True)
class _Copy:
    """The first sheet. `sheet` is a write-only worksheet: its cells are written once, in order."""

    sheet: Any
    rows: Sequence[Row]
    header: Header
    reading: SheetReading
    epoch_1904: bool

    def write(self) -> None:
        """Write every row at its own number."""
        extra = self._extra_column()
        for number in range(1, extra):
            self.sheet.column_dimensions[column_letter(number)].width = _WIDTH
        self.sheet.column_dimensions[column_letter(extra)].width = 4 * _WIDTH
        by_row: defaultdict[int, list[Problem]] = defaultdict(list)
        for problem in self.reading.problems:
            by_row[problem.row].append(problem)
        written, comments = 0, 0
        for row in self.rows:
            for _ in range(row.number - written - 1):
                self.sheet.append([])
            problems = by_row.get(row.number, [])
            comments += len(problems)
            self.sheet.append(
                list(self._cells(row, problems, extra, commented=comments <= COMMENTS_MAX))
            )
            written = row.number

    def _extra_column(self) -> int:
        """After the last column, or where an earlier copy had its own."""
        titles = next(row for row in self.rows if row.number == self.header.last_row)
        earlier = [number for number, text in titles.cells.items() if text == PROBLEMS_TITLE]
        return earlier[0] if earlier else max(max(row.cells) for row in self.rows) + 1

    def _cells(
        self, row: Row, problems: Sequence[Problem], extra: int, *, commented: bool
    ) -> Iterator[Cell | None]:
        by_column: defaultdict[int, list[Problem]] = defaultdict(list)
        for problem in problems:
            by_column[column_number(problem.column)].append(problem)
        for number in range(1, max(extra, *row.cells) + 1):
            if number == extra:
                yield self._extra_cell(row, problems)
                continue
            value = "" if number in row.filled else row.cells.get(number, "")
            faults = by_column.get(number, ())
            if not value and not faults:
                yield None
                continue
            cell = copied(self.sheet, value, epoch_1904=self.epoch_1904)
            if self.header.first_row <= row.number <= self.header.last_row:
                cell.font = _BOLD
            if faults:
                cell.fill = _BAD
                # Excel keeps no comment inside a merged range, only on its corner.
                if commented and number not in row.filled:
                    cell.comment = Comment("\n".join(fault.reason for fault in faults), "应保")
            yield cell

    def _extra_cell(self, row: Row, problems: Sequence[Problem]) -> Cell | None:
        """All reasons of one row, or the column's title."""
        if row.number == self.header.last_row:
            cell = text_cell(self.sheet, PROBLEMS_TITLE)
            cell.font = _BOLD
            return cell
        if not problems:
            return None
        cell = text_cell(self.sheet, "\n".join(_sentence(problem) for problem in problems))
        cell.fill = _WAITS if all(problem.code == HELD for problem in problems) else _BAD
        return cell


def _sentence(problem: Problem) -> str:
    """The reason after its place: "F列「身份证号码」：…"."""
    title = "".join(problem.title.split())
    return f"{problem.column}列「{title}」：{problem.reason}" if problem.column else problem.reason


def _keep_merges(sheet: Any, merges: Sequence[Merge], rows: Mapping[int, Row]) -> None:
    """Merge as the officer had merged, where that hides nothing and overlaps no earlier range."""
    last = max(rows, default=0)
    taken: set[tuple[int, int]] = set()
    for merge in merges:
        right, bottom = min(merge.right, COLUMNS_MAX), min(merge.bottom, last)
        if merge.top not in rows or right < merge.left or bottom < merge.top:
            continue
        area = {
            (row, column)
            for row in range(merge.top, bottom + 1)
            for column in range(merge.left, right + 1)
        }
        hides = any(
            row in rows and column in rows[row].cells and column not in rows[row].filled
            for row, column in area - {(merge.top, merge.left)}
        )
        if len(area) > 1 and not hides and area.isdisjoint(taken):
            taken |= area
            # Straight into the set: the worksheet's own method compares with every other range.
            sheet.merged_cells.ranges.add(
                CellRange(min_col=merge.left, min_row=merge.top, max_col=right, max_row=bottom)
            )
