"""Sheets of people who don't exist: region 999999 is assigned to nobody."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from stdnum.cn.ric import calc_check_digit

from services.intake.spreadsheet.model import SheetReading
from services.intake.spreadsheet.read import read_sheet

TODAY = date(2024, 3, 15)
TITLES = (
    "序号",
    "村(社区)",
    "户主姓名",
    "姓名",
    "与户主关系",
    "身份证号码",
    "户口性质",
    "家庭月收入(元)",
    "开户银行",
    "银行账号",
    "联系电话",
    "救助类型",
    "申请日期",
    "备注",
)
Line = dict[str, Any]


def id_number(order: int, born: str = "19800101") -> str:
    """A number with a right check digit; `order` 1 … 999, odd for men."""
    body = f"999999{born}{order:03d}"
    return body + str(calc_check_digit(f"{body}0"))


def line(order: int, **changes: Any) -> Line:
    """One good row, a head of a household of one; `changes` by title, brackets left out."""
    values: Line = {
        "序号": order,
        "村(社区)": "柳河村",
        "户主姓名": "王小明",
        "姓名": "王小明",
        "与户主关系": "户主",
        "身份证号码": id_number(order),
        "户口性质": "农业",
        "家庭月收入(元)": 1200,
        "开户银行": "农业银行",
        "银行账号": "410200000000001",
        "联系电话": "13800000000",
        "救助类型": "低保",
        "申请日期": date(2024, 3, 1),
        "备注": None,
    }
    full = {title.partition("(")[0]: title for title in TITLES}
    return values | {full.get(name, name): value for name, value in changes.items()}


def couple(order: int, head: str = "王小明", spouse: str = "李小红") -> list[Line]:
    """A household of two, on orders `order` and `order + 1`."""
    return [
        line(order, 户主姓名=head, 姓名=head),
        line(order + 1, 户主姓名=head, 姓名=spouse, 与户主关系="妻"),
    ]


def grid(lines: Sequence[Mapping[str, Any]], titles: Sequence[str] = TITLES) -> list[list[Any]]:
    """Titles in row 1 and the lines below them."""
    return [list(titles), *([row.get(title) for title in titles] for row in lines)]


def book(
    cells: Sequence[Sequence[Any]], merged: Sequence[str] = (), title: str = "花名册"
) -> bytes:
    """An .xlsx of one sheet with these rows; `merged` are ranges such as A1:N1."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in cells:
        sheet.append(list(row))
    for reference in merged:
        sheet.merge_cells(reference)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(lines: Sequence[Mapping[str, Any]], titles: Sequence[str] = TITLES) -> SheetReading:
    """The reading of a plain sheet with these lines; the first line is row 2."""
    return read_sheet(book(grid(lines, titles)), TODAY)


def codes(reading: SheetReading) -> list[tuple[int, str]]:
    """(row, code) of every problem, in order."""
    return [(problem.row, problem.code) for problem in reading.problems]


def with_part(content: bytes, part: str, body: bytes) -> bytes:
    """The same package with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
        target.writestr(part, body)
    return out.getvalue()


def part_of(content: bytes, part: str) -> bytes:
    """The bytes of one part."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return source.read(part)


def with_shared_strings(content: bytes) -> bytes:
    """The same package with its texts in a table of their own, as Excel writes them."""
    texts: list[bytes] = []

    def moved(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    sheet = re.sub(
        rb't="inlineStr"><is>(.*?)</is></c>', moved, part_of(content, SHEET_PART), flags=re.DOTALL
    )
    relation = (
        b'<Relationship Id="rIdS" Target="/xl/sharedStrings.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
        b"</Relationships>"
    )
    relations = part_of(content, RELATIONS_PART).replace(b"</Relationships>", relation)
    table = b"<sst>" + b"".join(b"<si>" + text + b"</si>" for text in texts) + b"</sst>"
    content = with_part(content, SHEET_PART, sheet)
    content = with_part(content, RELATIONS_PART, relations)
    return with_part(content, "xl/sharedStrings.xml", table)


SHEET_PART = "xl/worksheets/sheet1.xml"
RELATIONS_PART = "xl/_rels/workbook.xml.rels"
