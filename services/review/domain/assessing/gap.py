"""Between income and standard: below it or not, and by how much. Whole fen, nothing divided early.

One arithmetic for the opinion of a case and for the assessment of a household.
"""

MONTHS, YUAN = 12, 100
NOT_BELOW = "INCOME_NOT_BELOW_STANDARD"


def is_below(income_year_fen: int, ceiling_year_fen: int, *, equal_passes: bool) -> bool:
    """Income lower than the standard for all heads; equal is not lower (649号 Art 9).

    Compared as sums of a year, so that no remainder of a head or a month is lost.
    """
    return income_year_fen < ceiling_year_fen or (
        equal_passes and income_year_fen == ceiling_year_fen
    )


def difference_fen(income_year_fen: int, ceiling_year_fen: int) -> int:
    """What is lacking a month (649号 Art 12; 57号 Art 23).

    A part of a fen can't be paid; downwards, so that nobody ends above the standard.
    """
    return (ceiling_year_fen - income_year_fen) // MONTHS


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
