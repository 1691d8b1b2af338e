"""Rows become families, whole or not at all, and everything held back has its reason."""

from typing import Any

import pytest

from services.intake.spreadsheet.model import Skipped, content_key
from services.intake.spreadsheet.read import read_sheet
from shared.resident_id import REGION_ELSEWHERE
from tests.intake.spreadsheet.sheets import (
    TITLES,
    TODAY,
    Line,
    book,
    codes,
    couple,
    grid,
    id_number,
    line,
    read,
)

NOTHING_SKIPPED = Skipped(empty=0, subtotal=0, header=0, footer=0)
HELD = "HOUSEHOLD_HAS_BAD_ROW"


def changed(lines: list[Line], index: int, **changes: Any) -> list[Line]:
    """`lines` with one line's values replaced, by title without brackets."""
    full = {title.partition("(")[0]: title for title in TITLES}
    lines[index] |= {full[name]: value for name, value in changes.items()}
    return lines


def test_a_household_says_all_that_its_rows_say() -> None:
    """Two rows, one household, every field."""
    reading = read(couple(1))
    (household,) = reading.households
    assert (household.first_row, household.rows) == (2, (2, 3))
    assert (household.village, household.category) == ("柳河村", "RURAL")
    assert household.programme == "SUBSISTENCE_ALLOWANCE"
    assert household.month_income_fen == 120_000
    assert (household.bank, household.account) == ("农业银行", "410200000000001")
    assert (household.phone, household.remark) == ("13800000000", "")
    assert household.applied_on is not None
    assert household.applied_on.isoformat() == "2024-03-01"
    assert [member.relation for member in household.members] == ["HEAD", "SPOUSE"]
    assert household.head is household.members[0]
    assert [member.resident_id for member in household.members] == [id_number(1), id_number(2)]
    assert [member.female for member in household.members] == [False, True]
    assert household.head.warnings == (REGION_ELSEWHERE,)
    assert (reading.rows_read, reading.rows_bad, reading.rows_held) == (2, 0, 0)
    assert (reading.rows_skipped, reading.problems) == (NOTHING_SKIPPED, ())


def test_one_bad_row_holds_back_its_family_and_no_other() -> None:
    """The bad row is told apart from the good one that waits for it (83号 1(1))."""
    lines = changed([*couple(1), *couple(11, "赵大山", "钱二妹")], 1, 身份证号码="123")
    reading = read(lines)
    assert codes(reading) == [(2, HELD), (3, "ID_FORMAT")]
    assert "第3行" in reading.problems[0].reason
    assert (reading.problems[1].column, reading.problems[1].title) == ("F", "身份证号码")
    assert [household.head.name for household in reading.households] == ["赵大山"]
    assert (reading.rows_read, reading.rows_bad, reading.rows_held) == (4, 1, 1)
    assert reading.households_bad == 1


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"姓名": "李小红2"}, "NAME_BAD", "D"),
        ({"姓名": None}, "NAME_MISSING", "D"),
        ({"与户主关系": "邻居"}, "RELATION_UNKNOWN", "E"),
        ({"与户主关系": None}, "RELATION_MISSING", "E"),
        ({"与户主关系": "户主"}, "ID_REPEATED", "F"),
        ({"身份证号码": None}, "ID_MISSING", "F"),
        ({"身份证号码": id_number(1)}, "ID_REPEATED", "F"),
        ({"户口性质": "城镇"}, "HOUSEHOLD_CONTRADICTS", "G"),
        ({"家庭月收入": 1300}, "HOUSEHOLD_CONTRADICTS", "H"),
        ({"家庭月收入": -1}, "INCOME_BAD", "H"),
        ({"银行账号": "410200000000002"}, "HOUSEHOLD_CONTRADICTS", "J"),
        ({"银行账号": 6217000010000000000}, "ACCOUNT_DAMAGED", "J"),
        ({"救助类型": "特困"}, "PROGRAMME_NOT_YET", "L"),
        ({"申请日期": "3月1日"}, "DATE_WITHOUT_YEAR", "M"),
        ({"申请日期": "2024-03-02"}, "HOUSEHOLD_CONTRADICTS", "M"),
        ({"户口性质": "#N/A"}, "CELL_ERROR", "G"),
    ],
)
def test_a_bad_cell_is_reported_where_it_stands(
    changes: dict[str, Any], code: str, column: str
) -> None:
    """Row, column letter, title, code and a Chinese reason; the household is not taken."""
    lines = couple(1)
    if code == "ID_REPEATED" and "身份证号码" not in changes:
        changes = changes | {"身份证号码": id_number(1)}
    reading = read(changed(lines, 1, **changes))
    problem = next(fault for fault in reading.problems if fault.code == code and fault.row == 3)
    assert problem.column == column
    assert problem.title == TITLES["ABCDEFGHIJKLMN".index(column)]
    assert problem.reason.endswith("。")
    assert reading.households == ()


