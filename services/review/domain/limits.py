"""Limits in working days, by the rules of the day that they run from."""

from datetime import date

from shared.calendar import CalendarUnknown
from shared.context import Context


def limit_after(context: Context, start: date, name: str) -> date | None:
    """The last day of the limit that policy `name` sets from `start`, which isn't counted.

    None where no rule of that day sets one, or while the calendar of that year isn't known: a
    case doesn't wait for either.
    """
    rules = context.rules(start)
    if not rules.knows(name):
        return None
    try:
        return context.calendar.add_working_days(start, rules.number(name))
    except CalendarUnknown:
        return None


def versions_known(context: Context, on: date, *names: str) -> dict[str, str]:
    """Name → version of those of the parameters that have a value on the day."""
    rules = context.rules(on)
    return rules.versions(*(name for name in names if rules.knows(name)))
