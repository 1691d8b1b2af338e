"""The assessment's own pack: every rule of it is asked for, and every kind has its rule."""

import re
from datetime import date
from pathlib import Path

import pytest

from services.review.domain import assessing
from services.review.domain.assessing.reading import COSTED
from shared.facts.words import ExpenseKind, IncomeKind, Tier
from shared.policy.pack import Certainty
from tests.review.assessing.asking import NOW, POLICY

PACK = next(pack for pack in POLICY.packs if pack.name == "assessment")
SOURCE = "\n".join(
    path.read_text("utf-8") for path in sorted(Path(assessing.__path__[0]).glob("*.py"))
)
MADE = {
    *(f"income.counts_{kind.lower()}" for kind in IncomeKind),
    *(f"income.costs_{kind.lower()}" for kind in COSTED),
    *(f"income.deducts_{kind.lower()}_per_mille" for kind in ExpenseKind),
    *(f"amount.tier_{tier.lower()}_fen" for tier in Tier),
}
"""Names that the code puts together."""


def test_every_rule_of_the_pack_is_asked_for_somewhere() -> None:
    """A rule that nobody asks for is law on paper only."""
    written = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', SOURCE))

    assert set() == set(PACK.parameters) - written - MADE


def test_every_kind_has_a_rule_of_its_own() -> None:
    """On any day since the older rules."""
    assert set() == MADE - set(PACK.parameters)
    days = (date(2021, 2, 1), date(2021, 7, 1), NOW, date(2026, 1, 1))
    unknown = [
        (name, day)
        for day in days
        for name in MADE
        if not POLICY.at(day).knows(name) and "tier" not in name
    ]
    assert [] == unknown


@pytest.mark.parametrize("name", sorted(PACK.parameters))
def test_a_value_that_the_text_does_not_state_says_why(name: str) -> None:
    """Assumed, inferred or another place's: a note, or a citation that names the place."""
    for dated in PACK.parameters[name].values:
        stated = dated.certainty is Certainty.TEXT
        assert stated or dated.note or re.search("参照|假定|第.+项", dated.citation)


def test_names_stay_under_the_four_heads() -> None:
    """household, income, property, amount."""
    heads = {name.partition(".")[0] for name in PACK.parameters}

    assert {"household", "income", "property", "amount"} == heads
