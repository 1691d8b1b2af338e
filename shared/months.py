"""Months as text, `YYYY-MM`: what a benefit, a roster and a batch are counted by."""

import re
from datetime import date

from shared.refusal import Refusal

_MONTH = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")


class MonthRefused(Refusal):
    """The text is not a month."""

    code = "BAD_MONTH"


def parse_month(text: str) -> str:
    """`text` itself when it is a month as "2024-03"; else raises MonthRefused."""
    if not _MONTH.fullmatch(text):
        raise MonthRefused("月份应写成 2024-03 这样，月在01至12之间。")
    return text


def month_of(day: date) -> str:
    """The month that `day` lies in."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """The first day of `month`, by which the month's standard is looked up."""
    return date.fromisoformat(f"{parse_month(month)}-01")


def month_after(day_or_month: date | str, count: int = 1) -> str:
    """The month `count` months after that of a day, or after a month (下月, 57号 Art 21)."""
    start = first_day(day_or_month) if isinstance(day_or_month, str) else day_or_month
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return month_of(date(year, month + 1, 1))
