"""One worksheet as rows of cells, streamed: what its <dimension> claims is not believed."""

import re
from typing import Final

from services.intake.spreadsheet.grid import (
    COLUMNS_MAX,
    Dated,
    Fault,
    Merge,
    Number,
    Row,
    column_number,
)
from services.intake.spreadsheet.merged import lend
from services.intake.spreadsheet.package import Package, SheetPart
from services.intake.spreadsheet.refusals import SheetDamaged, SheetTooLarge, SheetTooManyRows
from services.intake.spreadsheet.row_count import ROWS_MAX
from services.intake.spreadsheet.shared_strings import TEXT_MAX, unescaped
from services.intake.spreadsheet.xml_stream import Attributes, Listener

ROW_ELEMENTS_MAX: Final = 1_048_576  # Excel's own last row
MERGES_MAX: Final = 500_000

_MERGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_ROW_NUMBER = re.compile(r"[0-9]{1,7}")
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]{1,3})?")


class SheetListener(Listener):
    """Hears a worksheet; stops after `rows_wanted` rows that hold something, when given."""

    def __init__(self, package: Package, rows_wanted: int | None = None) -> None:
        super().__init__()
        self.rows: dict[int, Row] = {}
        self.merges: list[Merge] = []
        self._package = package
        self._rows_wanted = rows_wanted
        self._columns: dict[str, int] = {}
        self._row = Row(0, {})
        self._rows_seen = 0
        self._column = 0
        self._attributes: Attributes = {}
        self._pieces: list[str] = []
        self._length = 0
        self._taking = self._reading = self._formula = False

    def start(self, tag: str, attributes: Attributes) -> None:
        match self.local(tag):
            case "c":
                self._start_cell(attributes)
            case "v":
                self._taking = True
            case "t":
                self._taking = not self._reading
            case "f":
                self._formula = True
            case "rPh":
                self._reading = True
            case "row":
                self._start_row(attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        if self._taking and self._length <= TEXT_MAX:
            self._pieces.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        match self.local(tag):
            case "v" | "t":
                self._taking = False
            case "c":
                self._end_cell()
            case "row":
                self._end_row()
            case "rPh":
                self._reading = False

    def _start_row(self, attributes: Attributes) -> None:
        self._rows_seen += 1
        given = attributes.get("r", str(self._row.number + 1))
        if not _ROW_NUMBER.fullmatch(given) or self._rows_seen > ROW_ELEMENTS_MAX:
            raise SheetDamaged("行号不对")
        hidden = attributes.get("hidden", "0") in ("1", "true")
        self._row = Row(int(given), {}, hidden=hidden)
        self._column = 0

    def _end_row(self) -> None:
        row = self._row
        if not row.cells:
            return
        if row.number in self.rows:  # the same row in two pieces: some programs do it
            self.rows[row.number].cells.update(row.cells)
        else:
            self.rows[row.number] = row
        if len(self.rows) == self._rows_wanted:
            self.done = True
        elif len(self.rows) > ROWS_MAX:
            raise SheetTooManyRows(ROWS_MAX)

    def _start_cell(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._pieces = []
        self._length = 0
        self._taking = self._formula = False
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = column_number(letters)
            if column <= COLUMNS_MAX:
                self._columns[letters] = column
        self._column = column

    def _end_cell(self) -> None:
        if self._column > COLUMNS_MAX:
            return
        value = self._value("".join(self._pieces)[:TEXT_MAX])
        if value and not value.isspace():
            self._row.cells[self._column] = value

    def _value(self, raw: str) -> str:
        """What the cell holds, by its declared type; a number is the default."""
        kind = self._attributes.get("t", "n")
        if kind == "s":
            return self._shared(raw) if raw else ""
        if kind == "e":
            return Fault(raw or "#N/A")
        if not raw:
            return Fault("=") if self._formula else ""
        if kind in ("str", "inlineStr", "d"):
            return unescaped(raw)
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        return self._number(raw.strip())

    def _shared(self, raw: str) -> str:
        index = raw.strip()
        strings = self._package.strings
        if not _ROW_NUMBER.fullmatch(index) or int(index) >= len(strings):
            raise SheetDamaged("单元格的文字对不上")
        return strings[int(index)]

    def _number(self, raw: str) -> str:
        if not _NUMBER.fullmatch(raw) or not any(sign.isdigit() for sign in raw):
            return raw
        style = self._attributes.get("s", "0")
        dated = style.isdecimal() and len(style) < 8 and int(style) in self._package.date_styles
        return Dated(raw) if dated else Number(raw)

    def _merge(self, reference: str) -> None:
        found = _MERGE.fullmatch(reference)
        if found is None:
            return
        if len(self.merges) >= MERGES_MAX:
            raise SheetTooLarge("合并单元格过多")
        left, right = column_number(found[1]), column_number(found[3])
        self.merges.append(Merge(left, int(found[2]), right, int(found[4])))


def read_rows(package: Package, sheet: SheetPart) -> list[Row]:
    """Every row that holds something, from the top, with merged values lent to their range.

    Raises SheetTooManyRows beyond ROWS_MAX, SheetDamaged on broken content.
    """
    if sheet.endless:
        raise SheetTooManyRows(ROWS_MAX)
    listener = SheetListener(package)
    package.listen(sheet, listener)
    lend(listener.rows, listener.merges)
    return sorted(listener.rows.values(), key=lambda row: row.number)


def first_rows(package: Package, sheet: SheetPart, count: int) -> list[Row]:
    """The first `count` rows that hold something, merged ranges not resolved."""
    listener = SheetListener(package, rows_wanted=count)
    package.listen(sheet, listener)
    return sorted(listener.rows.values(), key=lambda row: row.number)
