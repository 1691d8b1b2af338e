"""Numbers right in form, in ranges nobody was given, none twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn.ric import calc_check_digit

from services.demo.choice import Choices
from services.demo.identifiers import (
    HOUSEHOLD_MAX,
    TooManyHouseholds,
    birth_and_id,
    check_digit,
    luhn_digit,
    spread,
)
from services.demo.names import Sex


@given(st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_the_check_digit_is_the_one_another_library_computes(first17: str) -> None:
    """GB 11643-1999 against python-stdnum."""
    assert calc_check_digit(first17 + "0") == check_digit(first17)


@given(st.from_regex(r"[0-9]{12,18}", fullmatch=True))
def test_the_luhn_digit_is_the_one_another_library_computes(digits: str) -> None:
    """Luhn's formula against python-stdnum."""
    assert luhn.calc_check_digit(digits) == luhn_digit(digits)


@given(st.integers(1, 3000), st.integers(0, 9))
def test_spreading_visits_every_place_once(size: int, seed: int) -> None:
    """So what is told by its place is told once."""
    places = {spread(Choices(seed), number, size) for number in range(size)}
    assert set(range(size)) == places


@given(st.integers(0, HOUSEHOLD_MAX), st.integers(0, 100), st.sampled_from(Sex))
def test_the_number_says_age_and_sex(household: int, age: int, sex: Sex) -> None:
    """The birthday lies behind the day by as many years; odd is male."""
    on = date(2024, 3, 1)
    born, number = birth_and_id(Choices(1), household, 0, sex=sex, age=age, on=on)
    had_birthday = (born.month, born.day) <= (on.month, on.day)
    assert age == on.year - born.year - (not had_birthday)
    assert f"999999{born:%Y%m%d}" == number[:14]
    assert (sex is Sex.MALE) == (int(number[16]) % 2 == 1)


def test_more_households_than_numbers_are_refused() -> None:
    """Rather than two people under one number."""
    with pytest.raises(TooManyHouseholds) as refused:
        birth_and_id(Choices(1), HOUSEHOLD_MAX + 1, 0, sex=Sex.MALE, age=40, on=date(2024, 3, 1))
    assert refused.value.code == "TOO_MANY_HOUSEHOLDS"
