"""Huaiyang's township-level units with the days on which their codes were valid.

Nine-digit codes: the statistics bureau's lists of 2021-02 and of 2022-10-31. The committee and
the two farms stand in no list; they carry local codes (L01 ...), as do all villages here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import ClassVar

from services.demo.choice import Choices
from shared.refusal import Refusal

DISTRICT_CODE = "411603"
PLAN_START_ON = date(2021, 2, 1)  # the devolution plan's first day
RENAMED_ON = date(2022, 10, 31)  # the list in which 刘振屯 is a town and 王店 a subdistrict
VILLAGES_PER_UNIT = 9


class UnitKind(StrEnum):
    """What a township-level unit is."""

    SUBDISTRICT = "街道"
    TOWN = "镇"
    TOWNSHIP = "乡"
    COMMITTEE = "管委会"
    FARM = "场"


@dataclass(frozen=True, slots=True)
class Unit:
    """A township-level unit under one code, from a day until the day before `until_on`."""

    code: str
    name: str
    kind: UnitKind
    from_on: date = PLAN_START_ON
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community: `code` is the unit's with three local digits after it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank that pays the allowance out."""

    code: str
    name: str


class DistrictUnknown(Refusal):
    """A day before the plan: no unit had the power to confirm."""

    code: ClassVar[str] = "DISTRICT_UNKNOWN"


BANKS = (Bank("RURAL", "淮阳农商银行"), Bank("POSTAL", "邮储银行淮阳支行"))

_LISTED = """001 柳湖街道|100 城关回族镇|101 新站镇|102 鲁台镇|103 四通镇|104 临蔡镇|105 安岭镇
106 白楼镇|200 朱集乡|201 豆门乡|202 冯塘乡|205 大连乡|206 葛店乡|207 黄集乡|209 齐老乡
210 郑集乡|211 曹河乡|L01 产业集聚区管委会|L02 农场|L03 原种场"""
_UNTIL_RENAMED = "203 刘振屯乡|204 王店乡"
_SINCE_RENAMED = "002 王店街道|107 刘振屯镇"

_VILLAGE_STEMS = (
    "东关 西关 南关 北关 东湖 西湖 南湖 北湖 大槐 小槐 柳园 桃园 杏林 枣林 松林 竹园 石桥 木桥 东桥 西桥 "
    "前营 后营 前楼 后楼 上河 下河 河湾 河沿 高台 平台 新庄 老庄 东庄 西庄 清水 白塔 双井 三里 五里 十里"
)


def _units(listed: str, from_on: date, until_on: date | None) -> tuple[Unit, ...]:
    entries = (entry.split() for entry in listed.replace("\n", "|").split("|"))
    return tuple(
        Unit(DISTRICT_CODE + code, name, _kind(name), from_on, until_on) for code, name in entries
    )


def _kind(name: str) -> UnitKind:
    return next(kind for kind in UnitKind if name.endswith(kind.value))


UNITS = tuple(
    sorted(
        _units(_LISTED, PLAN_START_ON, None)
        + _units(_UNTIL_RENAMED, PLAN_START_ON, RENAMED_ON)
        + _units(_SINCE_RENAMED, RENAMED_ON, None),
        key=lambda unit: (unit.code, unit.from_on),
    )
)


def units_on(day: date) -> tuple[Unit, ...]:
    """The units whose codes are valid on `day`, by code; DistrictUnknown before the plan."""
    if day < PLAN_START_ON:
        raise DistrictUnknown(f"下放审核确认权限自{PLAN_START_ON}起施行，{day}没有可用的乡镇名单")
    return tuple(
        unit
        for unit in UNITS
        if unit.from_on <= day and (unit.until_on is None or day < unit.until_on)
    )


@cache
def villages(unit: Unit) -> tuple[Village, ...]:
    """The unit's invented villages (communities in a subdistrict), the same for every seed."""
    names = Choices(0, ("villages", unit.code)).shuffled(_VILLAGE_STEMS.split())[:VILLAGES_PER_UNIT]
    suffix = "社区" if unit.kind is UnitKind.SUBDISTRICT else "村"
    return tuple(
        Village(f"{unit.code}{number:03}", name + suffix) for number, name in enumerate(names, 1)
    )
