"""Money is whole fen: read from what officers write, shown in yuan and in capitals (大写).

Source of the capitals: the rules for filling in bills and settlement vouchers
(正确填写票据和结算凭证的基本规定): a run of zeros is one 零, 整 closes what has no fen.
"""

import re
from typing import Final

from shared.half_width import half_width
from shared.refusal import Refusal

FEN_MAX: Final = 10**13  # a hundred thousand million yuan; more is a slip of the keyboard
_TEXT_MAX: Final = 40  # no honest amount is longer, whatever the spaces

# Leading zeros are refused: such a cell holds a code or an account, not an amount.
_YUAN = r"(?P<yuan>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)"
_AMOUNT = re.compile(rf"[¥￥]?\s*{_YUAN}(?:\.(?P<part>[0-9]{{1,2}}))?\s*[元圆块]?")

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿")  # of four digits each; FEN_MAX needs no fourth


class MoneyRefused(Refusal):
    """The text is not an amount of money that may be taken."""

    code = "BAD_AMOUNT"


def fen_from_text(text: str) -> int:
    """Fen from "1,234.50元", "¥1234" or "１２３４．５"; at most two decimals, never negative.

    Raises MoneyRefused. Its sentence doesn't quote the text: the cell may hold personal data.
    """
    plain = half_width(text[: _TEXT_MAX + 1]).strip()
    match = _AMOUNT.fullmatch(plain) if len(text) <= _TEXT_MAX else None
    if match is None:
        raise MoneyRefused("金额看不懂：请写成 1234.50 或 1,234.50元，不能为负，最多两位小数。")
    yuan, part = match["yuan"].replace(",", ""), match["part"] or ""
    fen = int(yuan) * 100 + int(part.ljust(2, "0"))
    if fen > FEN_MAX:
        raise MoneyRefused(f"金额太大：不能超过{yuan_text(FEN_MAX)}元。")
    return fen


def yuan_text(fen: int) -> str:
    """Yuan with thousands and two decimals: 123450 -> "1,234.50"; a deduction has a minus."""
    yuan, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{part:02d}"


def capital_text(fen: int) -> str:
    """The amount in capitals (大写金额): 123450 -> "壹仟贰佰叁拾肆元伍角整".

    Raises ValueError outside 0 … FEN_MAX: a voucher has neither.
    """
    if not 0 <= fen <= FEN_MAX:
        raise ValueError(f"no voucher has {fen} fen")
    yuan, part = divmod(fen, 100)
    head = f"{_capital_integer(yuan)}元" if yuan else ""
    return f"{head}{_capital_part(part, after_yuan=yuan > 0)}" if fen else "零元整"


def _capital_part(part: int, *, after_yuan: bool) -> str:
    """Jiao and fen: 5 after yuan is 零伍分, 50 is 伍角整, 0 is 整."""
    jiao, fen = divmod(part, 10)
    if not part:
        return "整"
    jiao_text = f"{_DIGITS[jiao]}角" if jiao else "零" * after_yuan
    return f"{jiao_text}{_DIGITS[fen]}分" if fen else f"{jiao_text}整"


def _capital_integer(number: int) -> str:
    """A positive integer under 10^12, in groups of four digits."""
    text, skipped = "", False
    for index in reversed(range(len(_GROUPS))):
        group = number // 10_000**index % 10_000
        if not group:
            skipped = True
            continue
        gap = text and (skipped or group < 1_000)
        text += f"{'零' if gap else ''}{_capital_group(group)}{_GROUPS[index]}"
        skipped = False
    return text


def _capital_group(group: int) -> str:
    """1 … 9999; zeros between digits are one 零, zeros at either end none."""
    text, skipped = "", False
    for place in reversed(range(len(_PLACES))):
        digit = group // 10**place % 10
        if digit:
            text += f"{'零' if text and skipped else ''}{_DIGITS[digit]}{_PLACES[place]}"
        skipped = not digit
    return text
