"""What processes that read parts of a log are asked, and how they answer: in frames of MessagePack."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final, Self

import msgspec

from shared.log.verification.report import Finding, Findings, Kind
from shared.log.verification.told import Part, Told

_LENGTH_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Order:
    """Read this part of the log named `log`; the URL may hold a password, so it comes by stdin."""

    url: str
    log: str
    part: Part

    def send(self, file: IO[bytes] | None) -> None:
        """To the process at the other end, which hears no more."""
        if file is not None:
            with file:
                file.write(_encode(self))

    @classmethod
    def receive(cls, file: IO[bytes]) -> Self:
        """What was sent."""
        return msgspec.msgpack.decode(file.read(), type=cls)


class Tally(msgspec.Struct, frozen=True, tag=True):
    """The findings of a part: those named, and how many there are of each kind."""

    named: list[Finding]
    counts: dict[Kind, int]


class _Said(msgspec.Struct, frozen=True, tag=True):
    told: Told


def write(file: IO[bytes], said: Told | Findings) -> None:
    """The next frame: its length, then what was told or, at the end, what was found."""
    framed = _Said(said) if isinstance(said, Told) else Tally(*said.counted())
    frame = _encode(framed)
    file.write(len(frame).to_bytes(_LENGTH_BYTES) + frame)


def read_all(file: IO[bytes]) -> Iterator[Told | Tally]:
    """Every frame from here on."""
    while length := file.read(_LENGTH_BYTES):
        framed = _decode(file.read(int.from_bytes(length)))
        yield framed.told if isinstance(framed, _Said) else framed


_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(_Said | Tally).decode
