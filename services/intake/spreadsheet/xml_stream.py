"""A stranger's XML as a stream of starts, texts and ends; nothing is kept but what is asked for.

DTDs and entities are refused by defusedxml. Names come without their namespace, so that
transitional, strict and prefixed files read alike.
"""

import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Final

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # ships none
from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # ships none
    DefusedXMLParser,
    ParseError,
)

from services.intake.spreadsheet.guard import ZIP_FAULTS
from services.intake.spreadsheet.refusals import SheetDamaged

Attributes = Mapping[str, str]

_CHUNK_BYTES: Final = 2**16
_NAMES_MAX: Final = 1_000  # distinct element names; the whole standard has fewer in these parts
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


class Listener(ABC):
    """Hears one part. Sets `done` when it has heard enough."""

    def __init__(self) -> None:
        self.done = False
        self._names: dict[str, str] = {}

    def local(self, tag: str) -> str:
        """The name in `tag` without its namespace."""
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = tag.rpartition("}")[2]
            if len(self._names) > _NAMES_MAX:
                raise SheetDamaged("内部结构不是表格")
        return name

    @abstractmethod
    def start(self, tag: str, attributes: Attributes) -> None: ...

    @abstractmethod
    def data(self, text: str) -> None: ...

    @abstractmethod
    def end(self, tag: str) -> None: ...


class Starts(Listener):
    """Collects every start of an element: (local name, attributes by local name)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        named = {self.local(key): value for key, value in attributes.items()}
        self.found.append((self.local(tag), named))

    def data(self, text: str) -> None:
        """Text between elements says nothing in these parts."""

    def end(self, tag: str) -> None:
        """Only the order of starts matters in these parts."""


def listen(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, listener: Listener) -> None:
    """Feed one part to `listener` until its end or until the listener is done.

    Raises SheetDamaged on broken compression, broken XML, a DTD or an entity.
    """
    chunks = _chunks(archive, entry)
    first = next(chunks, b"")
    # Named here, so that a declared encoding is never looked up.
    encoding = "utf-16" if first[:2] in _UTF_16_MARKS else "utf-8"
    parser = DefusedXMLParser(target=listener, encoding=encoding, forbid_dtd=True)
    try:
        parser.feed(first)
        while not listener.done and (chunk := next(chunks, b"")):
            parser.feed(chunk)
        if not listener.done:
            parser.close()
    except ParseError as fault:
        raise SheetDamaged("内部的XML不完整") from fault
    except DefusedXmlException as fault:
        raise SheetDamaged("内部含有不允许的定义（DTD或实体）") from fault


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part, inflated a piece at a time."""
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK_BYTES):
                yield chunk
    except (*ZIP_FAULTS, zlib.error) as fault:
        raise SheetDamaged("压缩包不完整") from fault
