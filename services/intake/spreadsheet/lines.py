"""Which rows below the titles are people, and which are the officer's own furniture."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from services.intake.spreadsheet.cells import written_out
from services.intake.spreadsheet.columns import Column, recognise
from services.intake.spreadsheet.furniture import (
    accounted_for,
    is_footer,
    is_subtotal,
    like_a_name,
)
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
_INCOMES: Final = (Column.MONTH_INCOME, Column.YEAR_INCOME)
_COUNTED: Final = (Column.RESIDENT_ID, *_INCOMES, Column.ACCOUNT, Column.PHONE)
_ID_DIGITS_MIN: Final = 10  # a date has eight
_BANNER_CELLS_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Lines:
    """The people's rows in order, what the others are, and the count of the others.

    `after_gap` are the numbers of people's rows with something else than a person or repeated
    titles right above; `passed_over` are the rows that hold something but nobody.
    """

    persons: tuple[Row, ...]
    skipped: Skipped
    after_gap: frozenset[int]
    passed_over: dict[Line, tuple[int, ...]]


def sort_lines(rows: Sequence[Row], header: Header) -> Lines:
    """Sort every row below the titles. Empty rows count down to the last that holds anything."""
    below = [row for row in rows if row.number > header.last_row]
    kinds = {row.number: _kind(row, header) for row in below}
    last = below[-1].number if below else header.last_row
    absent = last - header.last_row - len(below)
    numbers = {
        kind: tuple(number for number, found in kinds.items() if found is kind) for kind in Line
    }
    persons = tuple(row for row in below if kinds[row.number] is Line.PERSON)
    near = (Line.PERSON, Line.HEADER)
    return Lines(
        persons=persons,
        skipped=Skipped(
            empty=absent + len(numbers[Line.EMPTY]),
            subtotal=len(numbers[Line.SUBTOTAL]),
            header=len(numbers[Line.HEADER]),
            footer=len(numbers[Line.FOOTER]),
        ),
        after_gap=frozenset(
            row.number for row in persons if kinds.get(row.number - 1, Line.EMPTY) not in near
        ),
        passed_over=numbers,
    )


def _kind(row: Row, header: Header) -> Line:
    """Whoever has an ID number, or a name and a kinship, is a person whatever else stands.

    A lent cell of a merged range says nothing about a person. A total's or a signature's word
    makes the row furniture wherever it stands, unless somebody's cells stand beside it: rather a
    bad row too many than a person lost.
    """
    own = {number: text for number, text in row.cells.items() if number not in row.filled}
    name, relation, identity = (own.get(header.columns[column], "") for column in _PERSONAL)
    if _repeats_titles(own, header):
        return Line.HEADER
    long = sum(sign.isdigit() for sign in _shown(identity).partition(".")[0]) >= _ID_DIGITS_MIN
    if (long and not is_footer(identity)) or (name and is_kin(relation)):
        return Line.PERSON
    texts = [text for text in own.values() if type(text) is str]
    subtotal = any(map(is_subtotal, texts))
    if subtotal or any(map(is_footer, texts)):
        if _somebody(own, header, earns=not subtotal):
            return Line.PERSON
        return Line.SUBTOTAL if subtotal else Line.FOOTER
    return Line.FOOTER if _is_banner(row, own, header) else _rest(own, header)


def _shown(text: str) -> str:
    """A number in all its digits; another text as it is."""
    return written_out(text) if isinstance(text, Number) else text


def _somebody(own: dict[int, str], header: Header, *, earns: bool) -> bool:
    """Whether a person's cells stand in a row of furniture; in a total, an income is its sum."""
    free = {number: own[number] for number in own.keys() - accounted_for(own)}

    def told(column: Column) -> str:
        return free.get(header.columns.get(column, 0), "")

    personal = any(told(column) for column in _PERSONAL)
    kin = is_kin(own.get(header.columns[Column.RELATION], ""))
    incomes = (own.get(header.columns.get(column, 0), "") for column in _INCOMES)
    earning = earns and any(sign in "123456789" for text in incomes for sign in text)
    head = like_a_name(told(Column.HEAD)) or bool(told(Column.ACCOUNT))
    return personal or kin or head or earning


def _is_banner(row: Row, own: dict[int, str], header: Header) -> bool:
    """A line of its own: one text outside a person's columns, or a wide merged range."""
    name, relation, identity = (own.get(header.columns[column], "") for column in _PERSONAL)
    if relation or identity or like_a_name(own.get(header.columns.get(Column.HEAD, 0), "")):
        return False
    if row.wide and len(own) <= _BANNER_CELLS_MAX:
        return not like_a_name(name)
    texts = "".join(text for text in own.values() if type(text) is str)
    return len(own) == 1 and not name and any(map(str.isalpha, texts))


def _rest(own: dict[int, str], header: Header) -> Line:
    """Whether a person began to be entered: filled-down villages, zeros and formulas are none."""
    worded = (own.get(header.columns.get(column, 0), "") for column in _WORDED)
    counted = (own.get(header.columns.get(column, 0), "") for column in _COUNTED)
    said = any(worded) or any(sign in "123456789" for text in counted for sign in text)
    return Line.PERSON if said else Line.EMPTY


def _repeats_titles(own: dict[int, str], header: Header) -> bool:
    """Two or more of a person's titles under themselves: the header of the next printed page."""
    cells = ((column, own.get(header.columns[column], "")) for column in _PERSONAL)
    return sum(bool(text) and recognise(text) is column for column, text in cells) >= 2
