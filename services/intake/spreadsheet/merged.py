"""A merged range holds one value in its corner; here it counts for every row that it covers."""

from collections.abc import Iterable
from typing import Final

from services.intake.spreadsheet.grid import COLUMNS_MAX, Merge, Row
from services.intake.spreadsheet.refusals import SheetTooLarge

LENT_CELLS_MAX: Final = 1_000_000  # ranges that overlap by the thousand are no sheet
_WIDE: Final = 3


def lend(rows: dict[int, Row], merges: Iterable[Merge]) -> None:
    """Write each corner's value into the rest of its range, where a row holds anything at all.

    A row that holds nothing of its own stays absent. Raises SheetTooLarge beyond LENT_CELLS_MAX.
    """
    last = max(rows, default=0)
    lent = 0
    for merge in merges:
        corner = rows.get(merge.top)
        if corner is None or merge.left not in corner.cells:
            continue
        right = min(merge.right, COLUMNS_MAX)
        bottom = min(merge.bottom, last)
        if right - merge.left + 1 >= _WIDE:
            corner.wide = True
        lent += max(0, bottom - merge.top + 1) * max(0, right - merge.left + 1)
        if lent > LENT_CELLS_MAX:
            raise SheetTooLarge("合并单元格过多")
        for number in range(merge.top, bottom + 1):
            if number in rows:
                _lend_row(rows[number], merge.left, right, corner.cells[merge.left])


def _lend_row(row: Row, left: int, right: int, value: str) -> None:
    for column in range(left, right + 1):
        if column not in row.cells:
            row.cells[column] = value
            row.filled.add(column)
