"""A stranger's values written into a new sheet: text stays text, whatever it begins with."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE, Cell

from services.intake.spreadsheet.cells import written_out
from services.intake.spreadsheet.dates import serial_date
from services.intake.spreadsheet.grid import Dated, Fault, Number

_EXACT_DIGITS_MAX: Final = 15  # more, and Excel would alter the number on opening


def copied(sheet: Any, value: str, *, epoch_1904: bool) -> Cell:
    """A cell that shows what `value` showed. `sheet` is a write-only worksheet."""
    if type(value) is Dated:
        day = _day(value, epoch_1904=epoch_1904)
        if day is not None:
            cell = WriteOnlyCell(sheet, value=day)
            cell.number_format = "yyyy-mm-dd hh:mm:ss" if day.time() != time() else "yyyy-mm-dd"
            return cell
    if isinstance(value, Number):
        number = Decimal(value)
        if len(number.as_tuple().digits) <= _EXACT_DIGITS_MAX and abs(number.adjusted()) < 15:
            whole = number == number.to_integral_value()
            return WriteOnlyCell(sheet, value=int(number) if whole else float(number))
        return text_cell(sheet, written_out(value))
    if type(value) is Fault:
        return _error(sheet, value)
    return text_cell(sheet, value)


def text_cell(sheet: Any, text: str) -> Cell:
    """`text` as text: =, +, - and @ at its start are signs like others, also when edited."""
    cell = WriteOnlyCell(sheet)
    cleaned = ILLEGAL_CHARACTERS_RE.sub("", text)
    if cleaned:
        cell.value = cleaned
        cell.data_type = "s"
    cell.number_format = "@"
    if cleaned[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.quotePrefix = True
    return cell


def _day(value: str, *, epoch_1904: bool) -> datetime | None:
    """The day that a serial number means; None outside the days that Excel shows."""
    number = Decimal(value)
    if not 0 < number < 100_000:
        return None
    day = serial_date(int(number), epoch_1904=epoch_1904)
    return datetime.combine(day, time()) + timedelta(seconds=round(number % 1 * 86_400))


def _error(sheet: Any, value: str) -> Cell:
    """An error stays an error, so that a copy brought back is not taken for a sheet mended.

    A formula that was never calculated has no value to show, and becomes one.
    """
    cell = WriteOnlyCell(sheet, value=value if value in ERROR_CODES else "#N/A")
    cell.data_type = "e"
    return cell
