"""What comes out of a sheet: households that may become applications, and every problem."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from services.intake.spreadsheet.problems import Problem


@dataclass(frozen=True, slots=True)
class SheetMember:
    """One person of a household; `relation` is a code such as HEAD, `resident_id` 18 signs."""

    row: int
    name: str = field(repr=False)
    relation: str
    resident_id: str = field(repr=False)
    born_on: date = field(repr=False)
    female: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetHousehold:
    """One family whose rows are all good. Empty texts and None are what the sheet didn't say.

    `month_income_fen` is of the whole household; a year's income is divided by twelve and
    rounded half up to the fen. `phone` and `remark` may be empty, `account` comes with `bank`.
    """

    first_row: int
    rows: tuple[int, ...]
    village: str
    category: str
    programme: str
    month_income_fen: int | None = field(repr=False)
    bank: str
    account: str = field(repr=False)
    phone: str = field(repr=False)
    applied_on: date | None
    remark: str = field(repr=False)
    head: SheetMember
    members: tuple[SheetMember, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows below the titles, down to the last row that holds anything, that are no persons."""

    empty: int
    subtotal: int
    header: int
    footer: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.empty + self.subtotal + self.header + self.footer


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A whole sheet. rows_read = rows of good households + rows_bad + rows_held.

    `rows_bad` have a fault of their own; `rows_held` wait only for another row of their
    household. `unread_columns` are titles that name none of ours. `notices` (row 0) say how the
    sheet was taken and hold nobody back; `others` are the worksheets that weren't read.
    """

    sheet: str
    households: tuple[SheetHousehold, ...]
    problems: tuple[Problem, ...]
    rows_read: int
    rows_skipped: Skipped
    rows_bad: int
    rows_held: int
    households_bad: int
    unread_columns: tuple[str, ...]
    notices: tuple[Problem, ...] = ()
    others: tuple[str, ...] = ()


def content_key(household: SheetHousehold) -> str:
    """SHA-256 (hex) of what the household's rows say, whatever their place, order or format."""
    members = sorted((m.resident_id, m.name, m.relation) for m in household.members)
    content = {
        "village": household.village,
        "category": household.category,
        "programme": household.programme,
        "month_income_fen": household.month_income_fen,
        "bank": household.bank,
        "account": household.account,
        "phone": household.phone,
        "applied_on": household.applied_on and household.applied_on.isoformat(),
        "remark": household.remark,
        "members": members,
    }
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