def test_values_of_the_household_may_stand_on_its_first_row_only() -> None:
    """As officers fill in: the head's row has them, the others are left empty."""
    rest = dict.fromkeys(
        ("户口性质", "家庭月收入", "开户银行", "银行账号", "联系电话", "救助类型", "申请日期")
    )
    sparse = read(changed(couple(1), 1, **rest, 村=None, 户主姓名=None, 序号=None))
    assert codes(sparse) == []
    assert content_key(sparse.households[0]) == content_key(read(couple(1)).households[0])


def test_a_household_without_registration_is_reported_once() -> None:
    """At its first row, also where the sheet has no such column."""
    empty = changed(changed(couple(1), 0, 户口性质=None), 1, 户口性质=None)
    assert codes(read(empty)) == [(2, "CATEGORY_MISSING"), (3, HELD)]
    titles = [title for title in TITLES if title != "户口性质"]
    reading = read(couple(1), titles)
    assert codes(reading) == [(2, "CATEGORY_MISSING"), (3, HELD)]
    assert "没有“户口性质”一列" in reading.problems[0].reason


def test_a_missing_income_account_or_date_is_no_problem() -> None:
    """They become missing materials of the application."""
    titles = ("村(社区)", "姓名", "与户主关系", "身份证号码", "户口性质")
    (household,) = read(couple(1), titles).households
    assert household.month_income_fen is None
    assert (household.bank, household.account, household.applied_on) == ("", "", None)
    assert household.programme == "SUBSISTENCE_ALLOWANCE"


@pytest.mark.parametrize(
    ("month", "year", "fen"),
    [
        (None, 14_400, 120_000),
        (None, 10_000, 83_333),
        (None, "10000.06", 83_334),
        ("833", 10_000, 83_300),
        ("833.33", "1万元", 83_333),
        (0, 0, 0),
    ],
)
def test_a_years_income_is_a_twelfth_a_month(month: Any, year: Any, fen: int) -> None:
    """Half up to the fen; the month's own figure stands where both agree to the yuan."""
    titles = [*TITLES, "家庭年收入(元)"]
    reading = read([line(1, 家庭月收入=month) | {"家庭年收入(元)": year}], titles)
    assert [household.month_income_fen for household in reading.households] == [fen]


def test_a_years_income_that_contradicts_the_months_is_reported() -> None:
    """1,200 a month is not 10,000 a year."""
    reading = read([line(1) | {"家庭年收入(元)": 10_000}], [*TITLES, "家庭年收入(元)"])
    assert codes(reading) == [(2, "INCOME_CONTRADICTS")]


def test_an_account_without_a_bank_is_reported() -> None:
    """Money can't be sent to a number alone."""
    assert codes(read([line(1, 开户银行=None)])) == [(2, "BANK_MISSING")]


def test_an_odd_telephone_number_is_a_warning() -> None:
    """It is not needed, so it holds nobody back."""
    reading = read([line(1, 联系电话="12345")])
    assert codes(reading) == []
    assert any("联系电话" in warning for warning in reading.households[0].warnings)


