"""Facts of review: neighbours asked, letters sent for evidence (57号 Art 16(2), (3))."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact
from shared.facts.evidence import EvidenceFile, Said


@fact("review.neighbours_consulted")
@dataclass(frozen=True, slots=True)
class NeighboursConsulted(Fact):
    """Two or more asked in the village (邻里访问); who said what is sealed."""

    case: str
    visitors: tuple[str, ...]
    recorded_by: tuple[str, ...]
    visited_on: date
    way: str
    asked_count: int
    finding: str
    personal: Said | None


@fact("review.evidence_requested")
@dataclass(frozen=True, slots=True)
class EvidenceRequested(Fact):
    """A letter to an organisation (信函索证) about `subjects`; an answer is hoped for by a day."""

    case: str
    letter: int
    sent_by: tuple[str, ...]
    sent_on: date
    organisation: str
    subjects: tuple[str, ...]
    reply_by: date


@fact("review.evidence_received")
@dataclass(frozen=True, slots=True)
class EvidenceReceived(Fact):
    """The answer to a letter, and the papers that came with it; its words are sealed."""

    case: str
    letter: int
    recorded_by: tuple[str, ...]
    received_on: date
    finding: str
    files: tuple[EvidenceFile, ...]
    personal: Said | None
