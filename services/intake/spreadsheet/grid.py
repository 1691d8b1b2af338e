"""What a worksheet is made of: values, rows, merged ranges, and the names of columns.

A cell is a `str`. What the file calls a number is a `Number`, a number shown as a date a `Dated`,
and what has no value to read (an error, a formula never calculated) a `Fault`.
"""

from dataclasses import dataclass, field
from typing import Final

COLUMNS_MAX: Final = 200  # no township's sheet is wider; what lies beyond is not looked at
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Number(str):
    """What the file calls a number, in the digits that the file holds."""

    __slots__ = ()


class Dated(Number):
    """A number that the sheet shows as a date."""

    __slots__ = ()


class Fault(str):
    """A cell without a value: "#N/A" and the like, or "=" for a formula never calculated."""

    __slots__ = ()


@dataclass(slots=True)
class Row:
    """One row that holds something. `cells` and `filled` are by column number, A = 1.

    `filled` names the cells that a merged range lends from its corner; `wide` says that a
    merged range of three columns or more starts here, as in titles and signatures; `hidden` that
    the sheet doesn't show the row.
    """

    number: int
    cells: dict[int, str]
    filled: set[int] = field(default_factory=set)
    wide: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


def column_letter(column: int) -> str:
    """1 is A, 27 is AA; 0 (no column) is empty."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = _LETTERS[rest] + letters
    return letters


def column_number(letters: str) -> int:
    """A is 1; COLUMNS_MAX + 1 for anything further or that is no letters at all."""
    if not 0 < len(letters) <= 3:
        return COLUMNS_MAX + 1
    number = 0
    for letter in letters:
        place = _LETTERS.find(letter)
        if place < 0:
            return COLUMNS_MAX + 1
        number = number * 26 + place + 1
    return min(number, COLUMNS_MAX + 1)
