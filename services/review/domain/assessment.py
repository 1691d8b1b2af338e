"""Who qualifies, and for how much a month, from what a case's findings hold: income and heads."""

from dataclasses import dataclass

from services.review.domain.assessing.gap import (
    MONTHS,
    NOT_BELOW,
    difference_fen,
    is_below,
    rounded,
)

INCOME_NOT_BELOW_STANDARD = NOT_BELOW
__all__ = ["INCOME_NOT_BELOW_STANDARD", "Assessment", "assess", "rounded"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a household qualifies, and its monthly allowance in fen (0 where it doesn't)."""

    eligible: bool
    allowance_fen: int
    reasons: tuple[str, ...]


def assess(
    *, income_fen: int, members_count: int, standard_fen: int, rounding: str, minimum_fen: int
) -> Assessment:
    """Judge a household's monthly income against the standard per person and month.

    Income per head must lie below the standard; equal is not below (649号 Art 9). The allowance is
    the difference (649号 Art 12; 57号 Art 23).
    """
    income, ceiling = income_fen * MONTHS, standard_fen * members_count * MONTHS
    if not is_below(income, ceiling, equal_passes=False):
        return Assessment(False, 0, (INCOME_NOT_BELOW_STANDARD,))
    whole = rounded(difference_fen(income, ceiling), rounding)
    return Assessment(True, max(whole, minimum_fen), ())
