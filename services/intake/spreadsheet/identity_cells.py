"""Numbers that must be right to the last digit: resident IDs, bank accounts, telephones."""

import re
from datetime import date
from typing import Final

from services.intake.spreadsheet.cells import digits_of, lost_digits, optional, plain
from services.intake.spreadsheet.problems import CellRefused
from shared.resident_id import ResidentId, ResidentIdRefused, parse

PHONE_ODD: Final = "联系电话不像电话号码，已略去，请核对。"

# Signs that keyboards offer where X is meant.
_LIKE_X: Final = str.maketrans({"х": "X", "Х": "X", "×": "X", "χ": "X", "Χ": "X", "*": "X"})
_PHONE = re.compile(r"(?:86)?(1[3-9][0-9]{9})|(0[0-9]{2,3}[0-9]{7,8})|([2-9][0-9]{6,7})")
_PHONE_BREAKS = re.compile("[/,、;，；]|或")


def resident_id(value: str, today: date) -> ResidentId:
    """The ID in a cell, as text or as an undamaged number."""
    if not plain(value):
        raise CellRefused("ID_MISSING", "身份证号码没有填，请补上。")
    digits = digits_of(value).translate(_LIKE_X)
    damaged = CellRefused(
        "ID_DAMAGED",
        "身份证号码被Excel当成数字，后几位已丢失。请把单元格设为文本格式，按证件重新输入。",
    )
    if lost_digits(value, digits):
        raise damaged
    try:
        return parse(digits, today=today)
    except ResidentIdRefused as refused:
        # A damaged number stays damaged when someone turns the cell into text afterwards.
        turned = len(digits) == 18 and (digits.endswith("000") or type(value) is not str)
        if turned and refused.code == "ID_CHECK_DIGIT":
            raise damaged from refused
        raise CellRefused(refused.code, refused.sentence) from refused


def account_number(value: str) -> str:
    """Twelve to nineteen digits, or "" for an empty cell; a card (62…) passes its own check."""
    if not optional(value):
        return ""
    digits = digits_of(value)
    damaged = CellRefused(
        "ACCOUNT_DAMAGED",
        "银行账号被Excel当成数字，后几位已丢失。请把单元格设为文本格式，按存折或卡重新输入。",
    )
    if lost_digits(value, digits):
        raise damaged
    if not re.fullmatch("[0-9]{12,19}", digits):
        raise CellRefused("ACCOUNT_BAD", "银行账号应为12到19位数字，请核对。")
    if digits.startswith("62") and not _luhn_holds(digits):
        if len(digits) > 15 and not digits[15:].strip("0"):
            raise damaged
        raise CellRefused("ACCOUNT_CHECK_DIGIT", "银行卡号校验位不符，请按卡面核对每一位数字。")
    return digits


def phone_number(value: str) -> tuple[str, bool]:
    """The first telephone number in a cell, and whether what stands there is odd."""
    text = optional(value)
    if not text:
        return "", False
    pieces = _PHONE_BREAKS.split(digits_of(value) if type(value) is not str else text)
    for piece in pieces:
        found = _PHONE.fullmatch(re.sub(r"[\s+()\-—]", "", piece))
        if found:
            return next(group for group in found.groups() if group), False
    return "", True


def _luhn_holds(digits: str) -> bool:
    """The check of ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
