"""How one township keeps its spreadsheet: which words stand above the columns, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.demo.choice import Choices


class Column(StrEnum):
    """What a column holds."""

    SERIAL = "SERIAL"
    VILLAGE = "VILLAGE"
    HEAD = "HEAD"
    NAME = "NAME"
    RELATION = "RELATION"
    RESIDENT_ID = "RESIDENT_ID"
    CATEGORY = "CATEGORY"
    INCOME = "INCOME"
    BANK = "BANK"
    ACCOUNT = "ACCOUNT"
    PHONE = "PHONE"
    PROGRAMME = "PROGRAMME"
    APPLIED_ON = "APPLIED_ON"
    NOTE = "NOTE"


# Filled in once per household and merged over its members' rows.
HOUSEHOLD_COLUMNS = (
    Column.HEAD,
    Column.CATEGORY,
    Column.INCOME,
    Column.BANK,
    Column.ACCOUNT,
    Column.PHONE,
    Column.PROGRAMME,
    Column.APPLIED_ON,
)
TEXT_COLUMNS = (Column.RESIDENT_ID, Column.ACCOUNT, Column.PHONE)

_HEADERS: dict[Column, tuple[str, ...]] = {
    Column.SERIAL: ("序号", "编号"),
    Column.VILLAGE: ("村(社区)", "村（社区）", "村名", "所属村"),
    Column.HEAD: ("户主姓名", "户主"),
    Column.NAME: ("姓名", "姓 名", "成员姓名", "家庭成员姓名"),
    Column.RELATION: ("与户主关系", "与户主的关系", "家庭关系"),
    Column.RESIDENT_ID: ("身份证号码", "身份证号", "公民身份号码"),
    Column.CATEGORY: ("户口性质", "户籍性质", "户口类别"),
    Column.BANK: ("开户银行", "开户行"),
    Column.ACCOUNT: ("银行账号", "银行卡号", "账号"),
    Column.PHONE: ("联系电话", "电话", "手机号码"),
    Column.PROGRAMME: ("救助类型", "救助类别"),
    Column.APPLIED_ON: ("申请日期", "申请时间"),
    Column.NOTE: ("备注",),
}
_MONTHLY = ("家庭月收入(元)", "家庭月收入（元）", "月收入(元)")
_YEARLY = ("家庭年收入(元)", "家庭年收入（元）", "年收入(元)")


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """A township's habits; `headers` in the order of the columns."""

    headers: Mapping[Column, str]
    yearly: bool
    title_rows: int
    gaps: bool

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        return tuple(self.headers)

    def place(self, column: Column) -> int:
        """The column's number in the sheet, from 1."""
        return self.columns.index(column) + 1


def style_of(choices: Choices, township: str) -> SheetStyle:
    """The habits of a township; half of them keep the usual order of columns."""
    own = choices.within("sheet", township)
    yearly = own.chance(500, "yearly")
    words = _HEADERS | {Column.INCOME: _YEARLY if yearly else _MONTHLY}
    columns = tuple(Column)
    if own.chance(500, "reordered"):
        columns = own.shuffled(columns, "order")
    headers = {column: own.pick(words[column], "header", column) for column in columns}
    return SheetStyle(headers, yearly, own.between(1, 3, "titles"), own.chance(600, "gaps"))
