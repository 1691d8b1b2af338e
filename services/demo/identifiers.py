"""Numbers of people who don't exist: right in form, in ranges that nobody was given.

All come from the household's number, so that none occurs twice in a district.
"""

import math
from datetime import date, timedelta
from typing import ClassVar

from services.demo.choice import Choices
from services.demo.names import Sex
from shared.refusal import Refusal

REGION = "999999"  # assigned to no county
CARD_PREFIX = "629999"  # assigned to no bank
MEMBERS_MAX = 8
_DAYS = 365
_PER_DAY = 500  # sequence numbers of one sex on one birthday
_LEAP_YEARS = tuple(range(1968, 2000, 4))
HOUSEHOLD_MAX = _DAYS * _PER_DAY // MEMBERS_MAX - 1
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class TooManyHouseholds(Refusal):
    """More households than there are distinct synthetic ID numbers."""

    code: ClassVar[str] = "TOO_MANY_HOUSEHOLDS"


def spread(choices: Choices, number: int, size: int) -> int:
    """A place from 0 to `size` - 1, another one for each number below `size`.

    A stride without a common divisor visits every place once; near numbers land far apart.
    """
    stride = size * 382 // 1000
    while math.gcd(stride, size) > 1:
        stride += 1
    return (number * stride + choices.below(size, "offset", size)) % size


def check_digit(first17: str) -> str:
    """GB 11643-1999: the weighted sum modulo 11, looked up."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True))
    return "10X98765432"[total % 11]


def birth_and_id(
    choices: Choices, household: int, member: int, *, sex: Sex, age: int, on: date
) -> tuple[date, str]:
    """A birthday that makes `age` years on the day, and the ID number of nobody else.

    Day of the year and sequence number together hold (household, member); so the number is
    unique whatever the year. Raises TooManyHouseholds past `HOUSEHOLD_MAX`.
    """
    if not 0 <= household <= HOUSEHOLD_MAX:
        raise TooManyHouseholds(f"演示最多可生成{HOUSEHOLD_MAX}户，收到第{household}户")
    place = spread(choices, household * MEMBERS_MAX + member, _DAYS * _PER_DAY)
    day, half = divmod(place, _PER_DAY)
    born = date(on.year - age, 1, 1) + timedelta(days=day)
    if (born.month, born.day) > (on.month, on.day):
        born = date(on.year - age - 1, 1, 1) + timedelta(days=day)
    sequence = 2 * half + (1 if sex is Sex.MALE else 0)
    first17 = f"{REGION}{born:%Y%m%d}{sequence:03}"
    return born, first17 + check_digit(first17)


def officer_id(choices: Choices, place: int, sex: Sex) -> str:
    """The ID number of the officer at this place of the district, 0 to 499; nobody else has it.

    Born on the last day of a leap year, its 366th: no member of a household ever is.
    """
    if not 0 <= place < _PER_DAY:
        raise ValueError(f"no officer has place {place}")
    year = choices.pick(_LEAP_YEARS, "born")
    first17 = f"{REGION}{year}1231{2 * place + (sex is Sex.MALE):03}"
    return first17 + check_digit(first17)


def luhn_digit(digits: str) -> str:
    """The digit that makes a card number pass the Luhn test."""
    doubled = (
        sum(divmod(int(digit) * 2, 10)) if place % 2 == 0 else int(digit)
        for place, digit in enumerate(reversed(digits))
    )
    return str(-sum(doubled) % 10)


def account_number(choices: Choices, household: int) -> str:
    """A 19-digit card under an unassigned prefix, or a 17-digit passbook."""
    noise = choices.below(10**7, "account")
    if choices.chance(700, "card"):
        card = f"{CARD_PREFIX}{household:05}{noise:07}"
        return card + luhn_digit(card)
    return f"99{household:08}{noise:07}"


def phone_number(choices: Choices, household: int) -> str:
    """Eleven digits under 154, formed like a mobile number but given out by no operator."""
    return f"154{household:05}{choices.below(1000, 'phone'):03}"
