"""Many values of one kind, written once and gone through as often as wanted; memory holds a page.

What stands on disk meanwhile has no name there, and is gone with the process or before.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar
from weakref import finalize

import msgspec

T = TypeVar("T")
PAGE = 1_000
MEMORY_MAX = 1024 * 1024  # bytes; a longer spool goes to disk
_LENGTH = 4  # bytes, before each page


class Spool(Generic[T]):
    """Values that msgspec can write and read back as equal ones. Not for several threads."""

    def __init__(self, kind: type[T], values: Iterable[T] = ()) -> None:
        self._file = SpooledTemporaryFile(max_size=MEMORY_MAX)  # noqa: SIM115 - as long as we live
        self._read = msgspec.msgpack.Decoder(list[kind]).decode  # type: ignore[valid-type]
        self._count = self._end = 0
        finalize(self, self._file.close)
        self.extend(values)

    def extend(self, values: Iterable[T]) -> None:
        """Add values behind those that are there."""
        rest = iter(values)
        while page := list(islice(rest, PAGE)):
            written = _write(page)
            self._file.seek(self._end)
            self._file.write(len(written).to_bytes(_LENGTH, "big") + written)
            self._end = self._file.tell()
            self._count += len(page)

    def pages(self) -> Iterator[list[T]]:
        """The values in their order, at most a thousand at once."""
        at = 0
        while at < self._end:
            self._file.seek(at)
            length = int.from_bytes(self._file.read(_LENGTH), "big")
            yield self._read(self._file.read(length))
            at += _LENGTH + length

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self.pages())

    def __len__(self) -> int:
        return self._count


_write = msgspec.msgpack.Encoder().encode
