"""Who plays: units, officers, households with their fates, and each township's sheet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.demo.choice import Choices
from services.demo.district import Unit, units_on
from services.demo.fate import Fate, Outcome
from services.demo.flaws import flaw_of
from services.demo.means import by_kind
from services.demo.officers import Staff, staff
from services.demo.people import Category, DemoHousehold, Standards, household
from services.demo.schedule import Schedule
from services.demo.sheets import SheetPlan, write_sheet
from services.demo.turn import AT_COUNTER
from services.demo.turns import Ways, ways
from shared.months import first_day
from shared.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Player:
    """A household whose rows are good, and what will become of it.

    `undevolved`: the bureau decides in its township. `by_kind`: its means are recorded by kind.
    """

    home: DemoHousehold
    fate: Fate
    undevolved: bool = False
    by_kind: bool = False

    @property
    def number(self) -> int:
        return self.home.number

    @property
    def standing(self) -> bool:
        """Whether its application is accepted and goes on to a decision."""
        return self.fate.outcome in (Outcome.CONFIRMED, Outcome.DECLINED)

    @property
    def at_counter(self) -> bool:
        """Whether somebody applies for it at the counter; it stands in no sheet then."""
        return self.fate.turn in AT_COUNTER


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone in the play. `players` by township's code; `sheets` likewise.

    `undevolved` and `emergency` are units, see `turns.Ways`.
    """

    units: tuple[Unit, ...]
    staff: Staff
    players: dict[str, tuple[Player, ...]]
    sheets: dict[str, SheetPlan]
    undevolved: str | None
    emergency: str | None

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
    homes = [
        household(choices, number, units, days.applied_on, standards)
        for number in range(households)
    ]
    good = [home for home in homes if flaw_of(choices, home) is None]
    told = ways(choices, good, units, standards)
    players = {home.number: _player(choices, home, told) for home in good}
    on_sheets: dict[str, list[DemoHousehold]] = defaultdict(list)
    for home in homes:
        if home.number not in players or not players[home.number].at_counter:
            on_sheets[home.township].append(home)
    plans = {
        unit.code: write_sheet(choices, unit, on_sheets[unit.code], sheets / _file_name(unit))
        for unit in units
        if on_sheets[unit.code]
    }
    company = _by_township(units, plans, players)
    return Cast(units, staff(choices, units), company, plans, told.undevolved, told.emergency)


def _player(choices: Choices, home: DemoHousehold, told: Ways) -> Player:
    fate = told.fates[home.number]
    return Player(
        home,
        fate,
        undevolved=home.township == told.undevolved,
        by_kind=by_kind(choices, home, fate),
    )


def _by_township(
    units: Sequence[Unit], plans: Mapping[str, SheetPlan], players: Mapping[int, Player]
) -> dict[str, tuple[Player, ...]]:
    """Those of the sheet in its order, then those who came to the counter."""
    counter = [player for player in players.values() if player.at_counter]
    found = {
        unit.code: (
            *(players[number] for number in (plans[unit.code].good if unit.code in plans else ())),
            *(player for player in counter if player.home.township == unit.code),
        )
        for unit in units
    }
    return {code: company for code, company in found.items() if company or code in plans}


def category_of(home: DemoHousehold) -> str:
    """The category's code as intake knows it."""
    return "URBAN" if home.category is Category.URBAN else "RURAL"


def _file_name(unit: Unit) -> str:
    return f"{unit.code}-{unit.name}-申请花名册.xlsx"
