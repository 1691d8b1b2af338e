"""Two families that nothing parts are never taken for one, nor one of them without a member."""

from collections.abc import Sequence
from typing import Any

import pytest

from services.intake.spreadsheet.model import SheetReading
from services.intake.spreadsheet.read import read_sheet
from tests.intake.spreadsheet.sheets import (
    TITLES,
    TODAY,
    Line,
    book,
    codes,
    grid,
    id_number,
    line,
    read,
)

BARE = [title for title in TITLES if title not in ("序号", "户主姓名")]
BORN = {"子": "20100101", "女": "20100101", "母": "19500101"}


def person(order: int, relation: str, **changes: Any) -> Line:
    """Order odd for men; thirty years lie between parents and children."""
    number = id_number(order, BORN.get(relation, "19800101"))
    return (
        line(order, 户主姓名=None, 姓名="王某某", 与户主关系=relation, 身份证号码=number) | changes
    )


def family(first: int, *relations: str) -> list[Line]:
    """People numbered from `first` (odd), women on even numbers."""
    orders = range(first, first + 2 * len(relations), 2)
    return [
        person(order + (relation in ("妻", "女", "母")), relation)
        for order, relation in zip(orders, relations, strict=True)
    ]


def taken(reading: SheetReading) -> list[tuple[int, ...]]:
    """The rows of the households that were taken."""
    return [household.rows for household in reading.households]


def unclear(reading: SheetReading) -> list[int]:
    """The rows said to be unclear."""
    return [row for row, code in codes(reading) if code == "FAMILY_UNCLEAR"]


def test_families_that_begin_with_their_heads_need_no_marks() -> None:
    """As most sheets are kept."""
    lines = [*family(1, "户主", "妻", "子"), *family(11, "户主"), *family(21, "户主", "女")]
    reading = read(lines, BARE)
    assert (taken(reading), codes(reading)) == ([(2, 3, 4), (5,), (6, 7)], [])


@pytest.mark.parametrize(
    ("families", "rows_unclear", "rows_taken"),
    [
        # The second wife is the second family's, whose head must not go on without her.
        ([("户主", "妻"), ("妻", "户主"), ("户主",)], [4, 5], [(6,)]),
        ([("户主", "子"), ("妻", "户主"), ("户主",)], [4, 5], [(6,)]),
        # Everybody lists the wife, or the child, first.
        ([("妻", "户主"), ("妻", "户主"), ("妻", "户主")], [2, 4, 5, 7], []),
        ([("子", "户主"), ("子", "户主"), ("子", "户主")], [2, 5, 7], []),
        # A chain of couples in the wrong order begins in the middle.
        ([("户主", "子"), ("妻", "户主"), ("妻", "户主"), ("户主",)], [4, 5, 7], [(8,)]),
        # A family without a head after one that has no spouse yet.
        ([("户主",), ("妻", "子", "妻"), ("户主",)], [5, 6], []),
    ],
)
def test_a_family_not_begun_by_its_head_holds_back_its_neighbour(
    families: Sequence[tuple[str, ...]],
    rows_unclear: list[int],
    rows_taken: list[tuple[int, ...]],
) -> None:
    """Without marks nobody can say whose the rows are; both families wait, and no other."""
    lines = [row for n, kin in enumerate(families) for row in family(1 + 20 * n, *kin)]
    reading = read(lines, BARE)
    assert (unclear(reading), taken(reading)) == (rows_unclear, rows_taken)


@pytest.mark.parametrize("between", [None, {"村(社区)": "柳河村小计"}, {"村(社区)": "张庄村"}])
def test_a_line_between_unmarked_rows_parts_them(between: Line | None) -> None:
    """A family without a head below an empty, a subtotal or a village's line."""
    lines = [
        *family(1, "户主", "妻"),
        between or {},
        *family(21, "母", "子"),
        {},
        *family(41, "户主"),
    ]
    reading = read(lines, BARE)
    assert (unclear(reading), taken(reading)) == ([5], [(8,)])


@pytest.mark.parametrize(
    "changes",
    [
        {"村(社区)": "张庄村"},
        {"银行账号": "410200000000002"},
        {"身份证号码": id_number(22, "19500101")},
        {"家庭月收入(元)": 0},
    ],
)
def test_an_unmarked_row_that_speaks_of_another_household_holds_back_the_next(
    changes: Line,
) -> None:
    """Another village, account or income, a child older than the head."""
    lines = [*family(1, "户主", "妻"), person(21, "子") | changes, *family(41, "户主")]
    reading = read(lines, BARE)
    assert (unclear(reading), taken(reading)) == ([4, 5], [])


def test_serial_numbers_that_begin_anew_part_unmarked_rows() -> None:
    """1, 2, 1, 2: the second row 1 is no head."""
    lines = [*family(1, "户主", "母"), *family(21, "子", "女"), *family(41, "户主")]
    for row, serial in zip(lines, (1, 2, 1, 2, 1), strict=True):
        row["序号"] = serial
    assert unclear(read(lines, ["序号", *BARE])) == [4, 6]


def test_a_head_without_mark_is_parted_from_one_of_the_same_name() -> None:
    """Neighbours whose heads share a name, the second family begun by the wife."""
    lines = [*family(1, "户主", "妻"), *family(21, "妻", "户主")]
    for row in lines:
        row |= {"户主姓名": "王某某"}
    assert (unclear(read(lines)), taken(read(lines))) == ([4, 5], [])


def test_marks_and_merged_cells_bind_whatever_the_order() -> None:
    """A number or a name on each row, or merged over the family, leaves nothing unclear."""
    lines = [*family(1, "妻", "户主"), *family(21, "子", "户主", "妻"), *family(41, "妻", "户主")]
    expected = [(2, 3), (4, 5, 6), (7, 8)]
    for row, number in zip(lines, (1, 1, 2, 2, 2, 3, 3), strict=True):
        row["序号"] = number
    assert taken(read(lines, ["序号", *BARE])) == expected
    for row in (lines[1], lines[3], lines[4], lines[6]):
        row["序号"] = None
    merged = book(grid(lines, ["序号", *BARE]), ["A2:A3", "A4:A6", "A7:A8"])
    assert taken(read_sheet(merged, TODAY)) == expected


def test_two_spouses_in_one_family_are_a_problem() -> None:
    """Also where every row is marked."""
    lines = [row | {"户主姓名": "王某某"} for row in family(1, "户主", "妻", "妻")]
    assert codes(read(lines))[-1] == (4, "TWO_SPOUSES")
    assert taken(read(lines)) == []
