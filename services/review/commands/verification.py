"""What may be asked of the verification against the registers."""

from dataclasses import dataclass
from datetime import date

from shared.facts.evidence import EvidenceFile
from shared.facts.review import RegisterAnswer


@dataclass(frozen=True, slots=True)
class RequestVerification:
    """Ask the bureau to verify (57号 Art 17); all registers of the policy where none is named."""

    case: str
    registers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReportVerification:
    """The bureau says what each register holds; sums per month, in fen (57号 Art 17)."""

    case: str
    monthly_income_fen: int
    property_fen: int
    items: tuple[RegisterAnswer, ...]


@dataclass(frozen=True, slots=True)
class RecordVerificationAbsence:
    """The bureau couldn't verify, and why."""

    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class TellMismatch:
    """Tell the applicant what the registers hold against the declaration (57号 Art 18)."""

    case: str
    told_to: str
    way: str
    told_on: date


@dataclass(frozen=True, slots=True)
class DisputeVerification:
    """The applicant disputes it with evidence (57号 Art 18; 220号 Art 20)."""

    case: str
    evidence: tuple[EvidenceFile, ...]
    text: str
