"""The arithmetic: below the standard or not, and by how much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.assessment import Assessment, assess, rounded

FEN = st.integers(0, 10**9)
MEMBERS = st.integers(1, 30)
STANDARD = st.integers(1, 10**6)
WAYS = ("none", "half_up_to_yuan", "up_to_yuan", "down_to_yuan")


def judged(income_fen: int, members_count: int, standard_fen: int) -> Assessment:
    """By the national parameters: not rounded, no minimum."""
    return assess(
        income_fen=income_fen,
        members_count=members_count,
        standard_fen=standard_fen,
        rounding="none",
        minimum_fen=0,
    )


@pytest.mark.parametrize(
    ("name", "standard_fen", "members_count", "income_fen", "expected"),
    [
        ("G01", 44_000, 3, 132_000, Assessment(False, 0, ("INCOME_NOT_BELOW_STANDARD",))),
        ("G02", 42_000, 3, 125_997, Assessment(True, 3, ())),
        ("G03", 44_000, 3, 60_000, Assessment(True, 72_000, ())),
        ("G05", 59_000, 1, 0, Assessment(True, 59_000, ())),
    ],
)
def test_the_regulation_cases_come_out_as_the_texts_say(
    name: str, standard_fen: int, members_count: int, income_fen: int, expected: Assessment
) -> None:
    """649号 Art 9 and 12: lower than the standard, equal fails; the difference is paid."""
    assert expected == judged(income_fen, members_count, standard_fen), name


@given(FEN, MEMBERS, STANDARD)
def test_income_and_allowance_make_up_the_standard(income: int, members: int, each: int) -> None:
    """Whoever qualifies ends exactly at the standard; whoever doesn't is at it already."""
    found = judged(income, members, each)

    assert found.eligible == (income < each * members)
    assert max(income, each * members) == income + found.allowance_fen
    assert found.eligible == (found.reasons == ())


@given(FEN, MEMBERS, STANDARD)
def test_a_fen_more_income_is_a_fen_less_allowance(income: int, members: int, each: int) -> None:
    """No step anywhere, down to nothing."""
    more, less = judged(income, members, each), judged(income + 1, members, each)

    assert max(more.allowance_fen - 1, 0) == less.allowance_fen


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


@given(FEN, MEMBERS, STANDARD, st.integers(0, 10**6))
def test_a_minimum_lifts_only_those_who_qualify(
    income: int, members: int, each: int, minimum: int
) -> None:
    """Nobody gets less than the minimum, and nobody who doesn't qualify gets it."""
    found = assess(
        income_fen=income,
        members_count=members,
        standard_fen=each,
        rounding="none",
        minimum_fen=minimum,
    )

    expected = max(each * members - income, minimum) if found.eligible else 0
    assert expected == found.allowance_fen
