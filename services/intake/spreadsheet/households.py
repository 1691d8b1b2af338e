"""A family's rows into one household, or the reasons why not.

A household is taken whole or not at all (83号 1(1): confirmation is of the family), so one bad
row holds back the others. Household values may stand on one row, some or all; where they stand
more than once they must agree.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from services.intake.spreadsheet.columns import Column
from services.intake.spreadsheet.grouping import Family
from services.intake.spreadsheet.model import SheetHousehold, SheetMember
from services.intake.spreadsheet.person import Person, PersonReader
from services.intake.spreadsheet.problems import Fix, Problem
from services.intake.spreadsheet.wording import HEAD, SPOUSE, SUBSISTENCE_ALLOWANCE

Value = TypeVar("Value", bound=Hashable)

MONTHS: Final = 12
# Officers round a twelfth of the year to the yuan; more than that is a contradiction.
INCOME_TOLERANCE_FEN: Final = 100


@dataclass(slots=True)
class Built:
    """A family after reading: the household if all its rows are good, and its problems."""

    family: Family
    household: SheetHousehold | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def first_row(self) -> int:
        """Where the family begins in the sheet."""
        return self.family[0].row


def build(family: Family, reader: PersonReader) -> Built:
    """The household that these rows say, with every contradiction among them."""
    built = Built(family, problems=[fault for person in family for fault in person.problems])
    head = _head(built, reader)
    _one_spouse(built, reader)
    agreed = _Agreement(built, reader)
    village = agreed.on(Column.VILLAGE, lambda person: person.village, "")
    category = agreed.on(Column.CATEGORY, lambda person: person.category, "")
    programme = agreed.on(Column.PROGRAMME, lambda person: person.programme, "")
    bank = agreed.on(Column.BANK, lambda person: person.bank, "")
    account = agreed.on(Column.ACCOUNT, lambda person: person.account, "")
    applied_on = agreed.on(Column.APPLIED_ON, lambda person: person.applied_on, None)
    income = _month_income(agreed)
    _check_present(agreed, village=village, category=category, bank=bank, account=account)
    if built.problems or head is None:
        return built
    members = tuple(_member(person) for person in family)
    built.household = SheetHousehold(
        first_row=built.first_row,
        rows=tuple(person.row for person in family),
        village=village,
        category=category,
        programme=programme or SUBSISTENCE_ALLOWANCE,
        month_income_fen=income,
        bank=bank,
        account=account,
        phone=head.phone or next((person.phone for person in family if person.phone), ""),
        applied_on=applied_on,
        remark="；".join(dict.fromkeys(person.remark for person in family if person.remark)),
        head=next(member for member in members if member.relation == HEAD),
        members=members,
        warnings=tuple(dict.fromkeys(text for person in family for text in person.warnings)),
    )
    return built


def _head(built: Built, reader: PersonReader) -> Person | None:
    """The one head of the family; none or several is a problem, as is a head of another name."""
    heads = [person for person in built.family if person.relation == HEAD]
    note = built.problems.append
    if not heads:
        # A relation that could not be read may have been the head's: said once is enough.
        if all(person.relation for person in built.family):
            fix = Fix(
                "HEAD_MISSING",
                "这一户没有“户主”一行。请补上户主，并把同一户的人放在相连的行。",
            )
            note(reader.problem(built.first_row, Column.RELATION, fix))
        return None
    for person in heads[1:]:
        fix = Fix("TWO_HEADS", f"同一户有两个户主（另见第{heads[0].row}行），请只留一个。")
        note(reader.problem(person.row, Column.RELATION, fix))
    head = heads[0]
    for person in built.family:
        if person.head_name and head.name and person.head_name != head.name:
            fix = Fix("HEAD_NAME_DIFFERS", f"户主姓名与第{head.row}行的户主不是同一人，请核对。")
            note(reader.problem(person.row, Column.HEAD, fix))
            break
    return head


def _one_spouse(built: Built, reader: PersonReader) -> None:
    """A second spouse is somebody else's: very likely another family's."""
    spouses = [person for person in built.family if person.relation == SPOUSE]
    for person in spouses[1:]:
        fix = Fix(
            "TWO_SPOUSES",
            f"同一户有两个配偶（另见第{spouses[0].row}行），请核对关系，或把另一户分开。",
        )
        built.problems.append(reader.problem(person.row, Column.RELATION, fix))


@dataclass(frozen=True, slots=True)
class _Agreement:
    """What the rows of one family say in one voice."""

    built: Built
    reader: PersonReader

    def on(self, column: Column, value: Callable[[Person], Value], nothing: Value) -> Value:
        """The one value given; a second, different one is a problem at its row."""
        given = [(person.row, value(person)) for person in self.built.family]
        said = [(row, found) for row, found in given if found != nothing and found is not None]
        if not said:
            return nothing
        first_row, first = said[0]
        other = next((row for row, found in said if found != first), None)
        if other is not None:
            fix = Fix(
                "HOUSEHOLD_CONTRADICTS",
                f"同一户的{_short(column)}前后不一致（第{first_row}行与第{other}行），请改成一致。",
            )
            self.note(other, column, fix)
        return first

    def note(self, row: int, column: Column, fix: Fix) -> None:
        """Add a problem of this family."""
        self.built.problems.append(self.reader.problem(row, column, fix))


def _short(column: Column) -> str:
    """The column's name without its unit."""
    return column.value.partition("(")[0]


