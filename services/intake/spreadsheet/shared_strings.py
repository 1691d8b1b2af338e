"""The table of texts that cells refer to by number."""

import re
import zipfile
from typing import Final

from services.intake.spreadsheet.refusals import SheetTooLarge
from services.intake.spreadsheet.xml_stream import Attributes, Listener, listen

STRINGS_COUNT_MAX: Final = 2_000_000
TEXT_MAX: Final = 32_767  # what a cell can hold in Excel

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`text` with the format's own escapes (_x000D_ for a carriage return) taken back."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _sign(int(found[1], 16)), text)


def _sign(code: int) -> str:
    """Half a surrogate pair is no character and could not be stored."""
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def read_strings(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> list[str]:
    """Every text in order, runs of one text joined, readings (ruby) left out."""
    listener = _Strings()
    listen(archive, entry, listener)
    return listener.strings


class _Strings(Listener):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._in_reading = False

    def start(self, tag: str, attributes: Attributes) -> None:
        match self.local(tag):
            case "si":
                self._pieces = []
            case "t":
                self._in_text = not self._in_reading
            case "rPh":
                self._in_reading = True

    def data(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        match self.local(tag):
            case "si":
                self.strings.append(unescaped("".join(self._pieces)[:TEXT_MAX]))
                if len(self.strings) > STRINGS_COUNT_MAX:
                    raise SheetTooLarge("文字内容过多")
            case "t":
                self._in_text = False
            case "rPh":
                self._in_reading = False
