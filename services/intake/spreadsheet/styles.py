"""Which cell styles show their number as a date; no other part of a style is looked at."""

import zipfile
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from services.intake.spreadsheet.xml_stream import Attributes, Listener, listen

# Reserved by the standard for Chinese dates and times (ECMA-376 part 1, 18.8.30).
_CHINESE_DATES: Final = frozenset((*range(27, 37), *range(50, 59)))
_BUILT_IN_DATES: Final = frozenset(
    number for number, code in BUILTIN_FORMATS.items() if is_date_format(code)
)


def read_date_styles(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> frozenset[int]:
    """The positions in the list of cell styles whose number format is a date."""
    listener = _Styles()
    listen(archive, entry, listener)
    return frozenset(
        index for index, number in enumerate(listener.styles) if number in listener.dates
    )


class _Styles(Listener):
    def __init__(self) -> None:
        super().__init__()
        self.dates = {str(number) for number in _CHINESE_DATES | _BUILT_IN_DATES}
        self.styles: list[str] = []
        self._in_cell_styles = False

    def start(self, tag: str, attributes: Attributes) -> None:
        match self.local(tag):
            case "numFmt" if is_date_format(attributes.get("formatCode", "")[:255]):
                self.dates.add(attributes.get("numFmtId", ""))
            case "cellXfs":
                self._in_cell_styles = True
            case "xf" if self._in_cell_styles:
                self.styles.append(attributes.get("numFmtId", ""))

    def data(self, text: str) -> None:
        """Styles hold no text."""

    def end(self, tag: str) -> None:
        if self.local(tag) == "cellXfs":
            self._in_cell_styles = False
