"""Household income as offices write it, into fen: the unit and the period must be sure.

A factor of ten thousand or of twelve is never guessed: where the title, the sheet's line above
it and the cell don't agree, the cell is refused.
"""

import re
from decimal import Decimal

from services.intake.spreadsheet.cells import STROKES, tight
from services.intake.spreadsheet.grid import Number
from services.intake.spreadsheet.problems import CellRefused
from services.intake.spreadsheet.units import YUAN_IN
from shared.money import MoneyRefused, fen_from_text

_WRITTEN = re.compile(
    r"(?P<amount>.*?)(?P<unit>[万千百]元?|[元圆块])?"
    r"(?P<period>(?:(?:/每?|每|(?<=[元圆块万千百]))[月年])?)",
    re.DOTALL,
)
_SCALED = re.compile(
    r"¥?(?P<whole>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,8})(?P<part>\.[0-9]{1,6})?"
)


def income_fen(value: str, *, yuan: int | None = 1, period: str = "月") -> int | None:
    """Fen from an amount; None if empty. Raises CellRefused.

    `yuan` is what one of the title's units is worth, None where the titles contradict each
    other; `period` is the column's, 月 or 年. A dash or a stroke is empty; 无 is refused,
    because it may mean zero.
    """
    text = tight(value)
    if text in STROKES:
        return None
    if isinstance(value, Number):
        text = _without_noise(text)
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise AssertionError("an amount of any length fits the pattern")
    if written["period"] and written["period"][-1] != period:
        raise CellRefused(
            "AMOUNT_PERIOD",
            f"这一列是{period}收入，单元格写的却是每{written['period'][-1]}，请按{period}折算后只写金额。",
        )
    factor = _factor(written["unit"] or "", yuan)
    amount = written["amount"]
    try:
        return fen_from_text(
            _yuan(amount, factor) if factor > 1 else f"{amount}{written['unit'] or ''}"
        )
    except MoneyRefused as refused:
        raise CellRefused("INCOME_BAD", f"{refused.sentence}没有收入请写0。") from refused


def _factor(unit: str, yuan: int | None) -> int:
    """Yuan in one unit of the cell: its own, else the title's; never against a scaled title."""
    own = YUAN_IN[unit.rstrip("元圆块")] if unit else yuan
    if own is None or yuan is None or (yuan > 1 and own != yuan):
        raise CellRefused(
            "AMOUNT_UNIT", "金额的单位与表头、标题不一致或看不懂，请把表头和金额都改成以元为单位。"
        )
    return own


def _without_noise(text: str) -> str:
    """A Number's digits without the noise that binary fractions leave far behind the point."""
    number = Decimal(text)
    return text if number.adjusted() > 20 else format(round(number, 6).normalize(), "f")


def _yuan(amount: str, factor: int) -> str:
    """`factor` times a plain number, in yuan; "" for anything else, so that it is refused."""
    found = _SCALED.fullmatch(amount)
    if found is None:
        return ""
    number = Decimal(found["whole"].replace(",", "") + (found["part"] or ""))
    return format((number * factor).normalize(), "f")
