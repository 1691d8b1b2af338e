"""One household as an officer types it: the same truth in many spellings, all of them readable."""

from datetime import date
from decimal import Decimal

from services.demo.choice import Choices
from services.demo.members import DemoMember
from services.demo.names import Sex
from services.demo.people import Category, DemoHousehold
from services.demo.shapes import Relation
from services.demo.sheet_style import HOUSEHOLD_COLUMNS, Column, SheetStyle
from shared.money import yuan_text

Cell = str | int | float | Decimal | date | None
Row = dict[Column, Cell]

_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789X,."}
_WORDS: dict[Relation, tuple[str, ...]] = {
    Relation.HEAD: ("户主", "本人"),
    Relation.FATHER: ("父亲",),
    Relation.MOTHER: ("母亲",),
    Relation.GRANDSON: ("孙子",),
    Relation.GRANDDAUGHTER: ("孙女",),
    Relation.DAUGHTER_IN_LAW: ("儿媳",),
}
_CATEGORY_WORDS = {Category.RURAL: ("农业", "农村"), Category.URBAN: ("非农业", "城镇")}


def rows_of(choices: Choices, style: SheetStyle, household: DemoHousehold) -> list[Row]:
    """One row per member; what belongs to the household stands in the first row only."""
    own = choices.within("cell", household.number)
    rows = [_member_row(own, household, at) for at in range(len(household.members))]
    rows[0] |= _household_cells(own, style, household)
    return rows


def wide(text: str) -> str:
    """Digits as a Chinese keyboard writes them: 12 -> １２."""
    return text.translate(_WIDE)


def _member_row(own: Choices, household: DemoHousehold, at: int) -> Row:
    member = household.members[at]
    row: Row = dict.fromkeys(HOUSEHOLD_COLUMNS)
    return row | {
        Column.VILLAGE: household.village.name,
        Column.NAME: member.name,
        Column.RELATION: _relation(own.within(at), household, member),
        Column.RESIDENT_ID: _resident_id(own.within(at), member),
        Column.NOTE: f"残疾{member.disability_level}级" if member.disability_level else None,
    }


def _household_cells(own: Choices, style: SheetStyle, household: DemoHousehold) -> Row:
    area = "农村" if household.category is Category.RURAL else "城市"
    income_fen = household.monthly_income_fen * (12 if style.yearly else 1)
    return {
        Column.HEAD: household.head.name,
        Column.CATEGORY: own.pick(_CATEGORY_WORDS[household.category], "category"),
        Column.INCOME: _amount(own, income_fen),
        Column.BANK: household.bank.name,
        Column.ACCOUNT: household.account,
        Column.PHONE: wide(household.phone) if own.chance(50, "phone") else household.phone,
        Column.PROGRAMME: own.pick(("低保", "最低生活保障", f"{area}低保"), "programme"),
        Column.APPLIED_ON: _day(own, household.applied_on),
    }


def _relation(own: Choices, household: DemoHousehold, member: DemoMember) -> str:
    """Sons and daughters are often told by order of birth."""
    match member.relation:
        case Relation.SPOUSE:
            words = ("配偶", "妻") if member.sex is Sex.FEMALE else ("配偶",)
            return own.pick(words, "word")
        case Relation.SON | Relation.DAUGHTER as relation:
            plain, letter = ("儿子", "子") if relation is Relation.SON else ("女儿", "女")
            elder = sum(
                other.relation is relation and other.birth_on < member.birth_on
                for other in household.members
            )
            ordinal = ("长", "次")[elder] + letter if elder < 2 else plain
            return own.pick((plain, ordinal), "word")
        case relation:
            return own.pick(_WORDS[relation], "word")


def _resident_id(own: Choices, member: DemoMember) -> str:
    """Mostly 18 digits; now and then full-width, or the 15 of an old card."""
    number = member.resident_id
    if member.birth_on.year < 2000 and own.chance(30, "old card"):
        return number[:6] + number[8:17]
    return wide(number) if own.chance(40, "wide") else number


def _amount(own: Choices, amount_fen: int) -> Cell:
    told = yuan_text(amount_fen)
    short = told.removesuffix(".00")
    forms: tuple[Cell, ...] = (
        Decimal(amount_fen) / 100,
        Decimal(amount_fen) / 100,
        told.replace(",", ""),
        f"{told}元",
        f"{short}元",
        wide(told),
    )
    return own.pick(forms, "amount")


def _day(own: Choices, day: date) -> Cell:
    forms: tuple[Cell, ...] = (
        day,
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        wide(f"{day.year}") + f"年{day.month}月{day.day}日",
    )
    return own.pick(forms, "day")
