"""The one door: a spreadsheet's bytes in, households and problems out."""

from datetime import date
from typing import Final

from services.intake.spreadsheet.borders import note_unclear
from services.intake.spreadsheet.choosing import choose_sheet
from services.intake.spreadsheet.grouping import group
from services.intake.spreadsheet.header import find_header
from services.intake.spreadsheet.households import Built, build
from services.intake.spreadsheet.lines import sort_lines
from services.intake.spreadsheet.model import SheetReading
from services.intake.spreadsheet.notices import notices_of
from services.intake.spreadsheet.package import open_package
from services.intake.spreadsheet.person import PersonReader
from services.intake.spreadsheet.problems import Fix, Problem, at
from services.intake.spreadsheet.refusals import SheetEmpty
from services.intake.spreadsheet.repeated import note_repeated
from services.intake.spreadsheet.sheet import read_rows

HELD: Final = "HOUSEHOLD_HAS_BAD_ROW"


def read_sheet(content: bytes, today: date) -> SheetReading:
    """Read a township's .xlsx as it stands on `today`.

    Pure: no database, no log, nothing written. Raises SheetRefused (a Refusal) when the file
    as a whole can't be read; every smaller fault is a Problem with its row.
    """
    package = open_package(content)
    chosen = choose_sheet(package)
    rows = read_rows(package, chosen.sheet)
    header = find_header(rows)
    lines = sort_lines(rows, header)
    if not lines.persons:
        raise SheetEmpty(chosen.sheet.title)
    reader = PersonReader(header, today, package.epoch_1904)
    persons = [reader.read(row) for row in lines.persons]
    families = [build(family, reader) for family in group(persons)]
    note_unclear(families, reader, lines.after_gap)
    note_repeated(families, reader)
    own = [fault for built in families for fault in built.problems]
    held = [fault for built in families for fault in _held(built)]
    return SheetReading(
        sheet=chosen.sheet.title,
        households=tuple(b.household for b in families if b.household and not b.problems),
        problems=tuple(sorted([*chosen.problems, *own, *held], key=_place)),
        rows_read=len(lines.persons),
        rows_skipped=lines.skipped,
        rows_bad=len({fault.row for fault in own}),
        rows_held=len(held),
        households_bad=sum(bool(built.problems) for built in families),
        unread_columns=header.unread,
        notices=(*chosen.notices, *notices_of(lines, persons)),
        others=chosen.others,
    )


def _held(built: Built) -> list[Problem]:
    """The good rows of a household that has a bad one."""
    bad = sorted({fault.row for fault in built.problems})
    if not bad:
        return []
    fix = Fix(HELD, f"本行没有问题，但同一户第{bad[0]}行有问题，整户暂不导入。改好后一并导入。")
    return [at(person.row, 0, "", fix) for person in built.family if person.row not in bad]


def _place(problem: Problem) -> tuple[int, int, str]:
    return problem.row, len(problem.column), problem.column
