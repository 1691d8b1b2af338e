"""The month's table as a workbook that a bureau chief reads, signs and files."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from services.reporting.domain.titles import PROGRAMMES
from services.reporting.read_models import totals
from shared.facts.reporting import TownshipRow
from shared.months import first_day

HEADER = ("序号", "乡镇（街道）", "期初", "", "本月新增", "", "本月退出", "", "期末", "",
          "发放金额（元）", "", "", "")  # fmt: skip
SUBHEADER = ("", "", *("户数", "人数") * 4, "审核通过", "已到账", "退票", "待发放")
WIDTHS = (6, 18, *(9,) * 8, *(15,) * 4)
MERGED = ("A1:N1", "A2:N2", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3", "I3:J3", "K3:N3")
THIN = Side(style="thin")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRED = Alignment(horizontal="center", vertical="center")


def monthly_table_xlsx(
    rows: Sequence[TownshipRow],
    unit_names: Mapping[str, str],
    month: str,
    programme: str,
    organisation: str,
) -> bytes:
    """The table's file: a row per township, a row of sums, amounts in yuan, a line to sign.

    Equal figures give equal bytes. No cell is a formula, whatever a unit is called.
    Raises MonthRefused.
    """
    first = first_day(month)
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = month
    title = f"{PROGRAMMES.get(programme, programme)}月统计表"
    _line(sheet, 1, (title,), grid=False)
    _line(sheet, 2, (f"{first.year}年{first.month}月    填报单位：{organisation}",), grid=False)
    _line(sheet, 3, HEADER)
    _line(sheet, 4, SUBHEADER)
    for number, row in enumerate(rows, start=1):
        name = unit_names.get(row.township, row.township)
        _line(sheet, 4 + number, (number, name, *_figures(row)))
    last = 5 + len(rows)
    _line(sheet, last, ("", "合计", *_figures(totals(rows))))
    _line(
        sheet,
        last + 1,
        ("单位负责人：", "", "", "", "审核人：", "", "", "", "制表人："),
        grid=False,
    )
    _dress(sheet)
    return _fixed_bytes(workbook, datetime(first.year, first.month, 1))  # noqa: DTZ001 - a file's stamp


def _figures(row: TownshipRow) -> tuple[int | Decimal, ...]:
    return (
        row.start_households, row.start_persons, row.new_households, row.new_persons,
        row.exit_households, row.exit_persons, row.end_households, row.end_persons,
        _yuan(row.approved_fen), _yuan(row.paid_fen),
        _yuan(row.returned_fen), _yuan(row.pending_fen),
    )  # fmt: skip


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _line(
    sheet: Worksheet, row: int, values: Sequence[str | int | Decimal], *, grid: bool = True
) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        _put(cell, value)
        if grid:
            cell.border = GRID


def _put(cell: Cell | MergedCell, value: str | int | Decimal) -> None:
    """Text stays text: a name that begins with = is no formula, nor becomes one when edited."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
        cell.alignment = CENTRED
    else:
        cell.number_format = "#,##0.00" if isinstance(value, Decimal) else "#,##0"


def _dress(sheet: Worksheet) -> None:
    for area in MERGED:
        sheet.merge_cells(area)
    for letter, width in zip("ABCDEFGHIJKLMN", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"].font = Font(size=16, bold=True)
    sheet.freeze_panes = "C5"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:4"


def _fixed_bytes(workbook: Workbook, at: datetime) -> bytes:
    """The file as if made at `at`: no clock enters it, so equal contents are equal bytes."""
    workbook.properties.created = workbook.properties.modified = at
    written, fixed = io.BytesIO(), io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for entry in source.infolist():
            stamped = zipfile.ZipInfo(entry.filename, at.timetuple()[:6])
            target.writestr(stamped, source.read(entry), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
