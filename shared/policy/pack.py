"""What a policy file says, once checked: parameters with values by effective date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = int | str | bool


class Unit(StrEnum):
    """What a value counts; a pack may use no other."""

    FEN_PER_MONTH = "fen_per_month"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    DAY_OF_MONTH = "day_of_month"
    MONTHS = "months"
    PERSONS = "persons"
    RATIO_PER_MILLE = "ratio_per_mille"
    BOOLEAN = "boolean"
    CHOICE = "choice"


class Certainty(StrEnum):
    """How surely the source says it; the letter stands beside each value in a pack."""

    TEXT = "T"
    SECONDARY = "S"
    LOCAL_ELSEWHERE = "L"
    INTERPRETED = "I"
    FROM_MEMORY = "M"
    CALCULATED = "C"
    ASSUMED = "P"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value from a day on, to `to_on` included, or until the next begins."""

    value: Value
    from_on: date
    to_on: date | None
    citation: str
    certainty: Certainty
    note: str


@dataclass(frozen=True, slots=True)
class History:
    """A parameter's values in one pack, earliest first, no two on one day."""

    name: str
    title: str
    unit: Unit
    choices: tuple[str, ...]
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """The value that stands on `day`, if any."""
        begun = [dated for dated in self.values if dated.from_on <= day]
        if not begun or (begun[-1].to_on is not None and begun[-1].to_on < day):
            return None
        return begun[-1]


@dataclass(frozen=True, slots=True)
class Pack:
    """What one level (the nation, the district, a site) says."""

    name: str
    title: str
    parameters: Mapping[str, History]
