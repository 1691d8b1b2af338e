"""A small world for the demo's tests: March 2024, its units, the standards of that year."""

from datetime import date
from typing import Final

from services.demo.choice import Choices
from services.demo.district import units_on
from services.demo.people import DemoHousehold, Standards, household

DAYS: Final = (date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 5))
UNITS: Final = units_on(DAYS[0])
STANDARDS: Final = Standards(urban_fen=64_500, rural_fen=45_500)


def home(seed: int, number: int) -> DemoHousehold:
    """Household `number` of the district that the seed makes."""
    return household(Choices(seed), number, UNITS, DAYS, STANDARDS)


def homes(seed: int, count: int) -> tuple[DemoHousehold, ...]:
    """The first `count` households."""
    return tuple(home(seed, number) for number in range(1, count + 1))
