"""The second sheet of a marked-up copy: what was taken, what wasn't, and how often why."""

from collections import Counter
from typing import Any, Final

from services.intake.spreadsheet.copied_cells import text_cell
from services.intake.spreadsheet.model import SheetReading

SUMMARY_TITLE: Final = "导入结果"
_WIDTH: Final = 54


def write_summary(sheet: Any, reading: SheetReading) -> None:
    """The counts, what was passed over, and how often each kind of problem occurs."""
    skipped = reading.rows_skipped
    sheet.column_dimensions["A"].width = _WIDTH
    lines: list[tuple[str, int | str]] = [
        ("工作表", reading.sheet),
        ("读取的人员行数", reading.rows_read),
        ("可以导入的户数", len(reading.households)),
        ("暂不导入的户数", reading.households_bad),
        ("有问题的行数", reading.rows_bad),
        ("受同户影响暂不导入的行数", reading.rows_held),
        ("跳过的空行", skipped.empty),
        ("跳过的小计、合计行", skipped.subtotal),
        ("跳过的重复表头行", skipped.header),
        ("跳过的签字、说明行", skipped.footer),
        ("没有读取的列", "、".join(reading.unread_columns)),
        ("没有读取、也没有复制到本文件的工作表", "、".join(reading.others)),
    ]
    lines += [(problem.reason, "") for problem in reading.problems if problem.row == 0]
    lines += [(notice.reason, "") for notice in reading.notices]
    counts = Counter((p.code, p.title) for p in reading.problems if p.row)
    lines += [(f"{title or '整行'}（{code}）", n) for (code, title), n in counts.most_common()]
    for label, value in lines:
        shown = text_cell(sheet, value) if isinstance(value, str) else value
        sheet.append([text_cell(sheet, label), shown])
