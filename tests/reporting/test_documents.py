"""The month's table as a file: readable by a bureau chief, harmless, and the same every time."""

import io
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.reporting.documents import monthly_table_xlsx
from shared.facts.reporting import TownshipRow
from shared.months import MonthRefused

ONE = TownshipRow("411603101", 10, 2, 1, 11, 25, 4, 3, 26, 1_234_567, 1_200_000, 30_000, 4_567)
TWO = TownshipRow("411603102", 1, 0, 0, 1, 2, 0, 0, 2, 5, 0, 0, 5)
NAMES = {"411603101": "新站镇", "411603102": "=HYPERLINK(1)"}


def made(month: str = "2024-04") -> bytes:
    return monthly_table_xlsx([ONE, TWO], NAMES, month, "SUBSISTENCE_ALLOWANCE", "淮阳区民政局")


def sheet_of(body: bytes) -> Worksheet:
    [sheet] = load_workbook(io.BytesIO(body)).worksheets
    return sheet


def row(sheet: Worksheet, number: int) -> list[object]:
    return [cell.value for cell in sheet[number]]


def test_the_table_reads_as_a_table() -> None:
    """Title, month and unit, two lines of heads, a row per township, the sums, who signs."""
    sheet = sheet_of(made())

    assert "最低生活保障月统计表" == sheet["A1"].value
    assert "2024年4月    填报单位：淮阳区民政局" == sheet["A2"].value
    assert ["期初", "本月新增", "本月退出", "期末", "发放金额（元）"] == [
        value for value in row(sheet, 3)[2:] if value
    ]
    assert [1, "新站镇", 10, 25, 2, 4, 1, 3, 11, 26] == row(sheet, 5)[:10]
    assert ["", "合计", 11, 27, 2, 4, 1, 3, 12, 28] == [v or "" for v in row(sheet, 7)[:10]]
    assert ["单位负责人：", "审核人：", "制表人："] == [v for v in row(sheet, 8) if v]


def test_amounts_are_in_yuan_with_two_decimals_to_the_fen() -> None:
    """Numbers, not text; the sum adds up."""
    sheet = sheet_of(made())
    amounts = [Decimal(str(value)) for value in row(sheet, 5)[10:]]

    assert [Decimal("12345.67"), Decimal(12000), Decimal(300), Decimal("45.67")] == amounts
    assert Decimal("12345.72") == Decimal(str(sheet["K7"].value))
    assert {"#,##0.00"} == {cell.number_format for cell in sheet[5][10:]}


def test_a_units_name_is_never_a_formula() -> None:
    """Text stays text, also once somebody edits the cell."""
    cell = sheet_of(made())["B6"]

    assert ("=HYPERLINK(1)", "s", True) == (cell.value, cell.data_type, bool(cell.quotePrefix))


def test_equal_figures_are_equal_bytes() -> None:
    """No clock enters the file; another month is another file."""
    first = made()
    properties = load_workbook(io.BytesIO(first)).properties

    assert first == made()
    assert first != made("2024-05")
    assert (datetime(2024, 4, 1),) * 2 == (properties.created, properties.modified)  # noqa: DTZ001


def test_a_month_that_is_none_is_refused() -> None:
    """As at every door."""
    with pytest.raises(MonthRefused):
        made("2024-13")
