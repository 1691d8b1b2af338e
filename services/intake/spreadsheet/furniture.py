"""The officer's own words between and below the people: totals, signatures, notes, counts.

A word like 小计 or 联系电话： says that its cell is furniture. Whether the row is depends on what
else stands in it: a cell in a person's column that nothing here accounts for was meant as
somebody.
"""

import re
from typing import Final

from services.intake.spreadsheet.grid import Fault, Number

_NAME_SIGNS_MAX: Final = 4  # of a Chinese name; longer ones are spelt with a dot
_COUNT_DIGITS_MAX: Final = 9
_COUNT_SIGNS_MAX: Final = 20
_SUBTOTAL = re.compile(
    r"[（(【]?(?:.{0,20}(?:小|合|总|共)\s*计|.{0,8}累\s*计)[）)】]?(?:[:：\s\d（(].{0,30})?"
)
_SIGNERS: Final = (
    "填表|填报|制表|制单|审核|复核|审批|初审|经办|承办|负责|分管|主管|主要领导|主要负责|领导|调查"
    "|统计|报送|上报|签字|签名|签章"
)
_OTHERS: Final = "联系|单位|村|乡|镇|街道|民政|盖章|日期|时间"
_FOOTER = re.compile(
    rf"\s*(?:{_SIGNERS}|{_OTHERS})"
    r"[\w（）()]{0,16}?\s*(?:[:：_＿]|[（(]\s*(?:签字|签名|签章|盖章|公章|章)).*",
    re.DOTALL,
)
_NOTE = re.compile(r"\s*(?:注|备注|说明|填表说明|注意)(?:\d|[一二三])?\s*[:：].*", re.DOTALL)
_BARE_LABEL = re.compile(rf"(?:(?:{_SIGNERS})(?:人|员|单位|意见)?|日期|时间|联系电话|电话)")
_SIGNED = re.compile(rf"{_SIGNERS}|主任|书记|[人员长][:：]")
_OPEN = re.compile(r".*[:：_＿）)]", re.DOTALL)
_DIGITS: Final = r"[\d〇零一二两三四五六七八九十百千万.,，]"
_COUNT = re.compile(
    rf"(?:[（(]?(?:共|计|约)?(?:{_DIGITS}*\d{_DIGITS}*(?:户次|人次|[户人口名个元])?"
    rf"|{_DIGITS}+(?:户次|人次|[户人口名个元]))[）)、,，;；/和]?)+"
)
_PLACE = re.compile(r".*(?:村|村委会|居委会|社区|镇|乡|街道|全县|全区|组)")
_NOTHING: Final = frozenset({"", "无", "暂无", "没有"})


def is_subtotal(text: str) -> bool:
    """A total's word, with or without what is totalled."""
    return bool(_SUBTOTAL.fullmatch(text.strip()))


def is_footer(text: str) -> bool:
    """A signature, a date of drawing up, a note."""
    return bool(_FOOTER.fullmatch(text) or _NOTE.fullmatch(text))


def like_a_name(text: str) -> bool:
    """Two to four signs, or a name with a dot, that are no place."""
    word = "".join(text.split())
    short = 2 <= len(word) <= _NAME_SIGNS_MAX or "·" in word
    letters = all(sign.isalpha() or sign == "·" for sign in word)
    return short and letters and not _PLACE.fullmatch(word)


def accounted_for(cells: dict[int, str]) -> set[int]:
    """The columns whose cells are furniture, or belong to some: 填表人： speaks for the next cell.

    A label that isn't a signer's (村：, 联系电话：) speaks for no text that may be a name.
    """
    found: set[int] = set()
    label = ""
    for column, text in sorted(cells.items()):
        answers = bool(label) and (bool(_SIGNED.search(label)) or not like_a_name(text))
        if answers or _says_nobody(text) or is_subtotal(text) or is_footer(text):
            found.add(column)
        label = _label(text)
    return found


def _label(text: str) -> str:
    """`text` if the next cell is its answer, else nothing."""
    word = "".join(text.split())
    opens = _BARE_LABEL.fullmatch(word) or (is_footer(text) and _OPEN.fullmatch(word))
    return word if opens else ""


def _says_nobody(text: str) -> bool:
    """A count, a stroke, a formula without value, a label."""
    word = "".join(text.split())
    if isinstance(text, Fault) or word in _NOTHING or not any(map(str.isalnum, word)):
        return True
    if sum(sign.isdigit() for sign in word) > _COUNT_DIGITS_MAX:
        return False
    if isinstance(text, Number) or _BARE_LABEL.fullmatch(word):
        return True
    return len(word) <= _COUNT_SIGNS_MAX and bool(_COUNT.fullmatch(word))
