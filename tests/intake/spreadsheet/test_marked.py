"""The marked-up copy shows what is wrong where it is wrong, and carries nothing dangerous over."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from services.intake.spreadsheet.marked import PROBLEMS_TITLE, marked_copy
from services.intake.spreadsheet.model import content_key
from services.intake.spreadsheet.read import read_sheet
from services.intake.spreadsheet.summary import SUMMARY_TITLE
from tests.intake.spreadsheet.sheets import TODAY, book, codes, couple, grid, line, with_part

BAD_ID = "123"


def copy_of(content: bytes) -> Workbook:
    """The marked copy, opened."""
    return load_workbook(io.BytesIO(marked_copy(content, read_sheet(content, TODAY))))


def sheet_with_a_bad_row() -> bytes:
    """A merged title, a good household, one with a bad ID in its second row (row 6)."""
    lines = [*couple(1), *couple(11, "赵大山", "钱二妹")]
    lines[3]["身份证号码"] = BAD_ID
    return book([["柳河镇花名册"], *grid(lines)], ["A1:N1", "B3:B4"])


def test_bad_cells_are_coloured_and_commented() -> None:
    """The reason stands on the cell and in the row's last column."""
    sheet = copy_of(sheet_with_a_bad_row()).worksheets[0]
    bad = sheet["F6"]
    assert bad.value == BAD_ID
    assert bad.fill.fgColor.rgb.endswith("FFC7CE")
    assert bad.comment is not None
    assert "身份证号码应为18位" in bad.comment.text
    assert sheet["F5"].comment is None
    assert [sheet.cell(row, 15).value is not None for row in range(1, 7)] == [
        *(False, True, False, False, True, True)
    ]
    assert sheet["O2"].value == PROBLEMS_TITLE
    assert "F列「身份证号码」" in sheet["O6"].value
    assert "第6行" in sheet["O5"].value


def test_rows_columns_and_merged_ranges_stay_where_they_were() -> None:
    """The officer finds the sheet as it was."""
    content = sheet_with_a_bad_row()
    before = load_workbook(io.BytesIO(content)).worksheets[0]
    after = copy_of(content).worksheets[0]
    assert {str(area) for area in after.merged_cells.ranges} == {"A1:N1", "B3:B4"}
    for row in before.iter_rows():
        for cell in row:
            assert after[cell.coordinate].value == cell.value, cell.coordinate


def test_a_summary_says_what_was_taken_and_what_not() -> None:
    """The counts of the reading, on a sheet of their own."""
    summary = copy_of(sheet_with_a_bad_row())[SUMMARY_TITLE]
    said = {row[0]: row[1] for row in summary.iter_rows(values_only=True)}
    assert said["读取的人员行数"] == 4
    assert said["可以导入的户数"] == 1
    assert said["暂不导入的户数"] == 1
    assert said["有问题的行数"] == 1
    assert said["受同户影响暂不导入的行数"] == 1


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://example.invalid","x")', "+1", "-1", "@SUM(1)", "=cmd|' /C'!A0"],
)
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    """No cell of the copy is a formula, in the data, the titles or the problems."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in grid([line(1, 备注="x", 姓名="x")]):
        sheet.append(row)
    for place in ("N2", "D2", "O1", "O2"):
        sheet[place].value = text
        sheet[place].data_type = "s"
    out = io.BytesIO()
    workbook.save(out)
    copied = copy_of(out.getvalue())
    cells = [cell for page in copied.worksheets for row in page.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert copied.worksheets[0]["N2"].value == text
    assert copied.worksheets[0]["N2"].quotePrefix


def test_a_formula_of_the_sheet_is_not_carried_over() -> None:
    """Only what it had shown is; one never calculated is an error, not an empty cell."""
    content = book([*grid(couple(1)), ["合计", None, None, None, None, None, None, "=SUM(H2:H3)"]])
    copied = copy_of(content).worksheets[0]
    assert (copied["A4"].value, copied["H4"].value) == ("合计", "#N/A")


def test_numbers_dates_and_long_digits_show_as_they_were() -> None:
    """A date stays a date, an amount a number; digits that Excel would alter become text."""
    content = book(grid([line(1, 身份证号码=999999198001010000, 申请日期=date(2024, 3, 1))]))
    sheet = copy_of(content).worksheets[0]
    assert sheet["F2"].value == "999999198001010000"
    assert sheet["M2"].value == datetime(2024, 3, 1)  # noqa: DTZ001 a sheet's day has no zone
    assert sheet["H2"].value == 1200


def test_a_corrected_copy_is_read_again_like_the_sheet_corrected() -> None:
    """The officer mends the copy and brings it back: same households, same keys."""
    right = couple(11, "赵大山", "钱二妹")
    mended = copy_of(sheet_with_a_bad_row())
    mended.worksheets[0]["F6"].value = right[1]["身份证号码"]
    out = io.BytesIO()
    mended.save(out)
    again = read_sheet(out.getvalue(), TODAY)
    plain = read_sheet(book(grid([*couple(1), *right])), TODAY)
    assert codes(again) == []
    assert [content_key(h) for h in again.households] == [content_key(h) for h in plain.households]


def test_a_copy_brought_back_unmended_takes_no_more_than_before() -> None:
    """An error or a formula without a value stays a problem in the copy."""
    lines = [line(1, 村="=A1"), line(11, 户主姓名="赵大山", 姓名="赵大山", 村="#REF!")]
    content = book(grid(lines))
    reading = read_sheet(content, TODAY)
    again = read_sheet(marked_copy(content, reading), TODAY)
    assert codes(reading) == [(2, "CELL_FORMULA"), (3, "CELL_ERROR")]
    assert codes(again) == [(2, "CELL_ERROR"), (3, "CELL_ERROR")]


def test_a_copy_of_a_copy_has_one_column_of_problems() -> None:
    """The old reasons make room for the new."""
    content = sheet_with_a_bad_row()
    once = marked_copy(content, read_sheet(content, TODAY))
    twice = copy_of(once).worksheets[0]
    titles = [cell.value for cell in twice[2]]
    assert titles.count(PROBLEMS_TITLE) == 1
    assert twice["O4"].value is None


def test_nothing_else_of_the_file_is_carried_over() -> None:
    """No macro, no object, no other sheet."""
    content = with_part(sheet_with_a_bad_row(), "xl/vbaProject.bin", b"x")
    copied = marked_copy(content, read_sheet(content, TODAY))
    with zipfile.ZipFile(io.BytesIO(copied)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "embed" in name]
    assert len(load_workbook(io.BytesIO(copied)).sheetnames) == 2


@pytest.mark.parametrize("title", [SUMMARY_TITLE, "名单", "='x"])
def test_the_copy_opens_whatever_the_sheet_is_called(title: str) -> None:
    """A title that Excel wouldn't take, or that the summary needs, is replaced."""
    names: list[Any] = copy_of(book(grid(couple(1)), title=title)).sheetnames
    assert len(set(names)) == 2
    assert SUMMARY_TITLE == names[1]
