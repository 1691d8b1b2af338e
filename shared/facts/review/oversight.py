"""Facts of review: what stands beside the township's own steps, and the bureau's part."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, Rules, fact


@dataclass(frozen=True, slots=True)
class Appraisers:
    """The sealed part of an appraisal: who took part and signed (220号 Art 23(5))."""

    names: tuple[str, ...]


@fact("review.democratic_appraisal_held")
@dataclass(frozen=True, slots=True)
class DemocraticAppraisalHeld(Fact):
    """A democratic appraisal (民主评议, 220号 Art 21-24; 57号 Art 19).

    Everybody present voted or was recused: present = for + against + abstained + recused.
    `officers` are those of them who hold a post. `conclusion` is TRUE, UNTRUE or DISPUTED, of the
    survey's result. `answers_objections`: it stands for the new investigation of those raised.
    `due_on` is its limit, None where the law sets none.
    """

    case: str
    held_on: date
    recorded_by: tuple[str, ...]
    officers: tuple[str, ...]
    present_count: int
    representatives_count: int
    recused_count: int
    for_count: int
    against_count: int
    abstained_count: int
    steps: tuple[str, ...]
    conclusion: str
    answers_objections: bool
    due_on: date | None
    rules: Rules
    personal: Appraisers | None


@dataclass(frozen=True, slots=True)
class Complainant:
    """Who complains and what they say; sealed."""

    name: str | None
    phone: str | None
    text: str


@fact("review.complaint_received")
@dataclass(frozen=True, slots=True)
class ComplaintReceived(Fact):
    """A complaint or report (投诉、举报, 57号 Art 20, 36); `real_name`: somebody stands to it.

    `late`: the case had ended, so that it is only verified and answered.
    """

    case: str
    complaint: int
    received_by: tuple[str, ...]
    received_on: date
    real_name: bool
    late: bool
    personal: Complainant | None


@fact("review.complaint_answered")
@dataclass(frozen=True, slots=True)
class ComplaintAnswered(Fact):
    """Verified, `way` says how, and upheld or not; who gave their name was told (57号 Art 37)."""

    case: str
    complaint: int
    answered_by: tuple[str, ...]
    answered_on: date
    way: str
    upheld: bool
    told_reporter_on: date | None


@dataclass(frozen=True, slots=True)
class Observed:
    """What the bureau saw at the household; sealed."""

    text: str


@fact("review.bureau_visited")
@dataclass(frozen=True, slots=True)
class BureauVisited(Fact):
    """The bureau itself visited (57号 Art 20; 220号 Art 26).

    `due_for` says why it had to: RELATIVE, COMPLAINT, both, or neither where it went by itself.
    `conclusion` is SUPPORTS or CONTRADICTS, of what the township found.
    """

    case: str
    visitors: tuple[str, ...]
    recorded_by: tuple[str, ...]
    visited_on: date
    due_for: tuple[str, ...]
    conclusion: str
    personal: Observed | None


@fact("review.file_sent_up")
@dataclass(frozen=True, slots=True)
class FileSentUp(Fact):
    """The township hands the file to the bureau, which has until `opinion_by` (57号 Art 19, 20)."""

    case: str
    sent_by: tuple[str, ...]
    sent_on: date
    opinion_by: date | None
    rules: Rules


@fact("review.bureau_opinion_given")
@dataclass(frozen=True, slots=True)
class BureauOpinionGiven(Fact):
    """The bureau's opinion on a file (220号 Art 26); where it doesn't agree the file goes back."""

    case: str
    given_by: tuple[str, ...]
    given_on: date
    agrees: bool


@fact("review.limit_extended")
@dataclass(frozen=True, slots=True)
class LimitExtended(Fact):
    """The limit to decide, extended once for a listed reason (57号 Art 22; 83号 四(一))."""

    case: str
    reason: str
    extended_by: tuple[str, ...]
    extended_on: date
    decide_by: date | None
    rules: Rules
