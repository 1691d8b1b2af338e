"""Totals and signatures are passed over wherever they stand; nobody is lost among them."""

from itertools import permutations

import pytest

from services.intake.spreadsheet.model import Skipped
from services.intake.spreadsheet.read import read_sheet
from tests.intake.spreadsheet.sheets import TITLES, TODAY, Line, book, codes, couple, grid, read

FIRST = ("序号", "户主姓名", "姓名", "与户主关系", "身份证号码", "备注")
COUNTS = ("1户4人", "4人", "共1户（4人）", "1户、4人", "三人", 4, "4", "=COUNTA(F2:F9)")


@pytest.mark.parametrize("order", list(permutations(FIRST, 2)), ids="-".join)
def test_a_subtotal_is_passed_over_in_whatever_columns_it_stands(order: tuple[str, str]) -> None:
    """The word in one column and the count in the next, whichever two come first."""
    titles = [*order, *(title for title in TITLES if title not in order)]
    lines = [*couple(1), {order[0]: "小计", order[1]: "1户4人"}, *couple(11, "赵大山", "钱二妹")]
    reading = read(lines, titles)
    assert (codes(reading), len(reading.households)) == ([], 2)
    assert reading.rows_skipped == Skipped(empty=0, subtotal=1, header=0, footer=0)


@pytest.mark.parametrize("word", ["小计", "合 计", "柳河村小计："])
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("column", ["姓名", "与户主关系", "身份证号码", "户主姓名"])
def test_a_total_in_the_remark_makes_nobody_of_a_count(word: str, count: str, column: str) -> None:
    """The columns in their usual order, the word at their end."""
    reading = read([*couple(1), {column: count, "备注": word}, *couple(11, "赵大山", "钱二妹")])
    assert (codes(reading), reading.rows_skipped.subtotal) == ([], 1)


@pytest.mark.parametrize(
    "cells",
    [
        {"姓名": "李四", "与户主关系": "老伴儿", "联系电话": "联系电话：13800138000"},
        {"姓名": "李四", "联系电话": "联系电话：13800138000"},
        {"姓名": "李四", "村(社区)": "村（社区）：前王村"},
        {"姓名": "李四", "村(社区)": "村："},
        {"户主姓名": "单位：", "姓名": "李四"},
        {"与户主关系": "子", "身份证号码": "办理中", "户主姓名": "小计 合计"},
        {"身份证号码": "办理中", "备注": "小计"},
        {"与户主关系": "老伴儿", "备注": "合计：三人"},
        {"与户主关系": "子", "户主姓名": "审核人："},
        {"姓名": "李四", "备注": "小计"},
        {"姓名": "李小红（残疾）", "备注": "备注：无"},
        {"户主姓名": "王小明", "联系电话": "联系电话：13800138000"},
        {"银行账号": "410200000000001", "备注": "合计：一户"},
        {"家庭月收入(元)": 800, "备注": "审核：已核"},
        {"户主姓名": "赵大山"},
        {"序号": 3, "联系电话": "13800138000"},
    ],
)
def test_a_row_with_a_persons_cell_is_never_passed_over(cells: Line) -> None:
    """Whatever else stands beside a name, a kinship or an ID, the row is a bad one, with reason."""
    reading = read([*couple(1), cells])
    bad = {row for row, code in codes(reading) if code != "HOUSEHOLD_HAS_BAD_ROW"}
    assert (reading.rows_read, reading.rows_skipped.total, bad) == (3, 0, {4})


@pytest.mark.parametrize(
    "cells",
    [
        {"序号": "单位负责人：", "姓名": "赵某", "身份证号码": "日期：2024年3月2日"},
        {"户主姓名": "村主任：", "姓名": "赵某"},
        {"序号": "填报单位：", "姓名": "柳河镇人民政府"},
        {"村(社区)": "村委会（盖章）", "姓名": "柳河村委会"},
        {"姓名": "填表人：赵某", "身份证号码": "审核人：钱某"},
    ],
)
def test_a_signature_speaks_for_the_cell_beside_it(cells: Line) -> None:
    """Who signed is nobody of the family above."""
    reading = read([*couple(1), cells])
    assert (codes(reading), reading.rows_skipped.footer) == ([], 1)


def test_a_wide_merged_cell_hides_nobody() -> None:
    """A remark merged over three columns stands beside a name."""
    titles = [*TITLES, "甲", "乙"]
    lines = [*couple(1), {"姓名": "李四", "备注": "外出务工"}]
    reading = read_sheet(book(grid(lines, titles), ["N4:P4"]), TODAY)
    assert (reading.rows_read, reading.rows_skipped.total) == (3, 0)
