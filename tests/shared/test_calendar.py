"""Working days, limits and notices, with the dates that the rules' own cases give."""

from datetime import date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import CalendarUnknown, NoticeWindow, WorkCalendar

CALENDAR = WorkCalendar()
DAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2022, 1, 17), 30, date(2022, 3, 3)),
        (date(2023, 1, 9), 20, date(2023, 2, 9)),
        (date(2024, 2, 1), 20, date(2024, 3, 5)),
        (date(2025, 9, 15), 20, date(2025, 10, 17)),
        (date(2023, 12, 29), 3, date(2024, 1, 4)),
        (date(2024, 4, 30), 3, date(2024, 5, 8)),
        (date(2023, 9, 25), 10, date(2023, 10, 13)),
        (date(2025, 1, 20), 15, date(2025, 2, 14)),
        (date(2025, 9, 26), 10, date(2025, 10, 16)),
        (date(2021, 2, 1), 10, date(2021, 2, 19)),
    ],
)
def test_a_limit_in_working_days_passes_over_the_holidays(
    start: date, count: int, expected: date
) -> None:
    """Spring Festival, Labour Day and National Day with their make-up days; day one not counted."""
    assert expected == CALENDAR.add_working_days(start, count)


@pytest.mark.parametrize(
    ("posted_on", "on_rest_day", "expected"),
    [
        (date(2024, 3, 1), "keep", NoticeWindow(date(2024, 3, 8), date(2024, 3, 11))),
        (date(2024, 3, 28), "keep", NoticeWindow(date(2024, 4, 4), date(2024, 4, 7))),
        (date(2024, 3, 28), "extend", NoticeWindow(date(2024, 4, 7), date(2024, 4, 8))),
        (date(2024, 3, 1), "extend", NoticeWindow(date(2024, 3, 8), date(2024, 3, 11))),
    ],
)
def test_a_notice_stands_seven_days_after_the_day_of_posting(
    posted_on: date, on_rest_day: Literal["keep", "extend"], expected: NoticeWindow
) -> None:
    """A last day on 清明 is kept or moved as the policy says; 2024-04-07 is a worked Sunday."""
    assert expected == CALENDAR.notice_window(posted_on, 7, on_rest_day)


@given(DAYS, st.integers(1, 30), st.sampled_from(["keep", "extend"]))
def test_a_notice_is_never_short_and_the_next_step_waits(
    posted_on: date, days: int, on_rest_day: Literal["keep", "extend"]
) -> None:
    """The full days are given, and the next step is the first working day behind them."""
    window = CALENDAR.notice_window(posted_on, days, on_rest_day)
    assert window.last_day_on >= posted_on + timedelta(days=days)
    assert window.next_step_on == CALENDAR.after(window.last_day_on)


@pytest.mark.parametrize(
    ("died_on", "expected"),
    [(date(2024, 5, 20), date(2024, 8, 20)), (date(2023, 11, 30), date(2024, 2, 29))],
)
def test_months_end_on_the_same_day_or_the_last(died_on: date, expected: date) -> None:
    """The re-check within three months of a death (83号 1(3), 民法典 Art 202)."""
    assert expected == CALENDAR.add_months(died_on, 3)


@given(DAYS, st.integers(0, 48))
def test_months_never_skip_one(day: date, count: int) -> None:
    """The end lies in the month that is due and on no later day of it."""
    end = CALENDAR.add_months(day, count)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == count
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


def test_a_limit_that_ends_in_spring_festival_moves_behind_it() -> None:
    """Sixty days from 2023-12-13 end in the holiday; the Sunday after is worked (Art 203)."""
    assert CALENDAR.limit_moves(date(2023, 12, 13) + timedelta(days=60)) == date(2024, 2, 18)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 4, 7), True),
        (date(2024, 4, 4), False),
        (date(2024, 4, 13), False),
        (date(2024, 4, 15), True),
    ],
)
def test_make_up_days_are_worked_and_holidays_are_not(day: date, worked: bool) -> None:
    """The State Council's notice goes before the week."""
    assert worked is CALENDAR.is_working_day(day)


@given(DAYS)
def test_on_or_after_stays_where_work_is_and_after_never_does(day: date) -> None:
    """on_or_after keeps a working day; after always goes on; both end on working days."""
    assert (CALENDAR.on_or_after(day) == day) is CALENDAR.is_working_day(day)
    assert CALENDAR.after(day) > day
    assert CALENDAR.is_working_day(CALENDAR.after(day))


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [(date(2024, 2, 10), date(2024, 2, 9)), (date(2024, 4, 10), date(2024, 4, 10))],
)
def test_money_due_on_a_rest_day_is_paid_before_it(due_on: date, expected: date) -> None:
    """Paid by the tenth means the last working day up to it; 2024-02-09 was one."""
    assert expected == CALENDAR.on_or_before(due_on)


