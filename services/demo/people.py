"""The synthetic households: who they are and what they declare, each from its number alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.demo.choice import Choices
from services.demo.district import BANKS, Bank, Unit, UnitKind, Village, villages
from services.demo.identifiers import account_number, phone_number
from services.demo.members import DemoMember, Roll

OVER_STANDARD_PER_MILLE: Final = 70
_TOWN_CENTRE: Final = "城关回族镇"  # the one town whose people mostly live in the city


class Category(StrEnum):
    """Which standard holds (户口性质)."""

    URBAN = "URBAN"
    RURAL = "RURAL"


@dataclass(frozen=True, slots=True)
class Standards:
    """The monthly standards per head in force, in fen."""

    urban_fen: int
    rural_fen: int

    def of(self, category: Category) -> int:
        """The standard of a category, in fen a month and head."""
        return self.urban_fen if category is Category.URBAN else self.rural_fen


@dataclass(frozen=True, slots=True)
class Assets:
    """What the household owns beyond its dwelling (57号 Art 14)."""

    deposits_fen: int
    vehicles_count: int
    dwellings_count: int


@dataclass(frozen=True, slots=True)
class DemoHousehold:
    """A household as it declares itself; the head comes first among the members."""

    number: int
    township: str
    village: Village
    category: Category
    members: tuple[DemoMember, ...]
    monthly_income_fen: int
    over_standard: bool
    assets: Assets
    bank: Bank
    account: str
    phone: str
    applied_on: date

    @property
    def head(self) -> DemoMember:
        """The member in whose name the household applies."""
        return self.members[0]


def household(
    choices: Choices,
    number: int,
    units: Sequence[Unit],
    days: Sequence[date],
    standards: Standards,
) -> DemoHousehold:
    """The household of that number, applying on one of `days` in one of `units`.

    The same seed and number give the same household in whatever company. Raises
    TooManyHouseholds past `identifiers.HOUSEHOLD_MAX`.
    """
    own = choices.within("household", number)
    unit = own.pick(_by_size(units), "township")
    category = _category(own, unit)
    members = Roll(choices, number, days[0]).members()
    over = own.chance(OVER_STANDARD_PER_MILLE, "over")
    return DemoHousehold(
        number=number,
        township=unit.code,
        village=own.pick(villages(unit), "village"),
        category=category,
        members=members,
        monthly_income_fen=_income_fen(own, standards.of(category) * len(members), over),
        over_standard=over,
        assets=_assets(own),
        bank=own.pick(BANKS, "bank"),
        account=account_number(own, number),
        phone=phone_number(own, number),
        applied_on=own.pick(days, "applied"),
    )


def _by_size(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The committee and the farms have a quarter of a township's people."""
    small = {UnitKind.COMMITTEE, UnitKind.FARM}
    return tuple(unit for unit in units for _ in range(1 if unit.kind in small else 4))


def _category(own: Choices, unit: Unit) -> Category:
    in_town = unit.kind is UnitKind.SUBDISTRICT or unit.name == _TOWN_CENTRE
    return Category.URBAN if own.chance(600 if in_town else 20, "urban") else Category.RURAL


def _income_fen(own: Choices, limit_fen: int, over: bool) -> int:
    """Of the household, in tenths of a yuan as people tell it; one in six has none at all."""
    if over:
        return limit_fen * own.between(1050, 1600, "income") // 10_000 * 10
    if own.chance(160, "none"):
        return 0
    return limit_fen * own.between(100, 900, "income") // 10_000 * 10


def _assets(own: Choices) -> Assets:
    return Assets(
        deposits_fen=own.below(80, "deposits") * 10_000,
        vehicles_count=int(own.chance(20, "vehicle")),
        dwellings_count=int(own.chance(900, "dwelling")),
    )
