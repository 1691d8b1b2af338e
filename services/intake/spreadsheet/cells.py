"""One cell's text made into a value, or refused with a sentence that says what to do.

Every function takes the raw cell (a str, Number, Dated or Fault) and raises CellRefused.
No sentence quotes the cell: it may hold personal data.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from services.intake.spreadsheet.grid import Fault, Number
from services.intake.spreadsheet.problems import CellRefused

TEXT_MAX: Final = 500  # signs in one cell of a township's sheet
VILLAGE_MAX: Final = 40  # signs in a village's name
_PLACES_MAX: Final = 40  # no number of a sheet has more digits on either side of its point
_LEADING_MARKS: Final = "'‘’`′\""
_DOTS = re.compile("[•・‧∙⋅●᛫.]")
_NAME_SIGN = re.compile(r"[^\W\d_]|[·〇 ]")
_LONG_NUMBER = re.compile(r"(?:\d[\s-]?){7,}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}")
_HAN = "[\u3007\u3400-\u9fff\U00020000-\U0003ffff]"
_SPACE_IN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
STROKES: Final = frozenset({"", "/", "\\", "-", "--", "—", "——", "–"})
_EMPTY_MARKS: Final = STROKES | {"无", "暂无", "没有"}


def plain(value: str) -> str:
    """NFKC, without zero-width and control signs, spaces trimmed and single.

    Raises CellRefused for an error, a formula that was never calculated, a text too long.
    """
    if type(value) is Fault:
        if value == "=":
            raise CellRefused(
                "CELL_FORMULA", "公式没有计算结果，请用Excel打开并保存一次，或直接写上数值。"
            )
        raise CellRefused("CELL_ERROR", "单元格是公式错误（如#N/A），请改成正确的内容。")
    if isinstance(value, Number):
        return written_out(value)
    if len(value) > TEXT_MAX:
        raise CellRefused("CELL_TOO_LONG", f"内容超过{TEXT_MAX}个字，请只填这一列应有的内容。")
    text = value if value.isascii() else unicodedata.normalize("NFKC", value)
    if not text.isprintable() or not text.isascii():
        text = "".join(
            " " if sign.isspace() else sign
            for sign in text
            if sign.isspace() or unicodedata.category(sign)[0] != "C"
        )
    return " ".join(text.split()).lstrip(_LEADING_MARKS).strip()


def written_out(value: str) -> str:
    """A number in plain digits, without exponent, without .0; one beyond all sense stays as is."""
    number = Decimal(value)
    if abs(number.adjusted()) >= _PLACES_MAX:
        return value
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def tight(value: str) -> str:
    """`plain` without any space."""
    return "".join(plain(value).split())


def optional(value: str) -> str:
    """`plain`, with the marks that mean "nothing" (/, —, 无) as nothing."""
    text = plain(value)
    return "" if text in _EMPTY_MARKS else text


def village_name(value: str) -> str:
    """The village's name without spaces.

    It goes into the permanent record unsealed, so nothing that could name a person is taken.
    """
    name = "".join(optional(value).split())
    if len(name) > VILLAGE_MAX or _LONG_NUMBER.search(name):
        raise CellRefused(
            "VILLAGE_BAD",
            f"村（社区）名称不能超过{VILLAGE_MAX}个字，也不能含有证件、电话等长号码。",
        )
    return name


def person_name(value: str) -> str:
    """A name: 2 to 30 Chinese signs or letters; dots of any shape become ·."""
    text = _DOTS.sub("·", _SPACE_IN_HAN.sub("", plain(value)))
    text = text.replace(" ·", "·").replace("· ", "·")
    if not text:
        raise CellRefused("NAME_MISSING", "姓名没有填，请补上。")
    if not 2 <= len(text) <= 30 or not all(_NAME_SIGN.match(sign) for sign in text):
        raise CellRefused("NAME_BAD", "姓名应为2到30个汉字或字母，不能有数字、括号，请核对。")
    return text


def digits_of(value: str) -> str:
    """The digits that a cell of digits holds, without the spaces and hyphens inside.

    A scientific text is written out like a number.
    """
    text = tight(value)
    if _SCIENTIFIC.fullmatch(text):
        return written_out(text)
    return text.replace("-", "").removesuffix(".0")


def lost_digits(value: str, digits: str) -> bool:
    """Whether Excel, which keeps 15 digits of a number, has overwritten the rest.

    Sure for scientific notation; likely where a number's digits beyond the fifteenth are zeros.
    """
    if len(digits) <= 15 or not digits.isdecimal():
        return False
    raw = value if isinstance(value, Number) else tight(value)
    scientific = "e" in raw.lower()
    return scientific or (type(value) is not str and not digits[15:].strip("0"))
