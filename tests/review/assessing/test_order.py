"""Neither the order of what is written nor its parting into lines changes an answer."""

from dataclasses import fields
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.review.domain.assessing.outcome import Outcome
from tests.review.assessing.asking import ask, person
from tests.review.assessing.drawn import assets, assumed, others

MONEY = {"fen", "costs_fen"}
WAYS = st.sampled_from([{"applies": "FAMILY"}, {"applies": "ALONE", "family_finding": "VERGE"}])


def halves(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each line as two that come to it."""
    low = [{**line, **{key: line[key] // 2 for key in MONEY & set(line)}} for line in lines]
    high = [
        {**whole, **{key: whole[key] - half[key] for key in MONEY & set(whole)}}
        for whole, half in zip(lines, low, strict=True)
    ]
    return [*low, *high]


def unordered(found: Outcome) -> dict[str, Any]:
    """The whole answer, its lists in an order of their own."""
    return {
        name: sorted(value, key=repr) if isinstance(value, tuple) else value
        for name, value in ((one.name, getattr(found, one.name)) for one in fields(found))
    }


@given(others(), assumed(), st.lists(assets(), max_size=4), WAYS, st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(
    members: list[dict[str, Any]],
    parameters: dict[str, str],
    owned: list[dict[str, Any]],
    way: dict[str, Any],
    chance: Any,
) -> None:
    """Nor that of their incomes, expenses and assets, whatever the local rules."""

    def mixed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return chance.sample(lines, len(lines))  # type: ignore[no-any-return]

    turned = [
        {**one, "incomes": mixed(one["incomes"]), "expenses": mixed(one["expenses"])}
        for one in members
    ]
    first = ask(*members, parameters=parameters, assets=owned, **way)
    second = ask(*mixed(turned), parameters=parameters, assets=mixed(owned), **way)

    assert unordered(first) == unordered(second)


@given(others(), assumed())
def test_an_income_written_in_two_lines_is_the_same_income(
    members: list[dict[str, Any]], parameters: dict[str, str]
) -> None:
    """Two halves of a wage, a payment or an expense come to the whole, to the fen."""
    parted = [
        {**one, "incomes": halves(one["incomes"]), "expenses": halves(one["expenses"])}
        for one in members
    ]
    first, second = (ask(*who, parameters=parameters) for who in (members, parted))

    assert unordered(first) == unordered(second)


def test_those_who_refused_work_are_named_in_one_order() -> None:
    """The law above seldom meets two of them in a household that is paid."""
    refused: dict[str, Any] = {"refusals_count": 3, "employed": False}
    first, second = person("甲", **refused), person("乙", "SPOUSE", **refused)
    found = [ask(*members) for members in ([first, second], [second, first])]

    assert {"REFUSED_WORK"} <= {step.code for step in found[0].steps}
    assert unordered(found[0]) == unordered(found[1])
