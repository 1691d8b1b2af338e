"""The units of the district under the codes of the day, and their villages."""

from datetime import date

import pytest

from services.demo.district import DistrictUnknown, UnitKind, Village, units_on, villages

FIRST_LIST = {
    "411603001": "柳湖街道",
    "411603100": "城关回族镇",
    "411603101": "新站镇",
    "411603102": "鲁台镇",
    "411603103": "四通镇",
    "411603104": "临蔡镇",
    "411603105": "安岭镇",
    "411603106": "白楼镇",
    "411603200": "朱集乡",
    "411603201": "豆门乡",
    "411603202": "冯塘乡",
    "411603203": "刘振屯乡",
    "411603204": "王店乡",
    "411603205": "大连乡",
    "411603206": "葛店乡",
    "411603207": "黄集乡",
    "411603209": "齐老乡",
    "411603210": "郑集乡",
    "411603211": "曹河乡",
}
LOCAL = {"411603L01": "产业集聚区管委会", "411603L02": "农场", "411603L03": "原种场"}


def _codes(day: date) -> dict[str, str]:
    return {unit.code: unit.name for unit in units_on(day)}


@pytest.mark.parametrize("day", [date(2021, 2, 1), date(2022, 10, 30)])
def test_the_first_list_holds_until_the_day_before_the_second(day: date) -> None:
    """Nineteen coded units and three with local codes."""
    assert _codes(day) == FIRST_LIST | LOCAL


@pytest.mark.parametrize("day", [date(2022, 10, 31), date(2024, 3, 1)])
def test_two_units_carry_new_names_and_codes_from_the_second_list_on(day: date) -> None:
    """刘振屯 became a town, 王店 a subdistrict; their old codes are valid no more."""
    renamed = FIRST_LIST | {"411603107": "刘振屯镇", "411603002": "王店街道"}
    del renamed["411603203"], renamed["411603204"]
    assert renamed | LOCAL == _codes(day)


def test_before_the_plan_there_is_no_list() -> None:
    """A day on which no unit could confirm is refused, not answered with nothing."""
    with pytest.raises(DistrictUnknown) as refused:
        units_on(date(2021, 1, 31))
    assert refused.value.code == "DISTRICT_UNKNOWN"
    assert "2021-02-01" in refused.value.sentence


def test_every_unit_knows_its_kind() -> None:
    """By the end of its name."""
    kinds = [unit.kind for unit in units_on(date(2024, 3, 1))]
    assert tuple(kinds.count(kind) for kind in UnitKind) == (2, 8, 9, 1, 2)


def test_every_unit_has_villages_of_its_own() -> None:
    """At least eight, with codes and names that occur once in the unit."""
    for unit in units_on(date(2024, 3, 1)):
        listed = villages(unit)
        assert len(listed) >= 8
        assert len(listed) == len({village.name for village in listed})
        assert [f"{unit.code}{number:03}" for number in range(1, len(listed) + 1)] == [
            village.code for village in listed
        ]


def test_villages_are_the_same_for_everyone() -> None:
    """They depend on the unit alone; a subdistrict has communities."""
    first, *_ = units_on(date(2024, 3, 1))
    assert Village("411603001001", "东关社区") == villages(first)[0]