@given(DAYS, COUNTS, COUNTS)
def test_working_days_add_up(day: date, first: int, second: int) -> None:
    """Two steps are one, so that a longer limit never ends earlier."""
    middle = CALENDAR.add_working_days(day, first)
    assert CALENDAR.add_working_days(middle, second) == CALENDAR.add_working_days(
        day, first + second
    )


@given(DAYS, DAYS, COUNTS)
def test_who_starts_later_never_ends_earlier(one: date, other: date, count: int) -> None:
    """Adding working days is monotone in the start."""
    early, late = sorted([one, other])
    assert CALENDAR.add_working_days(early, count) <= CALENDAR.add_working_days(late, count)


@given(DAYS, st.integers(1, 60))
def test_a_limit_holds_exactly_its_working_days(day: date, count: int) -> None:
    """Counting one by one behind the start gives the number back."""
    end = CALENDAR.add_working_days(day, count)
    span = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert count == sum(CALENDAR.is_working_day(each) for each in span)


@pytest.mark.parametrize("day", [date(2027, 1, 4), date(2003, 12, 31), date(2031, 6, 2)])
def test_a_year_without_a_notice_is_refused(day: date) -> None:
    """No guess at holidays that nobody has announced."""
    with pytest.raises(CalendarUnknown) as caught:
        CALENDAR.is_working_day(day)
    assert caught.value.code == "CALENDAR_UNKNOWN"
    assert str(day.year) in caught.value.sentence


def test_a_limit_that_runs_into_an_unknown_year_is_refused() -> None:
    """The start is known, the end would be a guess."""
    with pytest.raises(CalendarUnknown):
        CALENDAR.add_working_days(date(2026, 12, 30), 5)


def test_a_limit_that_runs_past_the_last_year_there_is_is_refused() -> None:
    """A slip of the keyboard is an unknown year, not a crash."""
    for count in (
        lambda: CALENDAR.add_working_days(date.max, 1),
        lambda: CALENDAR.add_days(date.max, 1),
        lambda: CALENDAR.add_months(date.max, 1),
        lambda: CALENDAR.notice_window(date.max, 7, "keep"),
    ):
        with pytest.raises(CalendarUnknown):
            count()
    assert date.max == CALENDAR.add_days(date(9999, 12, 30), 1)


def test_a_sites_own_table_opens_a_year_and_corrects_a_day() -> None:
    """Named days as the table says, the others by the week; other years as before."""
    table = {date(2027, 1, 1): False, date(2027, 1, 3): True, date(2024, 4, 7): False}
    local = WorkCalendar(table, years=[2027])
    assert local.on_or_after(date(2027, 1, 1)) == date(2027, 1, 3)
    assert local.after(date(2027, 1, 3)) == date(2027, 1, 4)
    assert local.notice_window(date(2024, 3, 28), 7, "keep").next_step_on == date(2024, 4, 8)


def test_a_table_for_a_year_that_is_not_covered_is_a_mistake() -> None:
    """A few named days don't make a year known."""
    with pytest.raises(ValueError, match="outside the known years"):
        WorkCalendar({date(2027, 1, 1): False})


def test_the_version_changes_with_the_table() -> None:
    """A deadline names the calendar it was counted by; equal tables have equal names."""
    table = {date(2027, 1, 1): False, date(2027, 1, 3): True}
    versions = [
        WorkCalendar().version,
        WorkCalendar(years=[2027]).version,
        WorkCalendar(table, years=[2027]).version,
        WorkCalendar({**table, date(2027, 1, 3): False}, years=[2027]).version,
    ]
    assert len(set(versions)) == len(versions)
    reordered = dict(reversed(table.items()))
    assert WorkCalendar(reordered, years=[2027]).version == versions[2]


def test_an_instant_is_not_taken_for_a_day() -> None:
    """An instant equals no date in the table: a holiday would pass for a working day."""
    with pytest.raises(TypeError, match="not an instant"):
        CALENDAR.is_working_day(datetime(2024, 4, 4, 9, 0))  # noqa: DTZ001 - the mistake itself


def test_limits_and_notices_run_forward() -> None:
    """A negative limit or a notice of no days is a bug of the caller."""
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(date(2024, 3, 1), -1)
    with pytest.raises(ValueError, match="a day at least"):
        CALENDAR.notice_window(date(2024, 3, 1), 0, "keep")
