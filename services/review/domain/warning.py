"""How near a limit is: days left in its own unit, and whether that is near enough to warn."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from shared.calendar import CalendarUnknown, WorkCalendar
from shared.policy.model import PolicyOn

DAYS_BEFORE: Final = "warning.days_before"


class Urgency(StrEnum):
    """How a task stands on a day."""

    OVERDUE = "OVERDUE"
    DUE_SOON = "DUE_SOON"
    ON_TIME = "ON_TIME"


def warned_until(
    rules: PolicyOn, calendar: WorkCalendar, on: date, *, in_working_days: bool
) -> date:
    """The last day of the limits that are near on `on`; by the calendar's days where a year's
    working days aren't known.
    """
    days = rules.number(DAYS_BEFORE)
    if in_working_days:
        try:
            return calendar.add_working_days(on, days)
        except CalendarUnknown:
            pass
    return on + timedelta(days=days)


def urgency(due_on: date | None, on: date, near_until: date) -> Urgency:
    """On its last day a limit is near, not over."""
    if due_on is None or due_on > near_until:
        return Urgency.ON_TIME
    return Urgency.OVERDUE if due_on < on else Urgency.DUE_SOON


def days_left(
    due_on: date | None, on: date, calendar: WorkCalendar, *, in_working_days: bool
) -> int | None:
    """0 on the last day, below nought once it has passed; None where it can't be told."""
    if due_on is None:
        return None
    if not in_working_days:
        return (due_on - on).days
    first, last = sorted((on, due_on))
    try:
        count = sum(
            calendar.is_working_day(first + timedelta(days=n))
            for n in range(1, (last - first).days + 1)
        )
    except CalendarUnknown:
        return None
    return count if due_on >= on else -count
