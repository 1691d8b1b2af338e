"""A household's income is never wrong by a factor: what isn't sure is refused."""

from typing import Any

import pytest

from services.intake.spreadsheet.columns import recognise
from services.intake.spreadsheet.read import read_sheet
from tests.intake.spreadsheet.sheets import TITLES, TODAY, book, codes, grid, line, read


def under(title: str, cell: Any, above: str | None = None) -> list[int | str | None]:
    """The month's income in fen of a sheet with this title and cell, or the problems' codes."""
    titles = [title if old == "家庭月收入(元)" else old for old in TITLES]
    rows = grid([line(1) | {title: cell}], titles)
    reading = read_sheet(book([[above], *rows] if above else rows), TODAY)
    return [h.month_income_fen for h in reading.households] or [c for _, c in codes(reading)]


@pytest.mark.parametrize(
    ("title", "cell", "fen"),
    [
        ("家庭月收入(百元)", 12, 120_000),
        ("家庭月收入（千元）", "1.2", 120_000),
        ("家庭月收入(单位:千元)", "1.2千元/月", 120_000),
        ("家庭月收入(万元)", "0.12", 120_000),
        ("家庭年收入(万元)", "¥1.44", 120_000),
        ("家庭年收入（千元）", 14.4, 120_000),
        ("家庭年收入(元)", "14400元/年", 120_000),
        ("家庭年收入(元)", "1.44万元", 120_000),
        ("家庭收入(元/月)", "1200元每月", 120_000),
        ("家庭年收入(2023年1-12月)", "14,400元", 120_000),
    ],
)
def test_an_amount_is_scaled_as_its_title_says(title: str, cell: Any, fen: int) -> None:
    """Hundreds, thousands and ten thousands of yuan, by the month and by the year."""
    assert under(title, cell) == [fen]


@pytest.mark.parametrize(
    ("title", "cell", "code"),
    [
        ("家庭月收入(元)", "6000元/年", "AMOUNT_PERIOD"),
        ("家庭月收入(元)", "6000每年", "AMOUNT_PERIOD"),
        ("家庭年收入(元)", "300元/月", "AMOUNT_PERIOD"),
        ("家庭年收入(元)", "300/每月", "AMOUNT_PERIOD"),
        ("家庭年收入(万元)", "12000元", "AMOUNT_UNIT"),
        ("家庭年收入(千元)", "1.2万元", "AMOUNT_UNIT"),
        ("家庭年收入(亿元)", "1", "AMOUNT_UNIT"),
        ("家庭年收入(美元)", "1", "AMOUNT_UNIT"),
        ("家庭月收入(分)", "1200", "AMOUNT_UNIT"),
        ("家庭年收入(万元)", "1234567890", "INCOME_BAD"),
        ("家庭年收入(万元)", "1,44", "INCOME_BAD"),
        ("家庭月收入(元)", "3月", "INCOME_BAD"),
        ("家庭月收入(元)", "500元/季", "INCOME_BAD"),
    ],
)
def test_an_amount_against_its_title_is_a_bad_row(title: str, cell: str, code: str) -> None:
    """Refused rather than wrong by ten, twelve or ten thousand."""
    assert under(title, cell) == [code]


@pytest.mark.parametrize(
    ("above", "title", "expected"),
    [
        ("金额单位：万元", "家庭年收入", 1_200_000),
        ("单位：元", "家庭年收入", 120),
        ("填报单位：柳河镇", "家庭年收入(元)", 120),
        ("单位：万元", "家庭年收入(元)", "AMOUNT_UNIT"),
    ],
)
def test_a_unit_above_the_titles_counts_for_all(above: str, title: str, expected: Any) -> None:
    """The line over the titles speaks where the title doesn't, and never against it."""
    assert under(title, "14.4", above) == [expected]


@pytest.mark.parametrize(
    "title", ["家庭月收入(元/年)", "家庭年收入(元/月)", "家庭年收入(月均)", "家庭月收入(元/季度)"]
)
def test_a_title_of_two_periods_is_no_income(title: str) -> None:
    """It is named among the columns that weren't read."""
    assert recognise(title) is None
    assert read([line(1)], [*TITLES, title]).unread_columns == (title,)


@pytest.mark.parametrize(
    "village",
    ["村" * 41, "柳河村13800138000", "柳河村 138 0013 8000", "１２３４５６７", 13800138000],
)
def test_a_village_that_may_name_a_person_is_a_bad_row(village: Any) -> None:
    """It goes unsealed into the permanent record."""
    reading = read([line(1, 村=village)])
    assert (codes(reading), reading.households) == ([(2, "VILLAGE_BAD")], ())


def test_a_village_of_forty_signs_is_taken() -> None:
    """And a short number in its name."""
    assert codes(read([line(1, 村="村" * 34 + "123456")])) == []
