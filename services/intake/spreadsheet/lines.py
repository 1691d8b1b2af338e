"""Which rows below the titles are people, and which are the officer's own furniture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from services.intake.spreadsheet.cells import written_out
from services.intake.spreadsheet.columns import Column, recognise
from services.intake.spreadsheet.grid import Number, Row
from services.intake.spreadsheet.header import Header
from services.intake.spreadsheet.model import Skipped
from services.intake.spreadsheet.wording import is_kin


class Line(Enum):
    """What a row is."""

    PERSON = auto()
    EMPTY = auto()
    SUBTOTAL = auto()
    HEADER = auto()
    FOOTER = auto()


_PERSONAL: Final = (Column.NAME, Column.RELATION, Column.RESIDENT_ID)
_WORDED: Final = (Column.NAME, Column.RELATION, Column.HEAD)
_COUNTED: Final = (
    Column.RESIDENT_ID,
    Column.MONTH_INCOME,
    Column.YEAR_INCOME,
    Column.ACCOUNT,
)
_ID_DIGITS_MIN: Final = 10  # a date has eight
_BANNER_CELLS_MAX: Final = 3
_SUBTOTAL = re.compile(
    r"[（(【]?(?:.{0,20}(?:小|合|总|共)\s*计|.{0,8}累\s*计)[）)】]?(?:[:：\s\d（(].{0,30})?"
)
_FOOTER = re.compile(
    r"\s*(?:填表|填报|制表|制单|审核|复核|审批|初审|经办|承办|负责|分管|主管|主要领导|主要负责|领导|联系|调查|"
    r"统计|报送|上报|单位|村|乡|镇|街道|民政|签字|签名|签章|盖章|日期|时间)"
    r"[\w（）()]{0,16}?\s*(?:[:：_＿]|[（(]\s*(?:签字|签名|签章|盖章|公章|章)).*",
    re.DOTALL,
)
_NOTE = re.compile(r"\s*(?:注|备注|说明|填表说明|注意)(?:\d|[一二三])?\s*[:：].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lines:
    """The people's rows in order, and the count of the rest."""

    persons: tuple[Row, ...]
    skipped: Skipped


def sort_lines(rows: Sequence[Row], header: Header) -> Lines:
    """Sort every row below the titles. Empty rows count down to the last that holds anything."""
    below = [row for row in rows if row.number > header.last_row]
    kinds = [(_kind(row, header), row) for row in below]
    last = below[-1].number if below else header.last_row
    absent = last - header.last_row - len(below)

    def count(kind: Line) -> int:
        return sum(found is kind for found, _ in kinds)

    return Lines(
        persons=tuple(row for kind, row in kinds if kind is Line.PERSON),
        skipped=Skipped(
            empty=absent + count(Line.EMPTY),
            subtotal=count(Line.SUBTOTAL),
            header=count(Line.HEADER),
            footer=count(Line.FOOTER),
        ),
    )


def _kind(row: Row, header: Header) -> Line:
    """Whoever has an ID number, or a name and a kinship, is a person whatever else stands.

    A lent cell of a merged range says nothing about a person; a remark may say 合计 or end in a
    colon without making a person's row the officer's furniture.
    """
    own = {number: text for number, text in row.cells.items() if number not in row.filled}
    name, relation, identity = (own.get(header.columns[column], "") for column in _PERSONAL)
    if _repeats_titles(own, header):
        return Line.HEADER
    long = sum(sign.isdigit() for sign in _shown(identity).partition(".")[0]) >= _ID_DIGITS_MIN
    if (long and not _is_furniture(identity)) or (name and is_kin(relation)):
        return Line.PERSON
    remark = header.columns.get(Column.REMARK) if name or identity else None
    texts = [text for number, text in own.items() if number != remark and type(text) is str]
    if any(_SUBTOTAL.fullmatch(text.strip()) for text in texts):
        return Line.SUBTOTAL
    banner = len(own) == 1 and any(sign.isalpha() for sign in "".join(texts))
    if any(map(_is_furniture, texts)) or (banner and not (name or relation or identity)):
        return Line.FOOTER
    if row.wide and len(own) <= _BANNER_CELLS_MAX and not relation and not identity:
        return Line.FOOTER
    return Line.PERSON if _says_anything(own, header) else Line.EMPTY


def _shown(text: str) -> str:
    """A number in all its digits; another text as it is."""
    return written_out(text) if isinstance(text, Number) else text


def _says_anything(own: dict[int, str], header: Header) -> bool:
    """Whether a person began to be entered: filled-down villages, zeros and formulas are none."""
    worded = (own.get(header.columns.get(column, 0), "") for column in _WORDED)
    counted = (own.get(header.columns.get(column, 0), "") for column in _COUNTED)
    return any(worded) or any(sign in "123456789" for text in counted for sign in text)


def _repeats_titles(own: dict[int, str], header: Header) -> bool:
    """Two or more of a person's titles under themselves: the header of the next printed page."""
    cells = ((column, own.get(header.columns[column], "")) for column in _PERSONAL)
    return sum(bool(text) and recognise(text) is column for column, text in cells) >= 2


def _is_furniture(text: str) -> bool:
    """A signature, a date of drawing up, a note."""
    return bool(_FOOTER.fullmatch(text) or _NOTE.fullmatch(text))
