"""The messy spreadsheets: the same each time, readable, with the bad rows that the plan names."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.demo.choice import Choices
from services.demo.district import Unit
from services.demo.flaws import Flaw
from services.demo.people import DemoHousehold
from services.demo.sheet_style import Column, style_of
from services.demo.sheets import SheetPlan, write_sheet
from shared.money import fen_from_text
from shared.resident_id import ResidentIdRefused, parse
from tests.demo.world import DAYS, UNITS, homes

MANY = homes(1, 1000)
UNIT = UNITS[6]
Written = dict[str, tuple[SheetPlan, Worksheet]]
Person = tuple[int, dict[Column, object]]


def _own(unit: Unit) -> list[DemoHousehold]:
    return [one for one in MANY if one.township == unit.code]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Every township's sheet, written once and read again."""
    folder = tmp_path_factory.mktemp("sheets")
    return {unit.code: _read(_write(unit, folder / f"{unit.code}.xlsx")) for unit in UNITS}


def _write(unit: Unit, path: Path) -> SheetPlan:
    return write_sheet(Choices(1), unit, _own(unit), path)


def _read(plan: SheetPlan) -> tuple[SheetPlan, Worksheet]:
    sheet = load_workbook(plan.path).active
    assert isinstance(sheet, Worksheet)
    return plan, sheet


def _header_row(unit: Unit) -> int:
    return style_of(Choices(1), unit.code).title_rows + 1


def _people(sheet: Worksheet, unit: Unit) -> Iterator[Person]:
    """Rows that have a relation: one per person."""
    columns = style_of(Choices(1), unit.code).columns
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells: dict[Column, object] = dict(zip(columns, row, strict=True))
        if number > _header_row(unit) and cells[Column.RELATION] and cells[Column.RESIDENT_ID]:
            yield number, cells


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the hour: instants inside the file come from the month."""
    first, second = (_write(UNIT, tmp_path / name).path for name in ("1.xlsx", "2.xlsx"))
    assert first.read_bytes() == second.read_bytes()
    properties = load_workbook(first).properties
    assert properties.created.isoformat() == "2024-03-05T09:30:00"
    assert properties.modified.isoformat() == "2024-03-05T09:30:00"


def test_townships_keep_their_columns_each_in_their_own_way(written: Written) -> None:
    """Several orders, yearly and monthly income, one to three title rows."""
    styles = [style_of(Choices(1), unit.code) for unit in UNITS]
    assert len({style.columns for style in styles}) > 5
    assert {True, False} == {style.yearly for style in styles}
    assert {1, 2, 3} == {style.title_rows for style in styles}
    _, sheet = written[UNIT.code]
    headers = [cell.value for cell in sheet[_header_row(UNIT)]]
    assert list(style_of(Choices(1), UNIT.code).headers.values()) == headers


def test_every_household_is_either_good_or_has_one_bad_row(written: Written) -> None:
    """About four in a hundred are bad; nobody is left out."""
    plans = [written[unit.code][0] for unit in UNITS]
    good = [number for plan in plans for number in plan.good]
    bad = [row.household for plan in plans for row in plan.bad]
    assert sorted(good + bad) == [one.number for one in MANY]
    assert 25 < len(bad) < 55
    assert set(Flaw) == {row.flaw for plan in plans for row in plan.bad}


def test_bad_rows_are_bad_where_the_plan_says(written: Written) -> None:
    """Each flaw is found in the row and under the header named, as a reader would find it."""
    found = set()
    for unit in UNITS:
        plan, sheet = written[unit.code]
        headers = [cell.value for cell in sheet[_header_row(unit)]]
        for bad in plan.bad:
            cell = sheet.cell(bad.row, headers.index(bad.header) + 1).value
            _assert_flawed(bad.flaw, cell, list(_people(sheet, unit)))
            found.add(bad.flaw)
    assert set(Flaw) == found


def _assert_flawed(flaw: Flaw, cell: object, people: list[Person]) -> None:
    match flaw:
        case Flaw.CHECK_DIGIT:
            assert _refused(cell) == "ID_CHECK_DIGIT"
        case Flaw.IMPOSSIBLE_DATE:
            assert _refused(cell) == "ID_DATE"
        case Flaw.DAMAGED_BY_EXCEL:
            assert isinstance(cell, float)
        case Flaw.NAME_MISSING:
            assert cell is None
        case Flaw.UNKNOWN_RELATION:
            assert cell == "干亲"
        case Flaw.AMOUNT_IN_WORDS:
            assert cell == "约五百"
        case Flaw.ACCOUNT_DAMAGED:
            assert str(cell).endswith(("E+18", "E+16"))
        case Flaw.PERSON_TWICE:
            ids = [_number(row[Column.RESIDENT_ID]) for _, row in people]
            assert ids.count(str(cell)) == 2


def _refused(cell: object) -> str:
    with pytest.raises(ResidentIdRefused) as refused:
        parse(str(cell), today=DAYS[0])
    return refused.value.code


def _number(cell: object) -> str:
    """The 18 signs, or what stands there where it is no number."""
    try:
        return parse(str(cell), today=DAYS[0]).number
    except ResidentIdRefused:
        return str(cell)


def test_good_households_say_the_truth_in_every_spelling(written: Written) -> None:
    """ID numbers and incomes read by the doors' own readers; a year is twelve months."""
    for unit in UNITS[::4]:
        plan, sheet = written[unit.code]
        yearly = style_of(Choices(1), unit.code).yearly
        rows = dict(_people(sheet, unit))
        by_id = {_number(row[Column.RESIDENT_ID]): row for row in rows.values()}
        for one in (one for one in _own(unit) if one.number in plan.good):
            cells = [by_id[member.resident_id] for member in one.members]
            assert [member.name for member in one.members] == [row[Column.NAME] for row in cells]
            told_fen = fen_from_text(str(cells[0][Column.INCOME]))
            assert one.monthly_income_fen * (12 if yearly else 1) == told_fen
            assert one.account == cells[0][Column.ACCOUNT]