def _month_income(agreed: _Agreement) -> int | None:
    """The household's monthly income in fen: as given, or a twelfth of the year half up."""
    month = agreed.on(Column.MONTH_INCOME, lambda person: person.month_income_fen, None)
    year = agreed.on(Column.YEAR_INCOME, lambda person: person.year_income_fen, None)
    if year is None:
        return month
    twelfth = (year + MONTHS // 2) // MONTHS
    if month is None:
        return twelfth
    if abs(month - twelfth) > INCOME_TOLERANCE_FEN:
        row = agreed.built.first_row
        fix = Fix("INCOME_CONTRADICTS", "月收入与年收入的十二分之一不符，请核对后改成一致。")
        agreed.note(row, Column.YEAR_INCOME, fix)
    return month


def _check_present(
    agreed: _Agreement, *, village: str, category: str, bank: str, account: str
) -> None:
    """What must not be missing. A value refused in its cell isn't called missing as well."""
    built = agreed.built
    refused = {(fault.column, fault.title) for fault in built.problems}
    columns = agreed.reader.header.columns

    def was_refused(column: Column) -> bool:
        title = agreed.reader.header.titles.get(column)
        return any(found == title for _, found in refused) if title else False

    if not category and not was_refused(Column.CATEGORY):
        lacking = "" if Column.CATEGORY in columns else "表中没有“户口性质”一列，"
        fix = Fix("CATEGORY_MISSING", f"{lacking}请填写这一户的户口性质（农业或非农业）。")
        agreed.note(built.first_row, Column.CATEGORY, fix)
    if not village and not was_refused(Column.VILLAGE):
        lacking = "" if Column.VILLAGE in columns else "表中没有“村(社区)”一列，"
        fix = Fix("VILLAGE_MISSING", f"{lacking}请填写这一户所在的村（社区），公示要在那里进行。")
        agreed.note(built.first_row, Column.VILLAGE, fix)
    if account and not bank and not was_refused(Column.BANK):
        row = next(person.row for person in built.family if person.account)
        fix = Fix("BANK_MISSING", "有银行账号但没有开户银行，请补上开户银行。")
        agreed.note(row, Column.BANK, fix)


def _member(person: Person) -> SheetMember:
    identity = person.identity
    if identity is None:
        raise AssertionError("a row without problems has an identity")
    return SheetMember(
        row=person.row,
        name=person.name,
        relation=person.relation,
        resident_id=identity.number,
        born_on=identity.born_on,
        female=identity.female,
        warnings=tuple(dict.fromkeys(person.warnings)),
    )
