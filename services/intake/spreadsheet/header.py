"""Which line holds the titles, and which column is which.

Titles may stand below title rows, in up to three lines, with merged cells, in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.intake.spreadsheet.columns import (
    NEVER_TWICE,
    REQUIRED,
    Column,
    recognise,
)
from services.intake.spreadsheet.grid import Row, column_letter
from services.intake.spreadsheet.refusals import SheetHeaderTwice, SheetNoHeader
from services.intake.spreadsheet.units import yuan_of

HEADER_WITHIN: Final = 40  # of the rows that hold anything
_LINES_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column stands. Column numbers are 1-based; `titles` are as the sheet has them.

    `above` are the texts of the lines over the titles.
    """

    first_row: int
    last_row: int
    columns: dict[Column, int]
    titles: dict[Column, str]
    unread: tuple[str, ...]
    above: tuple[str, ...] = ()

    def yuan(self, column: Column) -> int | None:
        """What one unit of this column's amounts is worth; None where the titles contradict."""
        return yuan_of(self.titles.get(column, ""), self.above)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block of lines read as titles: by column its words and what they name, if anything."""

    lines: Sequence[Row]
    words: dict[int, str]
    named: dict[int, Column]

    @property
    def known(self) -> frozenset[Column]:
        return frozenset(self.named.values())

    @property
    def missing(self) -> tuple[Column, ...]:
        return tuple(column for column in REQUIRED if column not in self.known)


def find_header(rows: Sequence[Row]) -> Header:
    """The best line of titles among the first rows.

    Raises SheetNoHeader naming what the best candidate misses, SheetHeaderTwice.
    """
    best = _best(rows)
    if best is None or best.missing:
        raise SheetNoHeader(best.missing if best else REQUIRED)
    columns = _choose(best)
    read = set(columns.values())
    return Header(
        first_row=best.lines[0].number,
        last_row=best.lines[-1].number,
        columns=columns,
        titles={column: best.words[number] for column, number in columns.items()},
        unread=tuple(words for number, words in sorted(best.words.items()) if number not in read),
        above=tuple(
            text
            for row in rows[:HEADER_WITHIN]
            if row.number < best.lines[0].number
            for text in row.cells.values()
        ),
    )


def missing_columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The required columns that no line among `rows` names."""
    best = _best(rows)
    return best.missing if best else REQUIRED


def _best(rows: Sequence[Row]) -> _Candidate | None:
    """The block that names most; of equals the one with fewer lines, then the earlier one."""
    top = rows[:HEADER_WITHIN]
    candidates = [
        _candidate(top[start : start + lines])
        for lines in range(1, _LINES_MAX + 1)
        for start in range(len(top) - lines + 1)
        if top[start + lines - 1].number - top[start].number < lines
    ]
    return max(candidates, key=lambda block: (-len(block.missing), len(block.known)), default=None)


def _candidate(lines: Sequence[Row]) -> _Candidate:
    words: dict[int, str] = {}
    named: dict[int, Column] = {}
    for number in sorted({number for line in lines for number in line.cells}):
        parts = [line.cells[number] for line in lines if number in line.cells]
        parts = [part for i, part in enumerate(parts) if i == 0 or part != parts[i - 1]]
        words[number] = "".join("".join(parts).split())
        column = _named(parts)
        if column is not None:
            named[number] = column
    return _Candidate(lines, words, named)


def _named(parts: Sequence[str]) -> Column | None:
    """The column that titles over titles name: all of them together, else the lower ones.

    户主 over 姓名 is the head's name; 家庭成员情况 over 姓名 is the person's. An upper title
    that makes the lower one another person's (户主 over 身份证号码) names nothing.
    """
    whole = "".join(parts)
    found = recognise(whole)
    if found is not None or len(parts) == 1:
        return found
    below = _named(parts[1:])
    upper = recognise(parts[0])
    if below is Column.RESIDENT_ID and upper is Column.HEAD:
        return None
    return below


def _choose(block: _Candidate) -> dict[Column, int]:
    """One column for each name. Raises SheetHeaderTwice where choosing would be guessing."""
    chosen: dict[Column, int] = {}
    for column in Column:
        numbers = [number for number, named in block.named.items() if named is column]
        # 月收入 beside 家庭月收入 is the person's own.
        household = [number for number in numbers if "家庭" in block.words[number]]
        if column in (Column.MONTH_INCOME, Column.YEAR_INCOME) and len(household) == 1:
            numbers = household
        if len(numbers) > 1 and column in NEVER_TWICE:
            raise SheetHeaderTwice(column, [column_letter(number) for number in numbers])
        if numbers:
            chosen[column] = numbers[0]
    return chosen
