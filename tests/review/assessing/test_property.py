"""Property beside the limits; being on the verge."""

from typing import Any

import pytest

from tests.review.assessing.asking import NOW, UNDER_THE_OLD_RULES, ask, codes, person, wage

LIMIT = 24 * 44_000
CAR: dict[str, Any] = {"kind": "VEHICLE"}


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        ({"kind": "DEPOSIT", "value_fen": LIMIT}, []),
        ({"kind": "DEPOSIT", "value_fen": LIMIT + 1}, ["LIQUID_ASSETS_ABOVE_LIMIT"]),
        ({"kind": "INSURANCE", "value_fen": LIMIT + 1}, ["LIQUID_ASSETS_ABOVE_LIMIT"]),
        ({"kind": "HOME", "value_fen": 9 * LIMIT}, []),
        (CAR, ["VEHICLE_OWNED"]),
        ({**CAR, "disability_aid": True}, []),
        ({**CAR, "necessary": True}, []),
        ({"kind": "COMPANY", "value_fen": 1}, []),
    ],
)
def test_each_kind_of_property_has_its_limit(asset: dict[str, Any], expected: list[str]) -> None:
    """57号 Art 14; the figures are another place's, and policy says so."""
    found = ask(person(), assets=[asset], standard="440元")

    assert expected == [
        code for code in codes(found) if "BELOW" not in code and "WITHIN" not in code
    ]
    assert (not expected) == found.eligible


def test_a_second_home_is_one_too_many() -> None:
    """At most one."""
    assert ["HOMES_ABOVE_LIMIT"] == codes(ask(person(), assets=[{"kind": "HOME"}] * 2))


def test_the_limit_grows_with_the_heads_and_sums_all_accounts() -> None:
    """So many standards for each."""
    halves = [{"kind": "DEPOSIT", "value_fen": LIMIT}, {"kind": "FUND", "value_fen": LIMIT + 1}]
    two = (person(), person("乙", "SPOUSE"))

    assert ask(*two, assets=halves[:1] * 2, standard="440元").eligible
    assert not ask(*two, assets=halves, standard="440元").eligible


def test_the_arithmetic_of_what_is_owned_is_shown() -> None:
    """The sum and its limit, also where it is kept."""
    found = ask(person(), assets=[{"kind": "DEPOSIT", "value_fen": 70_000}], standard="440元")
    step = next(one for one in found.steps if one.code == "LIQUID_ASSETS")

    assert 70_000 == step.fen
    assert "上限10,560.00元" in step.sentence


def test_what_belongs_to_who_does_not_count_is_left_out() -> None:
    """57号 Art 12: the members' property."""
    away = person("乙", "SPOUSE", status="DECLARED_MISSING")

    assert ask(person(), away, assets=[{**CAR, "owner": "乙"}]).eligible
    assert not ask(person(), away, assets=[{**CAR, "owner": "甲"}]).eligible


def test_necessary_things_were_not_exempt_under_the_old_rules() -> None:
    """57号 Art 14 lets them out; 220号 Art 17 only a disability vehicle."""
    for asset, old in (
        ({**CAR, "necessary": True}, False),
        ({**CAR, "disability_aid": True}, True),
    ):
        found = [
            ask(person(), assets=[asset], on=day, standard="440元").eligible
            for day in (UNDER_THE_OLD_RULES, NOW)
        ]
        assert [old, True] == found


def test_poor_in_income_is_not_enough() -> None:
    """649号 Art 9: both tests."""
    found = ask(person(), property_finding="ABOVE")

    assert (False, ["PROPERTY_ABOVE_LIMIT"]) == (found.eligible, codes(found))
    assert ask(person(), property_finding="WITHIN").eligible


@pytest.mark.parametrize(
    ("income", "expected"), [(43_999, False), (44_000, True), (65_999, True), (66_000, False)]
)
def test_the_verge_ends_at_one_and_a_half_times_the_standard(income: int, expected: bool) -> None:
    """57号 Art 8: lower than 660 where the standard is 440; who qualifies isn't on the verge."""
    assert expected == ask(person(incomes=wage(income)), standard="440元").verge


def test_property_above_its_limit_keeps_from_the_verge() -> None:
    """57号 Art 8: both tests there, too; and there was no verge under the old rules."""
    one = person(incomes=wage(50_000))

    assert not ask(one, standard="440元", property_finding="ABOVE").verge
    assert not ask(one, standard="440元", on=UNDER_THE_OLD_RULES).verge
