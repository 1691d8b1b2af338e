"""What may be asked of the opinion, its notice and objections."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GivePreliminaryOpinion:
    """The income that the findings support, per month, in fen (57号 Art 19)."""

    case: str
    monthly_income_fen: int


@dataclass(frozen=True, slots=True)
class PostPublicNotice:
    """Put the opinion up in the village (57号 Art 19)."""

    case: str
    place: str


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    """Somebody objects to what the notice shows; a name need not be given."""

    case: str
    text: str
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """What the new investigation found on an objection (57号 Art 19)."""

    case: str
    objection: int
    upheld: bool


@dataclass(frozen=True, slots=True)
class ClosePublicNotice:
    """The notice has run its days."""

    case: str