def test_furniture_is_skipped_and_counted() -> None:
    """Subtotals, repeated titles, signatures, notes, numbered and empty lines are nobody."""
    last = ["填表人：赵某", None, None, "审核人：钱某", None, None, "制表日期：2024年3月2日"]
    content = book(
        [
            *grid(couple(1)),
            ["小计", None, None, "2人", None, None, None, 2400],
            [],
            list(TITLES),
            ["张庄村"],
            *grid(couple(11, "赵大山", "钱二妹"))[1:],
            [99],
            ["合计", None, None, None, None, None, None, "=SUM(H2:H9)"],
            ["注：收入为月均。"],
            last,
        ]
    )
    reading = read_sheet(content, TODAY)
    assert codes(reading) == []
    assert len(reading.households) == 2
    assert reading.rows_skipped == Skipped(empty=2, subtotal=2, header=1, footer=3)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"序号": "小计", "姓名": "3人", "与户主关系": "2户"}, "subtotal"),
        ({"村(社区)": "柳河村小计", "家庭月收入(元)": 3600}, "subtotal"),
        ({"姓名": "合 计"}, "subtotal"),
        ({"户主姓名": "总计：", "身份证号码": "5人"}, "subtotal"),
        (
            {
                "序号": "填表人：",
                "姓名": "赵某",
                "与户主关系": "日期",
                "身份证号码": "2024年3月2日",
            },
            "footer",
        ),
        ({"姓名": "审核人：", "与户主关系": "钱某"}, "footer"),
        ({"身份证号码": "联系电话：13800000000"}, "footer"),
        ({"序号": "村委会（盖章）"}, "footer"),
        ({"备注": "以上情况属实"}, "footer"),
        ({"序号": 7, "村(社区)": "柳河村", "救助类型": "低保", "家庭月收入(元)": 0}, "empty"),
        ({"序号": 7, "家庭月收入(元)": "=1*0"}, "empty"),
        ({"姓名": "家庭成员姓名", "身份证号码": "证件号码"}, "header"),
    ],
)
def test_the_officers_own_lines_are_nobody(cells: Line, kind: str) -> None:
    """Between two families, in whatever column they stand; the families are untouched."""
    reading = read([*couple(1), cells, *couple(11, "赵大山", "钱二妹")])
    assert codes(reading) == []
    assert len(reading.households) == 2
    assert getattr(reading.rows_skipped, kind) == reading.rows_skipped.total == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"身份证号码": None, "备注": "联系村干部：已核"}, "ID_MISSING"),
        ({"身份证号码": None, "与户主关系": None, "备注": "合计：三人"}, "ID_MISSING"),
        ({"姓名": None, "与户主关系": None}, "NAME_MISSING"),
        ({"姓名": None, "身份证号码": "123", "与户主关系": None}, "ID_FORMAT"),
        ({"姓名": "小计"}, "HEAD_NAME_DIFFERS"),
    ],
)
def test_a_person_in_pieces_is_reported_not_skipped(changes: dict[str, Any], code: str) -> None:
    """What is half filled in was meant to be somebody."""
    reading = read(changed([line(1)], 0, **changes))
    assert code in [problem.code for problem in reading.problems]
    assert (reading.rows_read, reading.rows_skipped) == (1, NOTHING_SKIPPED)


def test_a_person_whose_id_is_missing_is_no_furniture() -> None:
    """A remark that speaks of a total doesn't make the row one."""
    reading = read([line(1, 身份证号码=None, 备注="合计：三人")])
    assert codes(reading) == [(2, "ID_MISSING")]


def test_merged_cells_count_for_every_row_that_they_cover() -> None:
    """Number, village, head, income and account stand once, merged over the family."""
    plain = [*couple(1), *couple(11, "赵大山", "钱二妹")]
    sparse = [dict(row) for row in plain]
    shared = ("序号", "村(社区)", "户主姓名", "户口性质", "家庭月收入(元)", "银行账号", "开户银行")
    for index in (1, 3):
        sparse[index] |= dict.fromkeys(shared)
    merged = [
        f"{'ABCDEFGHIJKLMN'[TITLES.index(title)]}{top}:"
        f"{'ABCDEFGHIJKLMN'[TITLES.index(title)]}{top + 1}"
        for title in shared
        for top in (2, 4)
    ]
    reading = read_sheet(book(grid(sparse), merged), TODAY)
    expected = [content_key(household) for household in read(plain).households]
    assert [content_key(household) for household in reading.households] == expected
    assert codes(reading) == []


