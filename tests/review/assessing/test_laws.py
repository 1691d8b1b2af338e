"""What holds for every household."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.assessing.asking import NOW, ask, codes, counted, person, wage
from tests.review.assessing.drawn import KINDS, families

STANDARD_FEN = 45_500


@given(families())
def test_allowance_and_income_never_exceed_the_standard(members: list[dict[str, Any]]) -> None:
    """Before any uplift; and less than a fen of the gap is left, a month and household."""
    found = ask(*members)
    ceiling = STANDARD_FEN * len(counted(found))

    assert found.allowance_fen + found.income_fen <= ceiling or not found.eligible
    if found.eligible:
        assert ceiling - found.income_fen - found.allowance_fen <= 1
    assert (found.allowance_fen > 0) <= found.eligible
    assert found.eligible == (found.income_fen < ceiling)


@given(st.integers(1, 12), st.integers(1, 10**6))
def test_income_exactly_at_the_standard_never_qualifies(count: int, each: int) -> None:
    """649号 Art 9, whatever the standard and however many; a fen less in a year qualifies."""
    children = [person(f"子{i}", "CHILD", 9) for i in range(count - 1)]
    standard = f"{each // 100}.{each % 100:02d}元"
    year = each * count * 12

    at = ask(person(incomes=wage(year, "YEAR")), *children, standard=standard)
    below = ask(person(incomes=wage(year - 1, "YEAR")), *children, standard=standard)

    assert (False, ["INCOME_NOT_BELOW_STANDARD"]) == (at.eligible, codes(at))
    assert below.eligible


@given(st.integers(0, 200_000))
def test_the_income_that_turns_the_answer_turns_it(fen: int) -> None:
    """What `would_change` says of the income is exact to the fen."""
    found = ask(person(incomes=wage(fen)))
    change = STANDARD_FEN - fen if found.eligible else STANDARD_FEN - 1 - fen
    turned = ask(person(incomes=wage(fen + change)))
    code = "INCOME_HIGHER" if found.eligible else "INCOME_LOWER"
    said = next(one for one in found.would_change if one.code == code)

    assert found.eligible != turned.eligible
    assert f"{abs(change) // 100:,}.{abs(change) % 100:02d}元" in said.sentence


def test_more_income_is_no_news_to_who_is_refused_for_property() -> None:
    """What would change the answer, and nothing else."""
    found = ask(person(), property_finding="ABOVE")

    assert ["WITHOUT_PROPERTY_ABOVE_LIMIT"] == [
        one.code for one in found.would_change if one.code != "RULE_CHANGES"
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_turn_of_2025_changes_the_central_basic_pension_and_nothing_else(kind: str) -> None:
    """57号 Art 13(3): the article ends for one kind of income."""
    one = person(incomes=[{"kind": kind, "fen": 10_000}])
    before, after = ask(one, on=date(2025, 12, 31)), ask(one, on=date(2026, 1, 1))
    changed = kind == "BASIC_PENSION_CENTRAL"

    assert changed == (before.income_fen != after.income_fen)
    assert changed == (before.allowance_fen != after.allowance_fen)
    assert (before.standard_fen, before.members) == (after.standard_fen, after.members)


@given(families())
def test_the_notice_of_2022_changes_only_what_it_says(members: list[dict[str, Any]]) -> None:
    """83号 1(1): support by siblings, hard to employ, alone without work. None of them is here."""
    before = ask(*members, on=date(2022, 10, 19))
    after = ask(*members, on=date(2022, 10, 20))

    assert (before.income_fen, before.allowance_fen) == (after.income_fen, after.allowance_fen)
    assert before.members == after.members


@given(families())
def test_every_step_and_reason_names_its_article(members: list[dict[str, Any]]) -> None:
    """And every rule that was used has a version and a citation."""
    found = ask(*members, on=NOW)

    assert all(one.article and one.sentence for one in found.reasons)
    assert all(one.article and one.sentence for one in found.steps)
    assert all(one.reason.article for one in found.members)
    assert all(rule.version and rule.citation for rule in found.rules)


@given(families())
def test_the_coming_change_of_a_rule_is_told_where_it_was_used(
    members: list[dict[str, Any]],
) -> None:
    """In 2025 the end of the pension's exemption stands in the answer, if it played a part."""
    found = ask(*members, on=date(2025, 6, 1))
    used = any("basic_pension_central" in rule.name for rule in found.rules)
    told = [one for one in found.would_change if "基础养老金" in one.sentence]

    assert used == any(one.sentence.startswith("2026-01-01起") for one in told)
