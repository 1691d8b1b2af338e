"""The date of an application, in the forms in which officers and Excel write dates."""

import re
from datetime import date, timedelta
from typing import Final

from services.intake.spreadsheet.cells import optional, tight
from services.intake.spreadsheet.problems import CellRefused

EARLIEST: Final = date(2000, 1, 1)  # the allowance is younger than that in the countryside
_FULL = re.compile(
    r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})(?:日|号)?(?:T?[0-9:.]*Z?)?"
)
_COMPACT = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_NO_YEAR = re.compile(r"[0-9]{1,2}(?:月|[-/.])[0-9]{1,2}(?:日|号)?")
_NO_DAY = re.compile(r"[0-9]{4}(?:年|[-/.])[0-9]{1,2}月?")
_EPOCH = date(
    1899, 12, 30
)  # so that serials count right from March 1900, Excel's own slip included
_EPOCH_1904 = date(1904, 1, 1)


def application_date(value: str, today: date, *, epoch_1904: bool) -> date | None:
    """The day that a cell names, None for an empty one. Raises CellRefused."""
    if not optional(value):
        return None
    text = tight(value)
    found = _FULL.fullmatch(_without_time(value, text)) or _COMPACT.fullmatch(text)
    serial = _SERIAL.fullmatch(text)
    if found:
        day = _day(int(found[1]), int(found[2]), int(found[3]))
    elif serial:
        day = serial_date(int(serial[1]), epoch_1904=epoch_1904)
    else:
        raise _unread(text)
    if not EARLIEST <= day <= today:
        raise CellRefused("DATE_RANGE", "申请日期晚于今天或早于2000年，请核对。")
    return day


def serial_date(serial: int, *, epoch_1904: bool) -> date:
    """The day that Excel stores as `serial`, a count of days under 100,000."""
    return (_EPOCH_1904 if epoch_1904 else _EPOCH) + timedelta(days=serial)


def _without_time(value: str, text: str) -> str:
    """A day with a time of day after a space is the day."""
    first = value.strip().split(" ")[0]
    return first if ":" in text and " " in value.strip() else text


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellRefused("DATE_BAD", "申请日期不存在，请核对年月日。") from error


def _unread(text: str) -> CellRefused:
    if _NO_YEAR.fullmatch(text):
        return CellRefused("DATE_WITHOUT_YEAR", "申请日期没有年份，请写成2024-03-01。")
    if _NO_DAY.fullmatch(text):
        return CellRefused("DATE_WITHOUT_DAY", "申请日期没有写到日，请写成2024-03-01。")
    return CellRefused("DATE_BAD", "申请日期看不懂，请写成2024-03-01。")
