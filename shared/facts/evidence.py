"""Files that bear out a step: the log holds what they are and their hash, never the file."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says, in their words; always sealed."""

    text: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A photo or a paper by its SHA-256 in small hex digits; `yingbao evidence` keeps the file."""

    kind: str
    sha256: str
    size_bytes: int
    taken_on: date
