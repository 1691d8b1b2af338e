"""The demo's days: one month of decisions, then the roster's road through the month after.

Steps stand on working days of China; the notice's own days come from the law, not from here.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.calendar import WorkCalendar
from shared.months import first_day, month_after


@dataclass(frozen=True, slots=True)
class Schedule:
    """`decide[n]` is the n-th working day of the month of decisions, `pay[n]` of the next."""

    month: str
    pay_month: str
    decide: tuple[date, ...]
    pay: tuple[date, ...]

    @property
    def applied_on(self) -> tuple[date, ...]:
        return self.decide[0:3]

    @property
    def imported_on(self) -> date:
        return self.decide[2]

    def supplied_on(self, days: int) -> date:
        """What was missing arrives some working days after it was asked for."""
        return self.decide[2 + days]

    @property
    def visited_on(self) -> date:
        return self.decide[6]

    @property
    def verified_on(self) -> date:
        return self.decide[7]

    @property
    def opinion_on(self) -> date:
        return self.decide[8]

    @property
    def declined_on(self) -> date:
        return self.decide[9]

    @property
    def objected_on(self) -> date:
        return self.decide[10]

    @property
    def answered_on(self) -> date:
        return self.decide[11]

    @property
    def drawn_on(self) -> date:
        return self.decide[-3]

    @property
    def redrawn_on(self) -> date:
        return self.decide[-2]

    @property
    def approved_on(self) -> date:
        return self.decide[-1]


def schedule(month: str, calendar: WorkCalendar) -> Schedule:
    """The days of a month's play; raises CALENDAR_UNKNOWN for a year without its notice."""
    after = month_after(month)
    return Schedule(month, after, working_days(month, calendar), working_days(after, calendar))


def working_days(month: str, calendar: WorkCalendar) -> tuple[date, ...]:
    """The working days of a month, make-up days included."""
    first, end = first_day(month), first_day(month_after(month))
    days = (first + timedelta(days=n) for n in range((end - first).days))
    return tuple(day for day in days if calendar.is_working_day(day))
