"""What a log says about itself, in the exact text that is signed (C2SP tlog-checkpoint)."""

import re
from base64 import b64encode
from binascii import a2b_base64
from dataclasses import dataclass
from typing import Final, Self

_NAME: Final = re.compile(r"[^\s+\x00-\x1f\x7f\ud800-\udfff]{1,255}")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteError(ValueError):
    """A text that isn't a checkpoint, a signature line or a verifier key in its exact form."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root (32 bytes) of a log at a size; `origin` is the log's name. Raises NoteError."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        check_name(self.origin)
        if not _SIZE.fullmatch(str(self.size)):
            raise NoteError(f"no size of a log: {self.size}")
        if len(self.root) != 32:
            raise NoteError(f"a root has 32 bytes, not {len(self.root)}")

    def text(self) -> str:
        """The exact text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The checkpoint of exactly this text; extension lines are refused. Raises NoteError."""
        match text.split("\n"):
            case [origin, size, root, ""] if _SIZE.fullmatch(size):
                return cls(origin, int(size), from_base64(root))
            case _:
                raise NoteError("a checkpoint is three lines: origin, size, root")


def check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise NoteError("a name has 1 to 255 characters, no space, plus or control character")


def from_base64(text: str) -> bytes:
    """The bytes of canonical base64: one text for each value, so that no note has a twin."""
    try:
        decoded = a2b_base64(text.encode(), strict_mode=True)
    except ValueError as error:  # binascii.Error and UnicodeEncodeError are of this family
        raise NoteError("no base64") from error
    if b64encode(decoded).decode() != text:
        raise NoteError("base64 with stray bits")
    return decoded
