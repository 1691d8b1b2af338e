"""What may be asked of inquiries among neighbours and by letter."""

from dataclasses import dataclass
from datetime import date

from shared.facts.evidence import EvidenceFile


@dataclass(frozen=True, slots=True)
class RecordNeighbourInquiry:
    """Two or more asked neighbours (邻里访问, 57号 Art 16(2))."""

    case: str
    visitors: tuple[str, ...]
    visited_on: date
    way: str
    asked_count: int
    finding: str
    text: str


@dataclass(frozen=True, slots=True)
class SendEvidenceLetter:
    """Ask an organisation for evidence by letter (信函索证, 57号 Art 16(3))."""

    case: str
    organisation: str
    subjects: tuple[str, ...]
    reply_by: date


@dataclass(frozen=True, slots=True)
class RecordLetterAnswer:
    """What the organisation answers."""

    case: str
    letter: int
    finding: str
    text: str
    files: tuple[EvidenceFile, ...] = ()
