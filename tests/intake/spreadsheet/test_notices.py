"""What is taken or left in an unusual way is said, without holding anybody back."""

from typing import Any

import pytest
from openpyxl import Workbook

from services.intake.spreadsheet.marked import marked_copy
from services.intake.spreadsheet.model import SheetReading
from services.intake.spreadsheet.read import read_sheet
from services.intake.spreadsheet.refusals import SheetEmpty
from services.intake.spreadsheet.summary import SUMMARY_TITLE
from tests.intake.spreadsheet.sheets import (
    TITLES,
    TODAY,
    Line,
    book,
    codes,
    couple,
    grid,
    line,
    read,
    saved,
)
from tests.intake.spreadsheet.test_marked import copy_of


def said(reading: SheetReading) -> dict[str, str]:
    """The notices' sentences by code; a notice has no place of its own."""
    assert {(notice.row, notice.column, notice.title) for notice in reading.notices} <= {
        (0, "", "")
    }
    return {notice.code: notice.reason for notice in reading.notices}


def workbook(**sheets: list[list[Any]]) -> Workbook:
    """A workbook of these sheets in this order."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def test_a_plain_sheet_leaves_nothing_to_say() -> None:
    """Every row marked, nothing passed over."""
    reading = read(couple(1))
    assert (reading.notices, reading.others) == ((), ())


def test_hidden_rows_are_taken_and_said() -> None:
    """Their numbers, so that the officer can look."""
    made = workbook(花名册=grid([*couple(1), *couple(11, "赵大山", "钱二妹")]))
    for row in (3, 4):
        made["花名册"].row_dimensions[row].hidden = True
    reading = read_sheet(saved(made), TODAY)
    assert (len(reading.households), codes(reading)) == (2, [])
    assert said(reading)["ROWS_HIDDEN"].startswith("第3、4行是隐藏的")


def test_rows_put_to_the_family_above_are_said() -> None:
    """With marks on the first rows only, and without any."""
    lines = [row | {"序号": None} for row in couple(1)]
    lines[1]["户主姓名"] = None
    assert said(read(lines))["ROWS_CONTINUED"].startswith("第3行没有")
    bare = [title for title in TITLES if title not in ("序号", "户主姓名")]
    assert said(read(couple(1), bare))["ROWS_CONTINUED"].startswith("第3行没有")


def test_rows_passed_over_are_said_by_kind() -> None:
    """A total, a signature, a numbered line; twenty are named and the rest counted."""
    rest: list[Line] = [
        {"姓名": "合计"},
        {"姓名": "填表人：赵某"},
        {"序号": 9, "村(社区)": "柳河村"},
    ]
    texts = said(read([*couple(1), *rest, *[{"备注": "小计"}] * 30]))
    assert texts["ROWS_SUBTOTAL"].startswith("第4、7、8、")
    assert "行等31行是小计" in texts["ROWS_SUBTOTAL"]
    assert texts["ROWS_FOOTER"].startswith("第5行")
    assert texts["ROWS_UNFILLED"].startswith("第6行")


def test_sheets_that_are_not_read_are_said_and_those_with_people_are_problems() -> None:
    """A hidden one, one of notes, and one that goes on with people but without titles."""
    made = workbook(
        旧表=grid(couple(21)),
        花名册=grid(couple(1)),
        说明=[["填表说明", "一人一行"]],
        续表=grid(couple(11, "赵大山", "钱二妹"))[1:],
        空表=[],
    )
    made["旧表"].sheet_state = "hidden"
    content = saved(made)
    reading = read_sheet(content, TODAY)
    assert (reading.sheet, len(reading.households)) == ("花名册", 1)
    assert codes(reading) == [(0, "SHEET_NOT_READ")]
    assert "续表" in reading.problems[0].reason
    assert "旧表" in said(reading)["SHEET_HIDDEN"]
    assert "说明" in said(reading)["SHEET_PASSED_OVER"]
    assert reading.others == ("旧表", "说明", "续表", "空表")
    summary = copy_of(content)[SUMMARY_TITLE]
    shown = {row[0]: row[1] for row in summary.iter_rows(values_only=True)}
    assert shown["没有读取、也没有复制到本文件的工作表"] == "旧表、说明、续表、空表"
    assert {notice.reason for notice in reading.notices} <= shown.keys()
    assert marked_copy(content, reading)


@pytest.mark.parametrize("below", [[], [["小计", None, None, "0人"]], [["填表人：赵某"], [1]]])
def test_titles_with_nobody_below_are_refused(below: list[list[Any]]) -> None:
    """The whole file, with a sentence: an empty success would look like a list taken."""
    with pytest.raises(SheetEmpty) as caught:
        read_sheet(book([list(TITLES), *below]), TODAY)
    assert caught.value.code == "SHEET_EMPTY"
    assert "花名册" in caught.value.sentence


def test_an_empty_form_before_the_list_is_passed_over() -> None:
    """Both have the titles; the one with people is read, the other named."""
    made = workbook(样表=grid([]), 花名册=grid([line(1)]))
    reading = read_sheet(saved(made), TODAY)
    assert (reading.sheet, codes(reading)) == ("花名册", [(0, "SHEET_NOT_READ")])
