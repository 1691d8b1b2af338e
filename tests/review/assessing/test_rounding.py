"""Rounding the allowance: once a household, in the way that policy names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.assessing.gap import rounded

FEN = st.integers(0, 10**9)
WAYS = ("none", "half_up_to_yuan", "up_to_yuan", "down_to_yuan")


@given(FEN, st.sampled_from(WAYS))
def test_rounding_moves_by_less_than_a_yuan_and_only_once(fen: int, way: str) -> None:
    """Whole yuan (or untouched), near what was there, and stable."""
    once = rounded(fen, way)

    assert abs(once - fen) < 100
    assert once == rounded(once, way)
    assert way == "none" or once % 100 == 0


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("none", [149, 150, 200]),
        ("half_up_to_yuan", [100, 200, 200]),
        ("up_to_yuan", [200, 200, 200]),
        ("down_to_yuan", [100, 100, 200]),
    ],
)
def test_each_way_of_rounding_does_what_its_name_says(way: str, expected: list[int]) -> None:
    """One fen below the half, the half, and a whole yuan."""
    assert expected == [rounded(fen, way) for fen in (149, 150, 200)]


def test_an_unknown_way_of_rounding_is_trouble() -> None:
    """Policy that the program doesn't know must not pass silently."""
    with pytest.raises(ValueError, match="to_the_moon"):
        rounded(1, "to_the_moon")
