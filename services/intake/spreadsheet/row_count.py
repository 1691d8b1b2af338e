"""Whether a worksheet is endless, found out before anything of the workbook is kept."""

import zipfile
from typing import Final

from services.intake.spreadsheet.xml_stream import Attributes, Listener, listen

ROWS_MAX: Final = 50_000  # rows that hold anything
COUNTED_FROM_BYTES: Final = 4 * 2**20  # below this, the rows themselves cost little


class _RowCount(Listener):
    """Counts rows that hold something, up to one more than there may be."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._taking = self._holds = False

    def start(self, tag: str, attributes: Attributes) -> None:
        match self.local(tag):
            case "row":
                self._holds = False
            case "v" | "t":
                self._taking = True

    def data(self, text: str) -> None:
        if self._taking and not self._holds:
            self._holds = not text.isspace()

    def end(self, tag: str) -> None:
        match self.local(tag):
            case "v" | "t":
                self._taking = False
            case "row" if self._holds:
                self.count += 1
                self._holds = False
                self.done = self.count > ROWS_MAX


def is_endless(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether more than ROWS_MAX rows hold something. Raises SheetDamaged on broken content."""
    if entry.file_size < COUNTED_FROM_BYTES:
        return False
    counter = _RowCount()
    listen(archive, entry, counter)
    return counter.count > ROWS_MAX
