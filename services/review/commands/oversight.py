"""What may be asked beside the township's own steps, and of the bureau."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RecordAppraisal:
    """A democratic appraisal was held (民主评议, 220号 Art 21-23; 57号 Art 19).

    `officers`: those present who hold a post; `names`: everybody present, who signed.
    """

    case: str
    held_on: date
    officers: tuple[str, ...]
    names: tuple[str, ...]
    representatives_count: int
    recused_count: int
    for_count: int
    against_count: int
    abstained_count: int
    steps: tuple[str, ...]
    conclusion: str


@dataclass(frozen=True, slots=True)
class ReceiveComplaint:
    """Somebody complains of a case or reports it to the township (57号 Art 36, 37)."""

    case: str
    real_name: bool
    text: str
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiveComplaintByBureau(ReceiveComplaint):
    """The same, to the bureau."""


@dataclass(frozen=True, slots=True)
class AnswerComplaint:
    """The township has verified a complaint, and told whoever gave a name (57号 Art 37)."""

    case: str
    complaint: int
    way: str
    upheld: bool
    told_reporter_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerComplaintByBureau(AnswerComplaint):
    """The same, by the bureau."""


@dataclass(frozen=True, slots=True)
class RecordBureauVisit:
    """Two or more of the bureau went to the household (57号 Art 20; 220号 Art 26)."""

    case: str
    visitors: tuple[str, ...]
    visited_on: date
    conclusion: str
    text: str


@dataclass(frozen=True, slots=True)
class SendFileUp:
    """Where nothing was devolved the file goes to the bureau after the notice (57号 Art 19)."""

    case: str


@dataclass(frozen=True, slots=True)
class GiveBureauOpinion:
    """The bureau agrees with the file, or sends it back (220号 Art 26; 57号 Art 20)."""

    case: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class ConfirmByBureau:
    """The bureau confirms where nothing was devolved (57号 Art 2, 21)."""

    case: str


@dataclass(frozen=True, slots=True)
class DeclineByBureau:
    """The bureau doesn't confirm where nothing was devolved (57号 Art 2, 21)."""

    case: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtendLimit:
    """The limit to decide, once, for one of the reasons of the law (57号 Art 22; 83号 四(一))."""

    case: str
    reason: str
