"""Who plays: units, officers, households with their fates, and each township's sheet."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from services.demo.choice import Choices
from services.demo.district import Unit, units_on
from services.demo.fate import Fate, fate
from services.demo.officers import Staff, staff
from services.demo.people import Category, DemoHousehold, Standards, household
from services.demo.schedule import Schedule
from services.demo.sheets import SheetPlan, write_sheet
from shared.months import first_day
from shared.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Player:
    """A household whose rows are good, and what will become of it."""

    home: DemoHousehold
    fate: Fate

    @property
    def number(self) -> int:
        return self.home.number

    @property
    def standing(self) -> bool:
        """Whether its application is accepted and not taken back."""
        return self.fate.outcome not in ("NOT_ACCEPTED", "WITHDRAWN")


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone in the play. `players` by township's code; `sheets` likewise."""

    units: tuple[Unit, ...]
    staff: Staff
    players: dict[str, tuple[Player, ...]]
    sheets: dict[str, SheetPlan]

    def everyone(self) -> list[Player]:
        """All players, township by township."""
        return [player for players in self.players.values() for player in players]


def standards_of(policy: Policy, month: str) -> Standards:
    """The standards of the month of benefit."""
    rules = policy.at(first_day(month))
    return Standards(
        urban_fen=rules.number("standard.urban_month_fen"),
        rural_fen=rules.number("standard.rural_month_fen"),
    )


def cast(choices: Choices, households: int, days: Schedule, policy: Policy, sheets: Path) -> Cast:
    """Draw the households, write the townships' sheets, and keep those whose rows are good."""
    units = units_on(days.decide[0])
    standards = standards_of(policy, days.pay_month)
    homes: dict[str, list[DemoHousehold]] = defaultdict(list)
    for number in range(households):
        home = household(choices, number, units, days.applied_on, standards)
        homes[home.township].append(home)
    plans = {
        unit.code: write_sheet(choices, unit, homes[unit.code], sheets / _file_name(unit))
        for unit in units
        if homes[unit.code]
    }
    players = {
        code: tuple(
            Player(home, fate(choices, home, units, standards))
            for home in homes[code]
            if home.number in set(plan.good)
        )
        for code, plan in plans.items()
    }
    return Cast(units, staff(choices, units), players, plans)


def category_of(home: DemoHousehold) -> str:
    """The category's code as intake knows it."""
    return "URBAN" if home.category is Category.URBAN else "RURAL"


def _file_name(unit: Unit) -> str:
    return f"{unit.code}-{unit.name}-申请花名册.xlsx"
