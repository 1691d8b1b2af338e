"""One row as one person, with what the row says about the household; faults noted, not thrown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from services.intake.spreadsheet import wording
from services.intake.spreadsheet.amounts import income_fen
from services.intake.spreadsheet.cells import optional, person_name, tight, village_name
from services.intake.spreadsheet.columns import PERIODS, Column
from services.intake.spreadsheet.dates import application_date
from services.intake.spreadsheet.grid import Row
from services.intake.spreadsheet.header import Header
from services.intake.spreadsheet.identity_cells import (
    PHONE_ODD,
    account_number,
    phone_number,
    resident_id,
)
from services.intake.spreadsheet.problems import CellRefused, Fix, Problem, at
from shared.resident_id import ResidentId

Value = TypeVar("Value")

# What a person's own merged neighbour says is not said of the person.
_OWN: Final = frozenset({Column.NAME, Column.RELATION, Column.RESIDENT_ID})


@dataclass(slots=True)
class Person:
    """A row read. Household values are "" or None where the row doesn't say."""

    row: int
    key_number: str = ""
    serial: str = ""
    head_name: str = ""
    name: str = ""
    relation: str = ""
    identity: ResidentId | None = None
    village: str = ""
    category: str = ""
    programme: str = ""
    month_income_fen: int | None = None
    year_income_fen: int | None = None
    bank: str = ""
    account: str = ""
    phone: str = ""
    applied_on: date | None = None
    remark: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PersonReader:
    """Reads rows under one header, on one day."""

    header: Header
    today: date
    epoch_1904: bool

    def read(self, row: Row) -> Person:
        """The person in `row`; whatever can't be taken is in `problems`."""
        person = Person(row.number)
        self._read_place(row, person)
        self._read_self(row, person)
        self._read_household(row, person)
        self._read_account(row, person)
        return person

    def _read_place(self, row: Row, person: Person) -> None:
        """Where the row belongs. A serial number that can't be read groups nothing, no more."""
        person.key_number = self._take(row, person, Column.HOUSEHOLD_NUMBER, tight, "")
        person.serial = self.cell(row, Column.SERIAL).strip()
        person.head_name = self._take(row, person, Column.HEAD, _head_name, "")
        person.village = self._take(row, person, Column.VILLAGE, village_name, "")

    def _read_self(self, row: Row, person: Person) -> None:
        person.name = self._take(row, person, Column.NAME, person_name, "")
        person.relation = self._take(row, person, Column.RELATION, wording.relation, "")
        person.identity = self._take(
            row, person, Column.RESIDENT_ID, lambda text: resident_id(text, self.today), None
        )
        if person.identity:
            person.warnings.extend(person.identity.warnings)

    def _read_household(self, row: Row, person: Person) -> None:
        person.category = self._take(row, person, Column.CATEGORY, wording.category, "")
        person.programme = self._take(row, person, Column.PROGRAMME, wording.programme, "")
        person.month_income_fen = self._income(row, person, Column.MONTH_INCOME)
        person.year_income_fen = self._income(row, person, Column.YEAR_INCOME)
        person.applied_on = self._take(
            row,
            person,
            Column.APPLIED_ON,
            lambda text: application_date(text, self.today, epoch_1904=self.epoch_1904),
            None,
        )

    def _income(self, row: Row, person: Person, column: Column) -> int | None:
        yuan, period = self.header.yuan(column), PERIODS[column]
        return self._take(
            row, person, column, lambda text: income_fen(text, yuan=yuan, period=period), None
        )

    def _read_account(self, row: Row, person: Person) -> None:
        person.bank = self._take(row, person, Column.BANK, optional, "")
        person.account = self._take(row, person, Column.ACCOUNT, account_number, "")
        # Telephone and remark are useful, not needed: what can't be read there holds nobody up.
        phone = self.cell(row, Column.PHONE)
        try:
            person.phone, odd = phone_number(phone)
        except CellRefused:
            odd = True
        if odd:
            person.warnings.append(PHONE_ODD)
        try:
            person.remark = optional(self.cell(row, Column.REMARK))
        except CellRefused as refused:
            person.warnings.append(f"备注没有读取：{refused.fix.reason}")

    def cell(self, row: Row, column: Column) -> str:
        """The raw cell, "" where there is none; a lent cell is no person's own."""
        number = self.header.columns.get(column, 0)
        if column in _OWN and number in row.filled:
            return ""
        return row.cells.get(number, "")

    def problem(self, row: int, column: Column | None, fix: Fix) -> Problem:
        """`fix` at this column of `row`; None is the row as a whole."""
        if column is None or column not in self.header.columns:
            return at(row, 0, "", fix)
        return at(row, self.header.columns[column], self.header.titles[column], fix)

    def _take(
        self,
        row: Row,
        person: Person,
        column: Column,
        make: Callable[[str], Value],
        otherwise: Value,
    ) -> Value:
        try:
            return make(self.cell(row, column))
        except CellRefused as refused:
            person.problems.append(self.problem(row.number, column, refused.fix))
            return otherwise


def _head_name(value: str) -> str:
    """The head's name, "" where the cell is empty: it then counts as in the row above."""
    return person_name(value) if optional(value) else ""
