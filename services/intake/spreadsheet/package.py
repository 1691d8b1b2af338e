"""The parts of an .xlsx: its sheets, its texts, which styles are dates.

Only these parts are ever opened. Macros, embedded objects, pictures and links to other files
stay shut, so an officer's file may contain them without harm.
"""

import posixpath
import zipfile
from dataclasses import dataclass, replace
from typing import Final

from services.intake.spreadsheet.guard import open_zip
from services.intake.spreadsheet.refusals import (
    NotASpreadsheet,
    SheetDamaged,
    SheetTooLarge,
    SheetTooManyRows,
)
from services.intake.spreadsheet.row_count import ROWS_MAX, is_endless
from services.intake.spreadsheet.shared_strings import read_strings
from services.intake.spreadsheet.styles import read_date_styles
from services.intake.spreadsheet.xml_stream import Listener, Starts, listen

SMALL_PART_BYTES_MAX: Final = 2**19  # the workbook's own list of sheets, and its relations
STYLES_BYTES_MAX: Final = 16 * 2**20  # sheets pasted together for years grow thousands of styles
STRINGS_BYTES_MAX: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its title, the zip entry that holds it, whether its tab is hidden.

    `endless`: it holds more rows than one file may bring.
    """

    title: str
    part: str
    hidden: bool
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """An opened workbook. `strings` and `date_styles` are what cells refer to by number."""

    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    sheets: tuple[SheetPart, ...]
    strings: list[str]
    date_styles: frozenset[int]
    epoch_1904: bool

    def listen(self, sheet: SheetPart, listener: Listener) -> None:
        """Stream one worksheet to `listener`."""
        listen(self.archive, self.entries[sheet.part], listener)


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str  # the last word of the relation's type: worksheet, sharedStrings, styles …
    part: str


def open_package(content: bytes) -> Package:
    """Open `content`. Raises SheetRefused when it is no sound .xlsx within the limits.

    Rows are counted before anything is kept: SheetTooManyRows if no sheet is short enough.
    """
    archive = open_zip(content)
    entries = {_part_name(entry.filename): entry for entry in archive.infolist()}
    book = _workbook_part(archive, entries)
    relations = _relations(archive, entries, book)
    tags = _small(archive, entries, book)
    sheets = _counted(archive, entries, _sheets(tags, relations, entries))
    if not sheets:
        raise SheetDamaged("里面没有工作表")
    # Said before the workbook's texts are kept: there may be millions.
    visible = [sheet for sheet in sheets if not sheet.hidden] or sheets
    if all(sheet.endless for sheet in visible):
        raise SheetTooManyRows(ROWS_MAX)
    return Package(
        archive=archive,
        entries=entries,
        sheets=sheets,
        strings=_strings(archive, entries, relations),
        date_styles=_date_styles(archive, entries, relations),
        epoch_1904=any(
            name == "workbookPr" and attributes.get("date1904") in ("1", "true")
            for name, attributes in tags
        ),
    )


def _part_name(name: str) -> str:
    """Part names are compared without case; some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _small(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], part: str
) -> list[tuple[str, dict[str, str]]]:
    """Every start tag of a part that is small in any honest file."""
    entry = entries[part]
    if entry.file_size > SMALL_PART_BYTES_MAX:
        raise SheetTooLarge("工作簿目录过大")
    starts = Starts()
    listen(archive, entry, starts)
    return starts.found


def _relations(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], source: str
) -> dict[str, _Relation]:
    """What `source` ("" is the package itself) refers to, by relation id; outside targets left."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    if part not in entries:
        return {}
    found = {}
    for tag, attributes in _small(archive, entries, part):
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            continue
        target = attributes.get("Target", "").replace("\\", "/")
        place = target if target.startswith("/") else posixpath.join("/", folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        found[attributes.get("Id", "")] = _Relation(kind, _part_name(posixpath.normpath(place)))
    return found


def _workbook_part(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> str:
    """The part that lists the sheets; a package whose main part is another is another document."""
    relations = _relations(archive, entries, "").values()
    main = next((r.part for r in relations if r.kind == "officeDocument"), "xl/workbook.xml")
    if main.endswith(".bin"):
        raise NotASpreadsheet(".xlsb格式")
    if main not in entries or not _is_workbook(_small(archive, entries, main)):
        raise NotASpreadsheet(_other_document(entries))
    return main


def _is_workbook(tags: list[tuple[str, dict[str, str]]]) -> bool:
    return bool(tags) and tags[0][0] == "workbook"


def _other_document(entries: dict[str, zipfile.ZipInfo]) -> str:
    if any(name.startswith("word/") for name in entries):
        return "Word文档"
    return "其他压缩文件"


def _sheets(
    tags: list[tuple[str, dict[str, str]]],
    relations: dict[str, _Relation],
    entries: dict[str, zipfile.ZipInfo],
) -> tuple[SheetPart, ...]:
    """Worksheets in the order of their tabs; charts and dialogs are none."""
    found = []
    for tag, attributes in tags:
        relation = relations.get(attributes.get("id", "")) if tag == "sheet" else None
        if relation is None or relation.kind != "worksheet":
            continue
        if relation.part not in entries:
            raise SheetDamaged("缺少工作表的内容")
        hidden = attributes.get("state", "visible") != "visible"
        found.append(SheetPart(attributes.get("name", ""), relation.part, hidden))
    return tuple(found)


def _counted(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], sheets: tuple[SheetPart, ...]
) -> tuple[SheetPart, ...]:
    """The same sheets, endless ones marked."""
    return tuple(
        replace(sheet, endless=is_endless(archive, entries[sheet.part])) for sheet in sheets
    )


def _optional(
    entries: dict[str, zipfile.ZipInfo], relations: dict[str, _Relation], kind: str
) -> zipfile.ZipInfo | None:
    part = next((r.part for r in relations.values() if r.kind == kind), "")
    return entries.get(part)


def _strings(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], relations: dict[str, _Relation]
) -> list[str]:
    entry = _optional(entries, relations, "sharedStrings")
    if entry is None:
        return []
    if entry.file_size > STRINGS_BYTES_MAX:
        raise SheetTooLarge("文字内容过多")
    return read_strings(archive, entry)


def _date_styles(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], relations: dict[str, _Relation]
) -> frozenset[int]:
    entry = _optional(entries, relations, "styles")
    if entry is None:
        return frozenset()
    if entry.file_size > STYLES_BYTES_MAX:
        raise SheetTooLarge("格式过多")
    return read_date_styles(archive, entry)
