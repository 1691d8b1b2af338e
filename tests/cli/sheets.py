"""Files that officers bring: sheets good and bad, and what isn't one."""

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

from services.demo.identifiers import check_digit

TITLES = (
    "序号", "村(社区)", "户主姓名", "姓名", "与户主关系", "身份证号码", "户口性质",
    "家庭月收入(元)", "开户银行", "银行账号", "申请日期",
)  # fmt: skip
Row = tuple[object, ...]


def person(number: int) -> str:
    """The ID number of somebody of an unassigned region."""
    first17 = f"99999919800505{number:03}"
    return first17 + check_digit(first17)


def family(number: int, *, right: bool = True) -> list[Row]:
    """A couple's rows; where not `right`, the spouse's check digit is wrong."""
    head, spouse = person(10 * number), person(10 * number + 1)
    if not right:
        spouse = spouse[:17] + ("1" if spouse[17] == "0" else "0")
    name, account = f"钱{'一二三四五六七八九'[number]}", f"990000000000000{number:02}"
    return [
        (1, "王庄村", name, name, "户主", head, "农业", 300, "农商银行", account, "2024-03-01"),
        (2, "王庄村", name, f"{name}妻", "配偶", spouse, "农业", 300, "农商银行", account,
         "2024-03-01"),
    ]  # fmt: skip


def sheet(*families: Sequence[Row]) -> bytes:
    """An .xlsx of these families under a title row."""
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    page.append(("新站镇申请花名册",))
    page.append(TITLES)
    for rows in families:
        for row in rows:
            page.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_rows(count: int) -> bytes:
    """A sheet of that many rows, written without holding them as cells."""
    return _with_sheet(
        "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, count + 3))
    )


def bomb() -> bytes:
    """A small file that would inflate to 150 MB."""
    return _with_sheet(" " * 150 * 2**20)


def _with_sheet(more: str) -> bytes:
    """A good sheet whose first page holds `more` behind its rows."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(family(1)))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                body = body.replace(b"</sheetData>", more.encode() + b"</sheetData>")
            target.writestr(entry.filename, body)
    return out.getvalue()
