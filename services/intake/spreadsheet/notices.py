"""What is said of a sheet without holding anybody back: how rows were taken that are not plain."""

from collections.abc import Sequence
from typing import Final

from services.intake.spreadsheet.grouping import mark_by
from services.intake.spreadsheet.lines import Line, Lines
from services.intake.spreadsheet.person import Person
from services.intake.spreadsheet.problems import Fix, Problem, at
from services.intake.spreadsheet.wording import HEAD

_NAMED_MAX: Final = 20  # of the rows; the sentence must stay readable


def notices_of(lines: Lines, persons: Sequence[Person]) -> tuple[Problem, ...]:
    """Hidden rows taken, rows put to the family above, rows passed over; each kind said once."""
    hidden = [row.number for row in lines.persons if row.hidden]
    mark = mark_by(persons)
    marked = any(map(mark, persons))
    continued = [
        person.row for person in persons[1:] if marked and not mark(person) and not _heads(person)
    ]
    unmarked = [person.row for person in persons if not marked and not _heads(person)]
    said = (
        ("ROWS_HIDDEN", hidden, "是隐藏的，也按人员读取；不需要的请删去后再导入"),
        ("ROWS_CONTINUED", continued, "没有户编号或户主姓名，按上面一户的人读取，请核对"),
        ("ROWS_CONTINUED", unmarked, "没有户编号和户主姓名，按上面最近的户主一户读取，请核对"),
        ("ROWS_SUBTOTAL", lines.passed_over[Line.SUBTOTAL], "是小计、合计，没有当作人员读取"),
        ("ROWS_FOOTER", lines.passed_over[Line.FOOTER], "是签字、说明或分节，没有当作人员读取"),
        ("ROWS_UNFILLED", lines.passed_over[Line.EMPTY], "没有填人员，没有读取"),
    )
    return tuple(
        at(0, 0, "", Fix(code, f"{_rows(rows)}{what}。")) for code, rows, what in said if rows
    )


def _heads(person: Person) -> bool:
    return person.relation == HEAD


def _rows(numbers: Sequence[int]) -> str:
    named = f"第{'、'.join(map(str, numbers[:_NAMED_MAX]))}行"
    return named if len(numbers) <= _NAMED_MAX else f"{named}等{len(numbers)}行"
