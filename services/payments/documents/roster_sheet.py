"""A township's roster (花名册) as a workbook: equal contents are equal bytes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count, groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.payments.documents.fixed_workbook import workbook_bytes
from services.payments.documents.roster_rows import SheetLine, SheetRoster, read_roster
from shared.clock import CHINA
from shared.money import capital_text
from shared.resident_id import mask
from shared.service import Service

TITLE = "最低生活保障金发放花名册"
COLUMNS = (
    ("序号", 6), ("月份", 10), ("乡镇（街道）", 16), ("村（社区）", 16), ("户主姓名", 12),
    ("户编号", 26), ("户口性质", 10), ("保障人口", 10), ("发放金额（元）", 15), ("领款人", 12),
    ("领款人身份证号", 22), ("开户银行", 22), ("银行账号", 24), ("发放情况", 12), ("备注", 20),
)  # fmt: skip
CATEGORIES = {"RURAL": "农村", "URBAN": "城市"}
STATUSES = {"DRAWN": "待发放", "INSTRUCTED": "已交银行", "SETTLED": "已到账", "RETURNED": "已退票"}

_RULE = Border(*(Side(style="thin"),) * 4)


def roster_sheet(service: Service, township: str, programme: str, month: str) -> bytes:
    """The roster as .xlsx with totals by village; ID and account numbers are masked.

    Raises NoSuchRoster.
    """
    roster = read_roster(service, township, programme, month)
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = month
    for row, values in enumerate(_all_rows(roster), start=1):
        _write(sheet, row, values)
    _dress(sheet)
    return workbook_bytes(workbook, datetime.fromisoformat(roster.drawn_at).replace(tzinfo=None))


def _all_rows(roster: SheetRoster) -> Iterator[Sequence[Any]]:
    """Title, header, lines with totals, signatures."""
    yield [f"{roster.unit_name}{roster.month}{TITLE}"]
    yield [title for title, _ in COLUMNS]
    yield from _rows(roster)
    yield from _signatures(roster)


def _rows(roster: SheetRoster) -> Iterator[Sequence[Any]]:
    """Lines by village, each village's subtotal after its lines, the sum at the end."""
    numbers = count(1)
    for village, group in groupby(roster.lines, key=lambda line: line.village):
        lines = list(group)
        yield from (_cells(next(numbers), line, roster) for line in lines)
        yield _total(f"{village}小计", lines)
    yield _total("合计", roster.lines)
    yield [None, f"大写：{capital_text(sum(line.amount_fen for line in roster.lines))}"]


def _cells(number: int, line: SheetLine, roster: SheetRoster) -> list[Any]:
    receiver = line.receiver
    payee = receiver.payee if receiver else None
    return [
        number,
        roster.month,
        roster.unit_name,
        line.village,
        (receiver.head_name or None) if receiver else None,
        line.household,
        CATEGORIES.get(line.category, line.category),
        line.members_count,
        _yuan(line.amount_fen),
        payee.name if payee else None,
        mask(payee.resident_id) if payee else None,
        payee.bank if payee else None,
        _masked_account(payee.account) if payee else None,
        STATUSES[line.status],
        None if payee else "收款账户待补",
    ]


def _total(title: str, lines: Sequence[SheetLine]) -> list[Any]:
    persons = sum(line.members_count for line in lines)
    amount = _yuan(sum(line.amount_fen for line in lines))
    return [None, title, f"{len(lines)}户", None, None, None, None, persons, amount]


def _signatures(roster: SheetRoster) -> Iterator[Sequence[Any]]:
    for act in roster.acts:
        day = datetime.fromisoformat(act.at).astimezone(CHINA).date()
        yield [None, f"{act.title}：{act.name}", None, act.post, day.isoformat()]


def _write(sheet: Worksheet, row: int, values: Sequence[Any]) -> None:
    """A row whose texts stay texts: what looks like a formula is none."""
    for column, value in enumerate(values, start=1):
        if value is None:
            continue
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"


def _dress(sheet: Worksheet) -> None:
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(COLUMNS))
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for column, (_, width) in enumerate(COLUMNS, start=1):
        head = sheet.cell(2, column)
        head.font, head.border = Font(bold=True), _RULE
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:2"


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _masked_account(account: str) -> str:
    return "*" * max(len(account) - 4, 0) + account[-4:]
