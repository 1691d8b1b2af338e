"""Facts of review: what the registers hold (信息核对, 57号 Art 17, 18; 220号 Art 19, 20)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.facts.base import Fact, fact, upcast
from shared.facts.evidence import EvidenceFile, Said


@fact("review.verification_requested", v=2)
@dataclass(frozen=True, slots=True)
class VerificationRequested(Fact):
    """The township asks the bureau to verify (57号 Art 17); `start_by` is the bureau's limit.

    `registers` are those to be asked; none where the request was made before they were named.
    """

    case: str
    requested_by: tuple[str, ...]
    requested_on: date
    start_by: date | None
    registers: tuple[str, ...]


@upcast("review.verification_requested", 1)
def _without_registers(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"registers": []}


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What one register says against the declaration; `found_fen` where it is money."""

    register: str
    result: str
    found_fen: int | None = None


@fact("review.verification_reported", v=2)
@dataclass(frozen=True, slots=True)
class VerificationReported(Fact):
    """What the registers say, each for itself; sums per month, in fen.

    `mismatches` follow from the sums and `items`: codes of what differs from the declaration.
    """

    case: str
    reported_by: tuple[str, ...]
    reported_on: date
    monthly_income_fen: int
    property_fen: int
    mismatches: tuple[str, ...]
    items: tuple[RegisterAnswer, ...]


@upcast("review.verification_reported", 1)
def _without_items(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"items": []}


@fact("review.verification_absent")
@dataclass(frozen=True, slots=True)
class VerificationAbsent(Fact):
    """The bureau could not verify, and says why; the case goes on without a report."""

    case: str
    recorded_by: tuple[str, ...]
    recorded_on: date
    reason: str


@fact("review.mismatch_told")
@dataclass(frozen=True, slots=True)
class MismatchTold(Fact):
    """The applicant was told what differs (57号 Art 18), to whom and in which way."""

    case: str
    told_by: tuple[str, ...]
    told_on: date
    told_to: str
    way: str


@fact("review.verification_disputed")
@dataclass(frozen=True, slots=True)
class VerificationDisputed(Fact):
    """The applicant disputes the report with evidence: a re-check follows (57号 Art 18).

    An opinion or notice that stood on the report counts no longer.
    """

    case: str
    recorded_by: tuple[str, ...]
    disputed_on: date
    evidence: tuple[EvidenceFile, ...]
    personal: Said | None
