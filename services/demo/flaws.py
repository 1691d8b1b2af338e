"""Bad rows put into the sheets on purpose, so that the demo can prove each is found."""

from enum import StrEnum
from typing import Final

from services.demo.choice import Choices
from services.demo.identifiers import check_digit
from services.demo.members import DemoMember
from services.demo.people import DemoHousehold
from services.demo.sheet_cells import Cell, Row
from services.demo.sheet_style import HOUSEHOLD_COLUMNS, Column

_FLAWED_PER_MILLE: Final = 40


class Flaw(StrEnum):
    """What is wrong with the row."""

    CHECK_DIGIT = "CHECK_DIGIT"
    IMPOSSIBLE_DATE = "IMPOSSIBLE_DATE"
    DAMAGED_BY_EXCEL = "DAMAGED_BY_EXCEL"  # a number cell keeps 15 digits of an ID number
    NAME_MISSING = "NAME_MISSING"
    UNKNOWN_RELATION = "UNKNOWN_RELATION"
    AMOUNT_IN_WORDS = "AMOUNT_IN_WORDS"
    ACCOUNT_DAMAGED = "ACCOUNT_DAMAGED"
    PERSON_TWICE = "PERSON_TWICE"


def flaw_of(choices: Choices, household: DemoHousehold) -> Flaw | None:
    """The flaw in the household's rows; most have none.

    Nobody who lives alone is told twice: that would read as two households.
    """
    own = choices.within("flaw", household.number)
    alone = len(household.members) == 1
    kinds = tuple(flaw for flaw in Flaw if not (alone and flaw is Flaw.PERSON_TWICE))
    return own.pick(kinds, "kind") if own.chance(_FLAWED_PER_MILLE) else None


def spoil(
    choices: Choices, flaw: Flaw, household: DemoHousehold, rows: list[Row]
) -> tuple[int, Column]:
    """Put the flaw into the household's rows; which of them is bad (from 0), and where."""
    # Not the head where there are others: a household without a head is bad in every row.
    at = choices.within("flaw", household.number).below(len(rows) - 1 or 1, "row")
    at += len(rows) > 1
    if flaw is Flaw.PERSON_TWICE:
        return _repeat(rows, household.members[at], at)
    column, cell = _spoilt(flaw, household, household.members[at].resident_id)
    at = 0 if column in HOUSEHOLD_COLUMNS else at
    rows[at][column] = cell
    return at, column


def _spoilt(flaw: Flaw, household: DemoHousehold, number: str) -> tuple[Column, Cell]:
    """The column of the flaw and what stands there."""
    spoilt: dict[Flaw, tuple[Column, Cell]] = {
        Flaw.CHECK_DIGIT: (Column.RESIDENT_ID, _wrong_check_digit(number)),
        Flaw.IMPOSSIBLE_DATE: (Column.RESIDENT_ID, _impossible_date(number)),
        Flaw.DAMAGED_BY_EXCEL: (Column.RESIDENT_ID, float(f"{number[:15]}000")),
        Flaw.NAME_MISSING: (Column.NAME, None),
        Flaw.UNKNOWN_RELATION: (Column.RELATION, "干亲"),
        Flaw.AMOUNT_IN_WORDS: (Column.INCOME, "约五百"),
        Flaw.ACCOUNT_DAMAGED: (Column.ACCOUNT, f"{float(household.account):.5E}"),
    }
    return spoilt[flaw]


def _wrong_check_digit(number: str) -> str:
    return number[:17] + ("1" if number[17] == "0" else "0")


def _impossible_date(number: str) -> str:
    """30 February, and all digits as they should be otherwise."""
    first17 = f"{number[:10]}0230{number[14:17]}"
    return first17 + check_digit(first17)


def _repeat(rows: list[Row], member: DemoMember, at: int) -> tuple[int, Column]:
    """The same person once more at the household's end, without the household's own cells."""
    told = (Column.VILLAGE, Column.NAME, Column.RELATION, Column.RESIDENT_ID, Column.NOTE)
    again: Row = {column: rows[at][column] for column in told}
    rows.append(again | {Column.RESIDENT_ID: member.resident_id})
    return len(rows) - 1, Column.RESIDENT_ID
