"""The titles are found wherever they stand and however an office words them."""

from typing import Any

import pytest
from openpyxl import Workbook

from services.intake.spreadsheet.columns import Column, recognise
from services.intake.spreadsheet.read import read_sheet
from services.intake.spreadsheet.refusals import SheetHeaderTwice, SheetNoHeader
from tests.intake.spreadsheet.sheets import TITLES, TODAY, book, codes, couple, grid, read, saved


@pytest.mark.parametrize(
    ("column", "titles"),
    [
        (Column.SERIAL, "序号 序 编号"),
        (Column.HOUSEHOLD_NUMBER, "户编号 户号 家庭编号"),
        (
            Column.VILLAGE,
            "村(社区) 村居 村委会 行政村 所在村 村（居） 村/社区 村（居）委会 村名 社区",
        ),
        (Column.HEAD, "户主 户主姓名 申请人 申请人姓名 户主（申请人）姓名"),
        (Column.NAME, "姓名 成员姓名 家庭成员 家庭成员姓名 *姓名 姓名："),
        (
            Column.RELATION,
            "关系 家庭关系 与申请人关系 与户主关系 与户主的关系 与户主（申请人）关系",
        ),
        (
            Column.RESIDENT_ID,
            "身份证号 公民身份号码 证件号码 身份证号码 居民身份证号码 身份证号码（18位） 身份证",
        ),
        (Column.CATEGORY, "户口性质 户籍性质 户口类别 城乡类别 户口性质（农业/非农业）"),
        (
            Column.MONTH_INCOME,
            "家庭月收入(元) 月收入 家庭月总收入 月收入(元) 家庭月收入（万元） 家庭收入（元/月） 月收入元",
        ),
        (
            Column.YEAR_INCOME,
            "家庭年收入(元) 年收入 家庭年总收入 全年收入 家庭收入（元/年） 年收入（万元）",
        ),
        (Column.BANK, "开户银行 开户行 银行名称 开户银行名称 发放银行"),
        (Column.ACCOUNT, "银行账号 卡号 银行卡号 一卡通账号 银行帐号 开户账号 惠农一卡通账号 账号"),
        (Column.PHONE, "联系电话 手机 电话 联系方式 手机号码 联系电话（手机）"),
        (Column.PROGRAMME, "救助类型 救助类别 申请类型 保障类型"),
        (Column.APPLIED_ON, "申请日期 申请时间 申请日期（年月日）"),
        (Column.REMARK, "备注 说明"),
    ],
)
def test_offices_words_are_recognised(column: Column, titles: str) -> None:
    """Every synonym names its column, also with line breaks and spaces inside."""
    for title in titles.split():
        broken = f" {title[:1]}\n{title[1:]}\u3000"
        assert (recognise(title), recognise(broken)) == (column, column), title


@pytest.mark.parametrize(
    "title",
    [
        *("家庭人均月收入", "月收入（人均）", "个人月收入", "户主身份证号码", "监护人姓名", "户名"),
        *(
            "代领人身份证号",
            "低保证号",
            "年龄",
            "柳河镇低保申请花名册",
            "出生日期",
            "开户银行及账号",
        ),
        "户籍地址",
    ],
)
def test_other_columns_are_not_mistaken_for_ours(title: str) -> None:
    """A title that holds our word among others names something else."""
    assert recognise(title) is None


def test_titles_stand_below_title_rows_and_above_nothing() -> None:
    """A merged title, a line of who and when, an empty line: the titles come fourth."""
    lines = grid(couple(1))
    content = book(
        [["柳河镇最低生活保障申请花名册"], ["填报单位：柳河镇", None, "2024年3月"], [], *lines],
        merged=["A1:N1"],
    )
    reading = read_sheet(content, TODAY)
    assert codes(reading) == []
    assert reading.households[0].rows == (5, 6)


def test_titles_in_two_lines_are_read_together() -> None:
    """户主 over 身份证号码 is another's number; 家庭成员 over 姓名 is the person."""
    person = couple(1)
    values = [
        [
            "东关村",
            one["户主姓名"],
            "无关",
            one["姓名"],
            one["与户主关系"],
            one["身份证号码"],
            "农业",
            1,
            14_400,
        ]
        for one in person
    ]
    upper: list[Any] = [
        "村(社区)",
        "户主",
        None,
        "家庭成员情况",
        None,
        None,
        "户口性质",
        "收入",
        None,
    ]
    lower: list[Any] = [
        None,
        "姓名",
        "身份证号码",
        "姓名",
        "关系",
        "身份证号",
        None,
        "人均",
        "年收入",
    ]
    content = book([upper, lower, *values], merged=["A1:A2", "B1:C1", "D1:F1", "G1:G2", "H1:I1"])
    reading = read_sheet(content, TODAY)
    assert codes(reading) == []
    assert reading.households[0].head.name == "王小明"
    assert reading.households[0].month_income_fen == 120_000


def test_a_missing_column_is_named() -> None:
    """The refusal says which titles are lacking, and only those."""
    titles = [title for title in TITLES if title not in ("身份证号码", "与户主关系")]
    with pytest.raises(SheetNoHeader) as caught:
        read(couple(1), titles)
    assert caught.value.missing == ("与户主关系", "身份证号码")
    assert "「身份证号码」" in caught.value.sentence


@pytest.mark.parametrize("cells", [[], [["一", "二"]], [["说明"]] * 60])
def test_a_sheet_without_titles_is_refused(cells: list[list[Any]]) -> None:
    """Empty or about something else."""
    with pytest.raises(SheetNoHeader):
        read_sheet(book(cells), TODAY)


def test_two_columns_of_one_name_are_refused_not_guessed() -> None:
    """Which of two ID columns is the person's is for the officer to say."""
    with pytest.raises(SheetHeaderTwice) as caught:
        read(couple(1), [*TITLES, "身份证号"])
    assert "F、O列" in caught.value.sentence


def test_columns_that_are_not_ours_are_named() -> None:
    """Nothing is passed over in silence."""
    reading = read([row | {"年龄": 44} for row in couple(1)], [*TITLES, "年龄"])
    assert reading.unread_columns == ("年龄",)


def test_the_sheet_with_titles_is_chosen_and_the_others_are_named() -> None:
    """A cover sheet is passed over; a second list is not read, and that is said."""
    workbook = Workbook()
    cover = workbook.active
    assert cover is not None
    cover.append(["封面"])
    for name, order in (("一村", 1), ("二村", 11)):
        sheet = workbook.create_sheet(name)
        for row in grid(couple(order)):
            sheet.append(row)
    reading = read_sheet(saved(workbook), TODAY)
    assert (reading.sheet, len(reading.households)) == ("一村", 1)
    assert codes(reading) == [(0, "SHEET_NOT_READ")]
    assert "二村" in reading.problems[0].reason


def test_a_hidden_sheet_is_passed_over_and_hidden_rows_are_read() -> None:
    """A hidden tab is an old copy; a hidden row is a filter left on."""
    workbook = Workbook()
    old = workbook.active
    assert old is not None
    sheet = workbook.create_sheet("现在")
    for row in grid(couple(11)):
        old.append(row)
    for row in grid(couple(1)):
        sheet.append(row)
    old.sheet_state = "hidden"
    sheet.row_dimensions[3].hidden = True
    workbook.active = 1
    reading = read_sheet(saved(workbook), TODAY)
    assert (reading.sheet, reading.rows_read, codes(reading)) == ("现在", 2, [])
