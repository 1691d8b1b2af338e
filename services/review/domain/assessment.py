"""The arithmetic of the law: who qualifies, and for how much a month. Whole fen, no fractions."""

from dataclasses import dataclass

INCOME_NOT_BELOW_STANDARD = "INCOME_NOT_BELOW_STANDARD"
YUAN = 100


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

    Income per head must lie below the standard; equal is not below (649号 Art 9). Compared as
    sums, so that nothing is divided. The allowance is the difference (649号 Art 12; 57号 Art 23).
    """
    gap_fen = standard_fen * members_count - income_fen
    if gap_fen <= 0:
        return Assessment(False, 0, (INCOME_NOT_BELOW_STANDARD,))
    return Assessment(True, max(rounded(gap_fen, rounding), minimum_fen), ())


def rounded(fen: int, way: str) -> int:
    """`fen`, none or more, in the way that policy `allowance.rounding` names; once a household."""
    match way:
        case "none":
            return fen
        case "half_up_to_yuan":
            return (fen + YUAN // 2) // YUAN * YUAN
        case "up_to_yuan":
            return -(-fen // YUAN) * YUAN
        case "down_to_yuan":
            return fen // YUAN * YUAN
        case _:
            raise ValueError(way)
