"""How a value of each unit is written in a pack."""

import re
from collections.abc import Mapping
from datetime import date
from math import gcd
from typing import TypeVar

from shared.money import MoneyRefused, fen_from_text
from shared.policy.pack import Certainty, Single, Unit

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_FRACTION = re.compile(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,2})")
_BOOLEANS = {"是": True, "否": False}
_BOUNDS = {  # of plausible values: a slip of the keyboard should not become law
    Unit.WORKING_DAYS: (0, 3660),
    Unit.CALENDAR_DAYS: (0, 3660),
    Unit.DAY_OF_MONTH: (1, 31),
    Unit.MONTHS: (0, 120),
    Unit.YEARS: (0, 120),
    Unit.PERSONS: (0, 1000),
    Unit.COUNT: (0, 1000),
    Unit.DISABILITY_LEVEL: (0, 4),  # 1 is the severest; 0: no level counts
    Unit.RATIO_PER_MILLE: (0, 100_000),
}
T = TypeVar("T")


class NotInUnit(ValueError):
    """The text isn't a value of the unit; the message is a Chinese sentence."""


def value_from_text(text: str, unit: Unit, choices: tuple[str, ...]) -> Single:
    """`text` as one value of `unit`; money as fen. Raises NotInUnit."""
    match unit:
        case Unit.FEN | Unit.FEN_PER_MONTH:
            return _money(text)
        case Unit.FRACTION:
            return _fraction(text)
        case Unit.BOOLEAN:
            return _one_of(text, _BOOLEANS)
        case Unit.CHOICE | Unit.CHOICES:
            return _one_of(text, {choice: choice for choice in choices})
        case _:
            least, most = _BOUNDS[unit]
            return _whole(text, least, most)


def day_from_text(text: str) -> date:
    """A day written 2024-01-01; raises NotInUnit for any other form."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotInUnit("日期应写成 2024-01-01 这样。") from error
    if day.isoformat() != text:  # also 20240101 and 2024-W01-1 are ISO dates
        raise NotInUnit("日期应写成 2024-01-01 这样。")
    return day


def certainty_from_text(text: str) -> Certainty:
    """The letter of a certainty; raises NotInUnit."""
    if text not in set(Certainty):
        raise NotInUnit(f"依据程度应为 {' '.join(Certainty)} 之一。")
    return Certainty(text)


def _money(text: str) -> int:
    """Yuan with 元 behind, so that nobody wonders whether 440 are yuan or fen."""
    if not text.endswith("元"):
        raise NotInUnit("金额须写明“元”，例如 440元。")
    try:
        return fen_from_text(text)
    except MoneyRefused as refusal:
        raise NotInUnit(refusal.sentence) from refusal


def _fraction(text: str) -> str:
    """A share that per mille can't say, in its lowest terms: 2/3."""
    found = _FRACTION.fullmatch(text)
    if found is None or gcd(int(found[1]), int(found[2])) != 1:
        raise NotInUnit("份额应写成最简分数，例如 2/3。")
    return text


def _one_of(text: str, meanings: Mapping[str, T]) -> T:
    if text not in meanings:
        raise NotInUnit(f"应为下列之一：{'、'.join(meanings)}。")
    return meanings[text]


def _whole(text: str, least: int, most: int) -> int:
    if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
        raise NotInUnit(f"应为{least}至{most}之间的整数，不能带小数。")
    return int(text)
