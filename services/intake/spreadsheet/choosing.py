"""Which worksheet of a workbook is read, and what is said of the others."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.intake.spreadsheet.cells import written_out
from services.intake.spreadsheet.columns import Column
from services.intake.spreadsheet.grid import Number, Row
from services.intake.spreadsheet.header import HEADER_WITHIN, missing_columns
from services.intake.spreadsheet.package import Package, SheetPart
from services.intake.spreadsheet.problems import Fix, Problem, at
from services.intake.spreadsheet.refusals import SheetNoHeader
from services.intake.spreadsheet.sheet import first_rows

# An ID number's shape, whatever its region and check digit: 18 signs, or the 15 of old cards.
_ID: Final = re.compile(
    r"[0-9]{6}(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]"
    r"|[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4})"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The worksheet to read. `others` are the titles of all others, hidden ones included.

    `problems` name sheets that hold people or our titles and are not read, `notices` the rest.
    """

    sheet: SheetPart
    others: tuple[str, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def choose_sheet(package: Package) -> Chosen:
    """The first worksheet with the titles that rows need; one with people before one without.

    Hidden ones are passed over unless there is nothing else. Raises SheetNoHeader with what the
    nearest one misses.
    """
    candidates = [sheet for sheet in package.sheets if not sheet.hidden] or list(package.sheets)
    rows = {sheet: first_rows(package, sheet, HEADER_WITHIN) for sheet in candidates}
    missing: dict[SheetPart, tuple[Column, ...]] = {
        sheet: missing_columns(rows[sheet]) for sheet in candidates
    }
    ready = [sheet for sheet in candidates if not missing[sheet]]
    if not ready:
        raise SheetNoHeader(sorted(missing.values(), key=len)[0])
    chosen = next((sheet for sheet in ready if _holds_people(rows[sheet])), ready[0])
    others = [sheet for sheet in package.sheets if sheet is not chosen]
    unread = {
        sheet: not missing[sheet] or _holds_people(rows[sheet])
        for sheet in candidates
        if sheet is not chosen and rows[sheet]
    }
    return Chosen(
        sheet=chosen,
        others=tuple(sheet.title for sheet in others),
        problems=tuple(
            _not_read(sheet, titled=not missing[sheet]) for sheet in unread if unread[sheet]
        ),
        notices=(
            *(_hidden(sheet) for sheet in others if sheet.hidden and sheet not in rows),
            *(_passed_over(sheet) for sheet in unread if not unread[sheet]),
        ),
    )


def _holds_people(rows: Sequence[Row]) -> bool:
    """Whether an ID number stands in one of these rows."""
    return any(_ID.fullmatch(_digits(text)) for row in rows for text in row.cells.values())


def _digits(text: str) -> str:
    if isinstance(text, Number):
        return written_out(text)
    return "".join(unicodedata.normalize("NFKC", text).split()).lstrip("'")


def _not_read(sheet: SheetPart, *, titled: bool) -> Problem:
    """A file is never half taken without saying which half."""
    why = "也有表头" if titled else "没有表头却有身份证号码，像是续表"
    what = "另存为单独的文件" if titled else "补上表头后另存为单独的文件，或接到第一张表下面"
    reason = f"工作表“{sheet.title}”{why}，但没有读取。请{what}再导入。"
    return at(0, 0, "", Fix("SHEET_NOT_READ", reason))


def _hidden(sheet: SheetPart) -> Problem:
    reason = f"隐藏的工作表“{sheet.title}”没有读取。如需导入，请取消隐藏后另存为单独的文件。"
    return at(0, 0, "", Fix("SHEET_HIDDEN", reason))


def _passed_over(sheet: SheetPart) -> Problem:
    return at(0, 0, "", Fix("SHEET_PASSED_OVER", f"工作表“{sheet.title}”没有表头，没有读取。"))
