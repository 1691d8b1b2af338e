"""Resident identity numbers (公民身份号码): GB 11643-1999, 18 digits, and the older 15.

Form, date and check digit are errors. The region is a warning only: people move, districts
are renumbered, and a late registration carries a code younger than its holder.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from stdnum.cn.ric import calc_check_digit

from shared.half_width import half_width
from shared.refusal import Refusal

# Huaiyang in the national lists to 1999, from 2000 and from 2019 (GB/T 2260 and its successors).
HUAIYANG_REGIONS: Final = frozenset({"412727", "411626", "411603"})
REGION_ELSEWHERE: Final = "ID_REGION_ELSEWHERE"

_FORM = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_TEXT_MAX: Final = 60  # eighteen signs and any honest number of spaces
_EARLIEST = date(1900, 1, 1)  # nobody who applies was born before


class ResidentIdRefused(Refusal):
    """The text is not a resident identity number. No sentence quotes the number."""

    code = "ID_FORMAT"


class CheckDigitWrong(ResidentIdRefused):
    """Some digit is wrong: the last one doesn't follow from the others."""

    code = "ID_CHECK_DIGIT"


class BirthDateImpossible(ResidentIdRefused):
    """The date inside doesn't exist, lies in the future or before 1900."""

    code = "ID_DATE"


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number that holds: 18 signs, and what it says of its holder."""

    number: str = field(repr=False)  # kept out of logs and tracebacks
    born_on: date = field(repr=False)
    female: bool
    region: str
    warnings: tuple[str, ...]


def parse(text: str, *, today: date, regions: frozenset[str] = HUAIYANG_REGIONS) -> ResidentId:
    """The number in `text`: 18 or 15 digits, x or X, full-width or with spaces.

    `regions` are the six-digit codes that give no warning. Raises ResidentIdRefused
    (ID_FORMAT), CheckDigitWrong (ID_CHECK_DIGIT), BirthDateImpossible (ID_DATE).
    """
    number = _eighteen(_plain(text))
    if number[-1] != calc_check_digit(number):
        raise CheckDigitWrong("身份证号码校验位不符，请核对每一位数字。")
    born_on = _birth_date(number[6:14], today)
    region = number[:6]
    return ResidentId(
        number=number,
        born_on=born_on,
        female=int(number[16]) % 2 == 0,
        region=region,
        warnings=() if region in regions else (REGION_ELSEWHERE,),
    )


def born_on(number: str) -> date:
    """The day of birth in a number that `parse` has given."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def mask(number: str) -> str:
    """The number as it may be shown: "4127**********123X"; any other text is starred whole."""
    return f"{number[:4]}{'*' * 10}{number[-4:]}" if len(number) == 18 else "*" * len(number)


def _plain(text: str) -> str:
    """`text` without spaces, half-width, X capital; checked for form."""
    plain = "".join(half_width(text[: _TEXT_MAX + 1]).split()).upper()
    if len(text) > _TEXT_MAX or not _FORM.fullmatch(plain):
        raise ResidentIdRefused("身份证号码应为18位（末位可为X）或15位数字。")
    return plain


def _eighteen(number: str) -> str:
    """The 18 signs of a 15-digit number: the century put in, the check digit added."""
    if len(number) == 18:
        return number
    longer = f"{number[:6]}19{number[6:]}"
    return longer + calc_check_digit(f"{longer}0")


def _birth_date(digits: str, today: date) -> date:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise BirthDateImpossible("身份证号码中的出生日期不存在。") from error
    if not _EARLIEST <= born_on <= today:
        raise BirthDateImpossible("身份证号码中的出生日期晚于今天或早于1900年。")
    return born_on
