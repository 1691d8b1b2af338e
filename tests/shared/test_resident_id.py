"""Resident identity numbers: what holds, what is wrong, what is only worth a warning."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.resident_id import (
    REGION_ELSEWHERE,
    BirthDateImpossible,
    CheckDigitWrong,
    ResidentIdRefused,
    mask,
    parse,
)

TODAY = date(2024, 3, 5)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check(seventeen: str) -> str:
    """The check digit by GB 11643's own table, apart from the code under test."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]


def synthetic(born_on: date, order: int) -> str:
    """The number of nobody: region 999999 is assigned to no place."""
    return with_check(f"999999{born_on:%Y%m%d}{order:03d}")


@pytest.mark.parametrize(
    ("number", "born_on", "female"),
    [
        ("412727194802291132", date(1948, 2, 29), False),
        ("411603202002298889", date(2020, 2, 29), True),
        ("411626199003072451", date(1990, 3, 7), False),
        ("41160319520808009X", date(1952, 8, 8), False),
    ],
)
def test_the_check_digit_vectors_hold_without_a_warning(
    number: str, born_on: date, female: bool
) -> None:
    """All codes that Huaiyang ever had are at home, whatever the year of birth (GB 11643)."""
    parsed = parse(number, today=TODAY)
    expected = (number, born_on, female, number[:6], ())
    assert expected == (
        parsed.number,
        parsed.born_on,
        parsed.female,
        parsed.region,
        parsed.warnings,
    )


@pytest.mark.parametrize(
    "text",
    [
        "41160319520808009x",
        " 411603 1952 0808 009X ",
        "４１１６０３１９５２０８０８００９Ｘ",
        "411603\u300019520808\u3000009ｘ",
    ],
)
def test_small_x_full_width_and_spaces_make_no_difference(text: str) -> None:
    """Officers' keyboards differ; the number doesn't."""
    assert parse(text, today=TODAY).number == "41160319520808009X"


def test_a_number_of_fifteen_digits_becomes_eighteen() -> None:
    """19 is put before the year and the check digit added (GB 11643-1999)."""
    assert parse("412727480229113", today=TODAY).number == "412727194802291132"


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(1, 999))
def test_fifteen_and_eighteen_digits_name_the_same_person(born_on: date, order: int) -> None:
    """Both forms give one number, one birthday, one sex."""
    number = synthetic(born_on, order)
    assert parse(number, today=TODAY) == parse(number[:6] + number[8:17], today=TODAY)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(1, 999))
def test_the_number_says_birthday_and_sex(born_on: date, order: int) -> None:
    """Digits 7 to 14 are the date, an odd seventeenth is a man."""
    parsed = parse(synthetic(born_on, order), today=TODAY)
    assert (born_on, order % 2 == 0) == (parsed.born_on, parsed.female)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(born_on: date, place: int, shift: int) -> None:
    """Mod 11-2 catches every single slip, whatever else it breaks."""
    number = synthetic(born_on, 1)
    digit = 0 if number[place] == "X" else int(number[place])
    damaged = f"{number[:place]}{(digit + shift) % 10}{number[place + 1 :]}"
    with pytest.raises(CheckDigitWrong) as caught:
        parse(damaged, today=TODAY)
    assert caught.value.code == "ID_CHECK_DIGIT"


@pytest.mark.parametrize(
    "digits",
    [
        "19900230",
        "19901301",
        "19900001",
        "19900100",
        "20230229",
        "20240306",
        "18991231",
        "00000101",
    ],
)
def test_an_impossible_or_future_birthday_is_refused(digits: str) -> None:
    """The check digit is right; the day doesn't exist, hasn't come, or is too long ago."""
    with pytest.raises(BirthDateImpossible) as caught:
        parse(with_check(f"999999{digits}001"), today=TODAY)
    assert caught.value.code == "ID_DATE"


def test_a_child_born_today_has_a_number() -> None:
    """Today isn't the future; tomorrow is."""
    assert parse(synthetic(TODAY, 2), today=TODAY).born_on == TODAY
    with pytest.raises(BirthDateImpossible):
        parse(synthetic(TODAY, 2), today=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "99999919900101001", "9999991990010100111", "99999919900101X011", "X" * 18),
        *(
            "9.99999199001E+17",
            "99999919900101001Y",
            "٩" * 18,
            "②" * 18,
            "9" * 16,
            "9" * 10_000_000,
        ),
    ],
)
def test_another_shape_is_refused(text: str) -> None:
    """Neither 18 nor 15 digits, X elsewhere than last, damaged by a spreadsheet: ID_FORMAT."""
    with pytest.raises(ResidentIdRefused) as caught:
        parse(text, today=TODAY)
    assert caught.value.code == "ID_FORMAT"


def test_a_region_elsewhere_is_a_warning_only() -> None:
    """People marry in and move; the site names the codes it calls home."""
    number = synthetic(date(1990, 1, 1), 1)
    assert parse(number, today=TODAY).warnings == (REGION_ELSEWHERE,)
    assert parse(number, today=TODAY, regions=frozenset({"999999"})).warnings == ()


@pytest.mark.parametrize("text", ["999999199001010018", "99999919900230001", "999999900230001"])
def test_no_refusal_quotes_the_number(text: str) -> None:
    """A refusal is logged; the number is personal."""
    with pytest.raises(ResidentIdRefused) as caught:
        parse(text, today=TODAY)
    assert text[6:14] not in str(caught.value)


def test_a_shown_number_keeps_its_holder_hidden() -> None:
    """Birthday and most of the region are starred; what is no number is starred whole."""
    assert mask("41270019480229123X") == "4127**********123X"
    assert mask("12345") == "*****"


def test_a_printed_record_hides_number_and_birthday() -> None:
    """Tracebacks and logs print records."""
    shown = repr(parse("412727194802291132", today=TODAY))
    assert "1948" not in shown
