"""Money in fen: what is read, what is refused, what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError

from shared.money import FEN_MAX, MoneyRefused, capital_text, fen_from_text, yuan_text
from shared.money_field import Fen, YuanText

FEN = st.integers(min_value=0, max_value=FEN_MAX)


class Sheet(Schema):
    """One amount as a spreadsheet has it, one as a command carries it."""

    income = YuanText()
    amount_fen = Fen()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234.50元", 123450),
        ("１２３４．５０", 123450),
        ("１，２３４．５圆", 123450),
        ("¥1234", 123400),
        ("￥ 1234.05", 123405),
        ("1234.5", 123450),
        (" 660 元 ", 66000),
        ("660块", 66000),
        ("0", 0),
        ("0.01", 1),
        ("\u30001320\u3000", 132000),
        ("100,000,000,000.00", FEN_MAX),
    ],
)
def test_an_amount_is_read_as_officers_write_it(text: str, expected: int) -> None:
    """Thousands, full-width signs, a currency sign or 元 behind change nothing."""
    assert expected == fen_from_text(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1e3", "NaN", "inf", "-1", "－1", "+1", "1.234", "", " ", "元", "¥", "1.2.3", "1.", ".5"),
        *("1,23", "12,34.00", "1,2345", "1234,567", ",123", "0,123", "007", "1 234", "1,,234"),
        *("660 元/月", "660元元", "$5", "0x10", "1_000", "٣٤", "②", "10²", "壹佰", "1\n2"),
        *("100,000,000,000.01", "9" * 39, "9" * 10_000_000, "1" + " " * 50 + "元"),
    ],
)
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    """Exponents, signs, a third decimal, wrong grouping, strange digits, too much: BAD_AMOUNT."""
    with pytest.raises(MoneyRefused) as caught:
        fen_from_text(text)
    assert caught.value.code == "BAD_AMOUNT"


def test_a_refusal_does_not_quote_the_cell() -> None:
    """A cell under the wrong header may hold an account number; it must not reach a log."""
    with pytest.raises(MoneyRefused) as caught:
        fen_from_text("6228480402564890018x")
    assert "6228480402564890018" not in str(caught.value)


@given(FEN)
def test_what_is_shown_is_read_back(fen: int) -> None:
    """yuan_text and fen_from_text are inverses, with and without 元."""
    assert (fen, fen) == (fen_from_text(yuan_text(fen)), fen_from_text(f"¥{yuan_text(fen)}"))


@given(st.text(alphabet="0123456789.,元¥ -eE１．", max_size=50))
def test_any_text_gives_an_amount_in_range_or_a_refusal(text: str) -> None:
    """Nothing else comes out, and an amount that is taken shows as itself."""
    try:
        fen = fen_from_text(text)
    except MoneyRefused:
        return
    assert 0 <= fen <= FEN_MAX
    assert fen == fen_from_text(yuan_text(fen))


def test_a_deduction_is_shown_with_a_minus() -> None:
    """A set-off line in a roster is negative."""
    assert yuan_text(-123405) == "-1,234.05"


@pytest.mark.parametrize(
    ("fen", "expected"),
    [
        (123450, "壹仟贰佰叁拾肆元伍角整"),
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (55, "伍角伍分"),
        (105, "壹元零伍分"),
        (1000, "壹拾元整"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (101000, "壹仟零壹拾元整"),
        (1000100, "壹万零壹元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (10_001_000_000, "壹亿零壹万元整"),
        (FEN_MAX, "壹仟亿元整"),
    ],
)
def test_capitals_follow_the_rules_for_vouchers(fen: int, expected: str) -> None:
    """One 零 for a run of zeros, none at an end, 整 where there is no fen."""
    assert expected == capital_text(fen)


def read_capitals(text: str) -> int:
    """An independent reader of capitals: digit by digit, unit by unit."""
    total = section = digit = 0
    places = {"拾": 10, "佰": 100, "仟": 1000}
    for sign in text:
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in places:
            section, digit = section + digit * places[sign], 0
        elif sign in "亿万元":
            scale = {"亿": 10**10, "万": 10**6, "元": 100}[sign]
            total, section, digit = total + (section + digit) * scale, 0, 0
        elif sign in "角分":
            total, digit = total + digit * (10 if sign == "角" else 1), 0
    return total


@given(FEN)
def test_capitals_mean_the_amount(fen: int) -> None:
    """Read back they give the same fen; zeros are never doubled."""
    text = capital_text(fen)
    assert fen == read_capitals(text)
    assert "零零" not in text


@pytest.mark.parametrize("fen", [-1, FEN_MAX + 1])
def test_no_voucher_has_such_an_amount(fen: int) -> None:
    """A negative or absurd sum in capitals is a bug of the caller."""
    with pytest.raises(ValueError, match="voucher"):
        capital_text(fen)


def test_the_fields_load_fen() -> None:
    """A sheet's yuan and a command's fen both arrive as fen."""
    loaded = Sheet().load({"income": "1,234.50元", "amount_fen": FEN_MAX})
    assert loaded == {"income": 123450, "amount_fen": FEN_MAX}


def test_the_fields_give_back_what_they_loaded() -> None:
    """Fen stays a number, yuan becomes text again."""
    expected = {"income": "1,234.50", "amount_fen": 5}
    assert expected == Sheet().dump({"income": 123450, "amount_fen": 5})


@pytest.mark.parametrize("value", [True, 1.0, 1.5, "1", "1元", -1, FEN_MAX + 1, None, [1], 10**400])
def test_a_command_carries_nothing_but_whole_fen(value: object) -> None:
    """No bool, float, text, negative or absurd number, and the message is Chinese."""
    with pytest.raises(ValidationError) as caught:
        Sheet().load({"amount_fen": value})
    assert "金额" in str(caught.value.messages)


@pytest.mark.parametrize("value", [1, 1.5, True, None, "1e3", "NaN", "-1", "1.234"])
def test_a_sheet_carries_amounts_as_text(value: object) -> None:
    """A number where text is due, or text that is no amount, is refused in Chinese."""
    with pytest.raises(ValidationError) as caught:
        Sheet().load({"income": value})
    assert "金额" in str(caught.value.messages)
