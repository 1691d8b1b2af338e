"""From a limit's number to its last day (民法典 Art 201-203)."""

from datetime import date
from typing import Final, Literal

from shared.calendar import NoticeWindow, WorkCalendar
from shared.policy.model import PolicyOn
from shared.policy.pack import Unit

NOTICE_DAYS: Final = "notice.calendar_days"
NOTICE_ON_REST_DAY: Final = "notice.end_on_rest_day"


def due_on(rules: PolicyOn, calendar: WorkCalendar, limit: str, since: date) -> date:
    """The last day of what parameter `limit` grants from `since`, which isn't counted (Art 201).

    Working days only where the text says so; months end on the same day or the month's last
    (Art 202); days and months that end on a rest day move on (Art 203). Raises PolicyUnknown,
    CalendarUnknown; TypeError for a parameter that is no limit.
    """
    count = rules.number(limit)
    match rules.parameter(limit).unit:
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(since, count)
        case Unit.CALENDAR_DAYS:
            return calendar.limit_moves(calendar.add_days(since, count))
        case Unit.MONTHS:
            return calendar.limit_moves(calendar.add_months(since, count))
        case _:
            raise TypeError(f"{limit} is no limit")


def notice_window(rules: PolicyOn, calendar: WorkCalendar, posted_on: date) -> NoticeWindow:
    """A public notice's days (220号 Art 25, 29; 57号 Art 19; 83号 四(二)).

    No limit for acting: whether a last day that is a rest day moves is a switch of its own.
    Raises PolicyUnknown, CalendarUnknown.
    """
    on_rest_day: Literal["keep", "extend"] = (
        "extend" if rules.choice(NOTICE_ON_REST_DAY) == "extend" else "keep"
    )
    return calendar.notice_window(posted_on, rules.number(NOTICE_DAYS), on_rest_day)
