"""The answer: who counts, why, the arithmetic step by step, and by which rules."""

from dataclasses import dataclass
from datetime import date

from shared.policy.model import Parameter


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so: code for programs, article, Chinese sentence; of a member, if of one."""

    code: str
    article: str
    sentence: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a member counts (57号 Art 7), and why."""

    member: str
    counted: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic: what it gives, in fen: a month's, or what is owned."""

    code: str
    article: str
    sentence: str
    fen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole answer for one household on one day; money in fen a month.

    `may_apply_alone` and `verge` are told for families; `rules` are the parameters that were used.
    """

    on: date
    eligible: bool
    verge: bool
    allowance_fen: int
    uplift_fen: int
    standard_fen: int
    income_fen: int
    members: tuple[Standing, ...]
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...]
    may_apply_alone: tuple[Reason, ...]
    would_change: tuple[Reason, ...]
    rules: tuple[Parameter, ...]
    policy_digest: str