def test_household_cells_are_merged_over_the_members(written: Written) -> None:
    """The head's name stands once per household, over as many rows as it has people."""
    plan, sheet = written[UNIT.code]
    place = style_of(Choices(1), UNIT.code).place(Column.HEAD)
    heights = [
        area.max_row - area.min_row + 1
        for area in sheet.merged_cells.ranges
        if area.min_col == area.max_col == place
    ]
    twice = {bad.household for bad in plan.bad if bad.flaw is Flaw.PERSON_TWICE}
    sizes = [len(one.members) + (one.number in twice) for one in _own(UNIT)]
    assert sorted(size for size in sizes if size > 1) == sorted(heights)


def test_no_one_born_after_1999_has_an_old_number(written: Written) -> None:
    """Fifteen digits were given until then only; some elders still show theirs."""
    old = [
        str(row[Column.RESIDENT_ID])
        for unit in UNITS
        for _, row in _people(written[unit.code][1], unit)
        if len(str(row[Column.RESIDENT_ID])) == 15
    ]
    assert old
    given = {member.resident_id: member for one in MANY for member in one.members}
    assert all(given[_number(number)].birth_on.year < 2000 for number in old)


def test_sums_and_signatures_stand_below(written: Written) -> None:
    """A subtotal for each village, a total, and who filled it in."""
    _, sheet = written[UNIT.code]
    own = _own(UNIT)
    words = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert len({one.village for one in own}) == words.count("小计")
    people_count = sum(len(one.members) for one in own)
    total = words.index("合计") + 1
    assert f"{len(own)}户{people_count}人" == sheet.cell(total, 2).value
    assert str(words[-1]).startswith("填表人：")


def test_a_township_without_applicants_still_has_a_sheet(tmp_path: Path) -> None:
    """Header and an empty total, nothing good, nothing bad."""
    plan = write_sheet(Choices(1), UNIT, [], tmp_path / "empty.xlsx")
    assert SheetPlan(tmp_path / "empty.xlsx", (), ()) == plan
    sheet = load_workbook(plan.path).active
    assert isinstance(sheet, Worksheet)
    assert "0户0人" in [row[1] for row in sheet.iter_rows(values_only=True)]
