"""Working days, limits and notice periods of China (民法典 Art 201-203).

The State Council's notices come from chinesecalendar; a year it doesn't know is refused, not
guessed, unless the site's own table covers it.
"""

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import chinese_calendar

from shared.refusal import Refusal

_DAY = timedelta(days=1)
_BEYOND = f"{date.max.year}年以后没有日历，不能计算期限。"


class CalendarUnknown(Refusal):
    """The working days of that year are not announced, or not loaded here."""

    code = "CALENDAR_UNKNOWN"


@dataclass(frozen=True, slots=True)
class NoticeWindow:
    """A public notice's last day, and the first day on which the next step may be taken."""

    last_day_on: date
    next_step_on: date


class WorkCalendar:
    """Which days are worked, and what follows for limits.

    `overrides` say of single days whether they are worked; `years` are further years that the
    overrides cover whole (their other days go by the week). `version` names library and table,
    to be kept with each deadline. Raises ValueError for an override outside every known year.
    """

    def __init__(
        self, overrides: Mapping[date, bool] | None = None, years: Iterable[int] = ()
    ) -> None:
        local, extra_years = dict(overrides or {}), frozenset(years)
        announced = chinese_calendar.holidays
        self._years = extra_years | frozenset(range(min(announced).year, max(announced).year + 1))
        strangers = sorted(day for day in local if day.year not in self._years)
        if strangers:
            raise ValueError(f"overrides outside the known years: {strangers}")
        # One table, made once: the library looks for its first and last year at every call.
        self._special: dict[date, bool] = {
            **dict.fromkeys(announced, False),
            **dict.fromkeys(chinese_calendar.workdays, True),
            **local,
        }
        self.version = _version(local, extra_years)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`; raises CalendarUnknown."""
        if isinstance(day, datetime):  # never equals a date, so that a holiday would be missed
            raise TypeError("a day is a date, not an instant")
        if day.year not in self._years:
            raise CalendarUnknown(f"{day.year}年的工作日安排尚未载入，不能计算期限。")
        return self._special.get(day, day.weekday() < 5)

    def on_or_after(self, day: date) -> date:
        """`day` if it is worked, else the next working day."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        """`day` if it is worked, else the last working day before it (money due by a day)."""
        while not self.is_working_day(day):
            day -= _DAY
        return day

    def after(self, day: date) -> date:
        """The first working day later than `day`."""
        return self.on_or_after(self.add_days(day, 1))

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, which isn't counted (民法典 Art 201)."""
        if count < 0:
            raise ValueError("a limit runs forward")
        day = start
        for _ in range(count):
            day = self.after(day)
        return day

    def limit_moves(self, day: date) -> date:
        """Where a limit that ends on `day` ends in fact: not on a rest day (民法典 Art 203)."""
        return self.on_or_after(day)

    @staticmethod
    def add_days(day: date, count: int) -> date:
        """`count` calendar days on, the first not counted (民法典 Art 201)."""
        if count > (date.max - day).days:
            raise CalendarUnknown(_BEYOND)
        return day + timedelta(days=count)

    @staticmethod
    def add_months(day: date, count: int) -> date:
        """The same day `count` months on, or that month's last day (民法典 Art 202)."""
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        if year > date.max.year:
            raise CalendarUnknown(_BEYOND)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    def notice_window(
        self, posted_on: date, days: int, on_rest_day: Literal["keep", "extend"]
    ) -> NoticeWindow:
        """A notice of `days` calendar days, the day of posting not counted (57号 Art 19).

        A last day that is a rest day is kept or moved on as the policy says; the next step
        waits for the working day after it.
        """
        if days < 1:
            raise ValueError("a notice stands for a day at least")
        last_day_on = self.add_days(posted_on, days)
        if on_rest_day == "extend":
            last_day_on = self.limit_moves(last_day_on)
        return NoticeWindow(last_day_on, next_step_on=self.after(last_day_on))


def _version(overrides: Mapping[date, bool], years: frozenset[int]) -> str:
    """The library and, if there is a table of the site's own, its digest."""
    library = f"chinesecalendar-{chinese_calendar.__version__}"
    if not overrides and not years:
        return library
    table = [f"{day.isoformat()} {worked}" for day, worked in sorted(overrides.items())]
    text = "\n".join([*map(str, sorted(years)), *table])
    return f"{library}+{hashlib.sha256(text.encode()).hexdigest()[:12]}"
