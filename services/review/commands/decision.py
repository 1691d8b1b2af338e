"""What may be asked of the decision and what follows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConfirmEligibility:
    """The first responsible person confirms (PLAN 行政正职; 57号 Art 21)."""

    case: str


@dataclass(frozen=True, slots=True)
class DeclineEligibility:
    """The first responsible person doesn't confirm, with reasons (57号 Art 21)."""

    case: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServeWrittenNotice:
    """The household has been given the reasons in writing (57号 Art 21)."""

    case: str
    way: str


@dataclass(frozen=True, slots=True)
class TerminateAllowance:
    """Stop a confirmed allowance for a legal reason (57号 Art 31, 32; PLAN 动态管理)."""

    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class TerminateByBureau:
    """The same by the bureau, where the power isn't devolved on that day (57号 Art 31, 32)."""

    case: str
    reason: str
