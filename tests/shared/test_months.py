"""Months as text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months import MonthRefused, first_day, month_after, month_of, parse_month

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2024-13",
            "2024-00",
            "2024-3",
            "24-03",
            "2024/03",
            "202403",
            "2024-03-01",
            "",
            " 2024-03",
        ),
        *("2024-03\n", "２０２４-03", "0000-01", "-024-03", "2024-0x"),
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    """The one form is YYYY-MM with a month from 01 to 12."""
    with pytest.raises(MonthRefused) as caught:
        parse_month(text)
    assert caught.value.code == "BAD_MONTH"


@given(DAYS)
def test_a_days_month_is_a_month(day: date) -> None:
    """What month_of gives, parse_month takes and first_day leads back to."""
    assert parse_month(month_of(day)) == month_of(first_day(month_of(day)))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2024, 1, 31), "2024-02"),
        (date(2024, 2, 1), "2024-03"),
        ("2024-12", "2025-01"),
        (date(2023, 12, 31), "2024-01"),
    ],
)
def test_the_benefit_begins_in_the_month_after(start: date | str, expected: str) -> None:
    """The day of the month plays no part (57号 Art 21)."""
    assert expected == month_after(start)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_months_add_up(day: date, first: int, second: int) -> None:
    """Going on in two steps is going on in one; nothing is no step."""
    assert month_after(month_after(day, first), second) == month_after(day, first + second)
    assert month_of(day) == month_after(day, 0)


def test_months_are_not_counted_from_what_is_none() -> None:
    """A wrong text is refused, not counted on."""
    with pytest.raises(MonthRefused):
        month_after("2024-13")
