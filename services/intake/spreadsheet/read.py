"""The one door: a spreadsheet's bytes in, households and problems out."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from services.intake.spreadsheet.borders import note_unclear
from services.intake.spreadsheet.columns import Column
from services.intake.spreadsheet.grouping import group
from services.intake.spreadsheet.header import HEADER_WITHIN, find_header, missing_columns
from services.intake.spreadsheet.households import Built, build
from services.intake.spreadsheet.lines import sort_lines
from services.intake.spreadsheet.model import SheetReading
from services.intake.spreadsheet.package import Package, SheetPart, open_package
from services.intake.spreadsheet.person import PersonReader
from services.intake.spreadsheet.problems import Fix, Problem, at
from services.intake.spreadsheet.refusals import SheetNoHeader
from services.intake.spreadsheet.repeated import note_repeated
from services.intake.spreadsheet.sheet import first_rows, read_rows

HELD: Final = "HOUSEHOLD_HAS_BAD_ROW"


def read_sheet(content: bytes, today: date) -> SheetReading:
    """Read a township's .xlsx as it stands on `today`.

    Pure: no database, no log, nothing written. Raises SheetRefused (a Refusal) when the file
    as a whole can't be read; every smaller fault is a Problem with its row.
    """
    package = open_package(content)
    chosen, left = choose_sheet(package)
    rows = read_rows(package, chosen)
    header = find_header(rows)
    lines = sort_lines(rows, header)
    reader = PersonReader(header, today, package.epoch_1904)
    families = [build(family, reader) for family in group([reader.read(r) for r in lines.persons])]
    note_unclear(families, reader, lines.after_gap)
    note_repeated(families, reader)
    own = [fault for built in families for fault in built.problems]
    held = [fault for built in families for fault in _held(built)]
    return SheetReading(
        sheet=chosen.title,
        households=tuple(b.household for b in families if b.household and not b.problems),
        problems=tuple(sorted([*map(_left_unread, left), *own, *held], key=_place)),
        rows_read=len(lines.persons),
        rows_skipped=lines.skipped,
        rows_bad=len({fault.row for fault in own}),
        rows_held=len(held),
        households_bad=sum(bool(built.problems) for built in families),
        unread_columns=header.unread,
    )


def choose_sheet(package: Package) -> tuple[SheetPart, tuple[SheetPart, ...]]:
    """The first worksheet with the titles that rows need, and the others that have them too.

    Hidden ones are passed over unless there is nothing else. Raises SheetNoHeader with what the
    nearest one misses.
    """
    candidates = [sheet for sheet in package.sheets if not sheet.hidden] or list(package.sheets)
    missing: dict[SheetPart, tuple[Column, ...]] = {
        sheet: missing_columns(first_rows(package, sheet, HEADER_WITHIN)) for sheet in candidates
    }
    ready = [sheet for sheet in candidates if not missing[sheet]]
    if not ready:
        raise SheetNoHeader(min(missing.values(), key=_few))
    return ready[0], tuple(ready[1:])


def _few(columns: Iterable[str]) -> int:
    return len(tuple(columns))


def _left_unread(sheet: SheetPart) -> Problem:
    """A file is never half taken without saying which half."""
    fix = Fix(
        "SHEET_NOT_READ", f"工作表“{sheet.title}”也有表头，但没有读取。请另存为单独的文件再导入。"
    )
    return at(0, 0, "", fix)


def _held(built: Built) -> list[Problem]:
    """The good rows of a household that has a bad one."""
    bad = sorted({fault.row for fault in built.problems})
    if not bad:
        return []
    fix = Fix(HELD, f"本行没有问题，但同一户第{bad[0]}行有问题，整户暂不导入。改好后一并导入。")
    return [at(person.row, 0, "", fix) for person in built.family if person.row not in bad]


def _place(problem: Problem) -> tuple[int, int, str]:
    return problem.row, len(problem.column), problem.column
