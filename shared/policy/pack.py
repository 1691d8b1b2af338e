"""What a policy file says, once checked: parameters with values by effective date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Single: TypeAlias = int | str | bool
Value: TypeAlias = Single | tuple[str, ...] | Mapping[str, Single]
"""One value; or several of the named choices; or a table, one value for each named row."""


class Unit(StrEnum):
    """What a value counts; a pack may use no other."""

    FEN = "fen"
    FEN_PER_MONTH = "fen_per_month"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    DAY_OF_MONTH = "day_of_month"
    MONTHS = "months"
    YEARS = "years"
    PERSONS = "persons"
    COUNT = "count"
    DISABILITY_LEVEL = "disability_level"
    RATIO_PER_MILLE = "ratio_per_mille"
    FRACTION = "fraction"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"


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
    """One value from a day on, to `to_on` included, or until the next begins.

    `townships` are the codes for which alone it stands; none: it stands for all that have no
    value of their own.
    """

    value: Value
    from_on: date
    to_on: date | None
    citation: str
    certainty: Certainty
    note: str
    townships: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A parameter's values in one pack, earliest first, no two on one day for one township.

    `rows` are the names of a table's rows; none: the parameter is no table.
    """

    name: str
    title: str
    unit: Unit
    choices: tuple[str, ...]
    rows: tuple[str, ...]
    values: tuple[DatedValue, ...]

    def on(self, day: date, township: str | None = None) -> DatedValue | None:
        """The value that stands on `day`: the township's own, else everybody's, if any."""
        own = self._standing(day, [one for one in self.values if township in one.townships])
        return own or self._standing(day, [one for one in self.values if not one.townships])

    @staticmethod
    def _standing(day: date, values: list[DatedValue]) -> DatedValue | None:
        begun = [dated for dated in values if dated.from_on <= day]
        if not begun or (begun[-1].to_on is not None and begun[-1].to_on < day):
            return None
        return begun[-1]


@dataclass(frozen=True, slots=True)
class Pack:
    """What one level (the nation, the district, a site) says."""

    name: str
    title: str
    parameters: Mapping[str, History]
