"""Another policy over a household on record: in, out, more, less; judged, never recorded."""

from dataclasses import replace
from datetime import date

import pytest

from services.review.domain.simulating import Effect, as_assessed, effect_of
from services.review.refusals import HouseholdErased
from shared.facts.review import CaseOpened
from shared.policy.layering import lay_over
from shared.policy.loader import load_policy
from shared.policy.model import Policy
from tests.review import samples as s

APRIL = date(2024, 4, 1)
STANDING = load_policy()
NEW = """pack: new
title: 拟定标准
parameters:
  standard.rural_month_fen:
    title: 农村低保标准（每人每月）
    unit: fen_per_month
    values:
      - {{from: 2024-04-01, value: {yuan}元, citation: 拟定, certainty: P}}
"""


def standard_of(yuan: str) -> Policy:
    """The standing policy under another rural standard."""
    return lay_over(STANDING, NEW.format(yuan=yuan).encode(), "new.yaml")


@pytest.mark.parametrize(
    ("steps", "yuan", "before_fen", "after_fen"),
    [
        (s.UP, "455", s.ALLOWANCE_FEN, s.ALLOWANCE_FEN),
        (s.UP, "500", s.ALLOWANCE_FEN, 150_000 - s.INCOME_FEN),
        (s.UP, "300", s.ALLOWANCE_FEN, 90_000 - s.INCOME_FEN),
        (s.UP, "200", s.ALLOWANCE_FEN, None),
        ((*s.WITH_MEANS, s.OBJECTED, s.REVISITED), "500", s.ALLOWANCE_FEN, 150_000 - s.INCOME_FEN),
        (s.WITH_MEANS, "500", s.ALLOWANCE_FEN, 150_000 - s.INCOME_FEN),
        (s.TOO_RICH, "500", None, 150_000 - 136_500),
        (s.TOO_RICH, "200", None, None),
        ((*s.READY, s.CONFIRMED), "500", s.ALLOWANCE_FEN, 150_000 - s.INCOME_FEN),
    ],
)
def test_a_household_is_judged_by_either_policy(
    steps: tuple[s.Step, ...], yuan: str, before_fen: int | None, after_fen: int | None
) -> None:
    """As its opinion found it, under review or in payment: 3 heads less what came in."""
    state = as_assessed(s.road(*steps).facts)
    assert state is not None
    assert Effect(before_fen, after_fen) == effect_of(state, STANDING, standard_of(yuan), APRIL)


def test_who_has_no_opinion_that_counts_is_not_judged() -> None:
    """Not surveyed to the end yet, or anew."""
    for steps in (s.SURVEYED, (*s.UP, s.OBJECTED, s.REVISITED, s.ANSWERED)):
        assert as_assessed(s.road(*steps).facts) is None


def test_a_household_erased_cannot_be_judged() -> None:
    """Ages are sealed with the household's key."""
    facts = [
        replace(fact, personal=None) if isinstance(fact, CaseOpened) else fact
        for fact in s.road(*s.UP).facts
    ]
    state = as_assessed(facts)
    assert state is not None
    with pytest.raises(HouseholdErased):
        effect_of(state, STANDING, STANDING, APRIL)