def test_a_merged_name_is_lent_to_nobody() -> None:
    """Two rows under one merged ID are not two people with one number."""
    lines = changed(couple(1), 1, 身份证号码=None)
    reading = read_sheet(book(grid(lines), ["F2:F3"]), TODAY)
    assert codes(reading) == [(2, HELD), (3, "ID_MISSING")]


def test_families_are_told_apart_without_a_column_for_the_head() -> None:
    """By the household's number on its first row, by the head's row, by a number merged."""
    titles = [title for title in TITLES if title != "户主姓名"]
    lines = [*couple(1), *couple(11, "赵大山", "钱二妹")]
    for serials in ((1, None, 2, None), (1, 1, 2, 2), (1, 2, 3, 4), (None,) * 4):
        for row, serial in zip(lines, serials, strict=True):
            row["序号"] = serial
        rows = [household.rows for household in read(lines, titles).households]
        assert rows == [(2, 3), (4, 5)], serials


def test_a_head_need_not_stand_first() -> None:
    """The relation says who is the head, not the order."""
    reading = read(list(reversed(couple(1))))
    assert codes(reading) == []
    assert reading.households[0].head.name == "王小明"


def test_neighbours_whose_heads_share_a_name_are_two_families() -> None:
    """The second head begins the second family."""
    assert len(read([*couple(1), *couple(11)]).households) == 2


def test_a_family_with_two_heads_under_one_number_is_reported() -> None:
    """One household number, two heads: the officer says who it is."""
    lines = [row | {"户编号": "7"} for row in (line(1), line(2, 姓名="李小红", 户主姓名=None))]
    reading = read(lines, [*TITLES, "户编号"])
    assert codes(reading) == [(2, HELD), (3, "TWO_HEADS")]


def test_a_family_without_a_head_is_reported() -> None:
    """Nobody's spouse."""
    assert codes(read([line(1, 与户主关系="妻", 姓名="李小红")])) == [(2, "HEAD_MISSING")]


def test_a_family_torn_apart_is_not_taken_in_part() -> None:
    """A child some rows below its family would be lost if the first part went on."""
    child = line(3, 姓名="王小宝", 与户主关系="长子")
    reading = read([*couple(1), line(11, 户主姓名="赵大山", 姓名="赵大山"), child])
    assert codes(reading) == [(2, "HOUSEHOLD_SPLIT"), (3, HELD), (5, "HEAD_MISSING")]
    assert [household.head.name for household in reading.households] == ["赵大山"]


def test_a_head_of_another_name_is_reported() -> None:
    """The column says one head, the row another."""
    assert codes(read([line(1, 户主姓名="赵大山")])) == [(2, "HEAD_NAME_DIFFERS")]


def test_one_person_in_two_families_holds_back_both() -> None:
    """Each row names the other; who is right is not for the machine."""
    lines = changed([*couple(1), *couple(11, "赵大山", "钱二妹")], 3, 身份证号码=id_number(2))
    reading = read(lines)
    assert codes(reading) == [(2, HELD), (3, "ID_REPEATED"), (4, HELD), (5, "ID_REPEATED")]
    assert "第5行" in reading.problems[1].reason
    assert "第3行" in reading.problems[3].reason
    assert reading.households == ()


def test_a_household_repeated_whole_is_taken_once() -> None:
    """Pasted twice: the first stands, the second is reported."""
    between = line(11, 户主姓名="赵大山", 姓名="赵大山")
    reading = read([*couple(1), between, *couple(1)])
    assert codes(reading) == [(5, "HOUSEHOLD_REPEATED"), (6, HELD)]
    assert [household.first_row for household in reading.households] == [2, 4]


def test_counts_add_up() -> None:
    """Rows of good households, bad rows and held rows are all the rows."""
    lines = changed([*couple(1), *couple(11, "赵大山", "钱二妹"), line(21)], 0, 姓名="1")
    reading = read(lines)
    good = sum(len(household.rows) for household in reading.households)
    assert good + reading.rows_bad + reading.rows_held == reading.rows_read == 5
