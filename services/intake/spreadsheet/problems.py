"""What is wrong with one cell, row or household, and what the officer should do about it."""

from dataclasses import dataclass

from services.intake.spreadsheet.grid import column_letter


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `row` is the sheet's own number (0: the whole file); `reason` is Chinese.

    `column` is the letter and `title` the heading as the sheet has it; both are empty when the
    fault is the row's or the household's, not a cell's.
    """

    row: int
    column: str
    title: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A fault before it has a place: what code, and which sentence."""

    code: str
    reason: str


class CellRefused(Exception):
    """A cell's text can't be taken. Caught in this folder; becomes a Problem with its place."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.fix = Fix(code, reason)


def at(row: int, number: int, title: str, fix: Fix) -> Problem:
    """`fix` at a cell; column number 0 means the row as a whole."""
    return Problem(row, column_letter(number), title, fix.code, fix.reason)
