"""Which incomes count on which day, and what is taken off them."""

from datetime import date
from typing import Any

import pytest

from services.review.domain.assessing.refusals import ParameterRefused
from tests.review.assessing.asking import (
    BEFORE_THE_NOTICE,
    NOW,
    UNDER_THE_OLD_RULES,
    ask,
    person,
    wage,
)

LAST_EXEMPT, FIRST_COUNTED = date(2025, 12, 31), date(2026, 1, 1)
NOTICE = date(2022, 10, 20)
SEVERE = {"kind": "SIGHT", "level": 1}


def income(on: date, kind: str, member: dict[str, Any] | None = None, **more: Any) -> int:
    """The household's monthly income where one person has 100 yuan a month of a kind."""
    one = {**person(), **(member or {})}
    one["incomes"] = [{"kind": kind, "fen": 10_000, **more}]
    return ask(one, on=on, standard="440元").income_fen


def net(on: date, kind: str, fen: int) -> int:
    """What is left of a wage of 1,000 yuan after an expense."""
    one = person(incomes=wage(100_000), expenses=[{"kind": kind, "fen": fen}])
    return ask(one, on=on, standard="440元").income_fen


@pytest.mark.parametrize(
    "kind",
    [
        "BASIC_PENSION_CENTRAL",
        "SCHOLARSHIP",
        "PREFERENTIAL_COMPENSATION",
        "BIRTH_PLANNING_AWARD",
        "BRAVERY_AWARD",
        "SOCIAL_ASSISTANCE",
        "EXEMPT_LOCALLY",
        "DISABILITY_SUBSIDY",
    ],
)
def test_what_the_article_leaves_out_does_not_count(kind: str) -> None:
    """57号 Art 13, second paragraph."""
    assert 0 == income(NOW, kind)


@pytest.mark.parametrize(
    "kind",
    [
        "WAGE",
        "BUSINESS",
        "PROPERTY",
        "SUPPORT",
        "PENSION",
        "UNEMPLOYMENT_BENEFIT",
        "SURVIVOR_BENEFIT",
        "COMPENSATION",
        "GIFT",
        "BASIC_PENSION_LOCAL",
        "OLD_AGE_ALLOWANCE",
        "OTHER",
    ],
)
def test_everything_else_counts(kind: str) -> None:
    """57号 Art 13, first paragraph; the local part of a pension isn't named among the exempt."""
    assert 10_000 == income(NOW, kind)


def test_the_central_basic_pension_is_left_out_to_the_end_of_2025() -> None:
    """57号 Art 13(3): during the fourteenth five-year plan."""
    days = (date(2021, 6, 30), date(2021, 7, 1), LAST_EXEMPT, FIRST_COUNTED)

    assert [10_000, 0, 0, 10_000] == [income(day, "BASIC_PENSION_CENTRAL") for day in days]


def test_relief_counted_as_a_transfer_under_the_old_rules() -> None:
    """220号 Art 16(4) lists it, 57号 Art 13 leaves it out; 271号 Art 2 always left the pensions of
    the entitled out."""
    assert 10_000 == income(UNDER_THE_OLD_RULES, "SOCIAL_ASSISTANCE")
    assert 0 == income(UNDER_THE_OLD_RULES, "PREFERENTIAL_COMPENSATION")


def test_support_by_siblings_is_left_out_for_the_severely_disabled_without_work() -> None:
    """83号 1(1), from 2022-10-20, and for nobody else."""
    kind = "SUPPORT_SIBLING_OR_ELDER"

    assert [10_000, 0] == [
        income(day, kind, {"disability": SEVERE}) for day in (BEFORE_THE_NOTICE, NOTICE)
    ]
    assert 10_000 == income(NOTICE, kind, {"disability": SEVERE, "employed": True})
    assert 10_000 == income(NOTICE, kind)


def test_notional_income_looks_at_the_person_since_the_notice() -> None:
    """83号 1(1): who is really hard to employ isn't held to a coefficient."""
    hard = {"hard_to_employ": True}

    assert [10_000, 0] == [income(day, "NOTIONAL", hard) for day in (BEFORE_THE_NOTICE, NOTICE)]
    assert 10_000 == income(NOTICE, "NOTIONAL")


@pytest.mark.parametrize(
    ("per", "fen", "expected"),
    [("MONTH", 10_000, 10_000), ("YEAR", 120_000, 10_000), ("ONCE", 120_000, 10_000)],
)
def test_a_month_a_year_and_a_single_payment_come_to_the_same(
    per: str, fen: int, expected: int
) -> None:
    """A single payment is spread over the look-back period of twelve months."""
    assert expected == income(NOW, "GIFT", fen=fen, per=per)


def test_business_is_counted_after_all_its_costs_and_never_below_nothing() -> None:
    """57号 Art 13(2)."""
    assert 4_000 == income(NOW, "BUSINESS", costs_fen=6_000)
    assert 0 == income(NOW, "BUSINESS", costs_fen=60_000)


def test_a_loss_does_not_eat_another_income() -> None:
    """Assumed: each income ends at nothing."""
    loss = {"kind": "BUSINESS", "fen": 0, "costs_fen": 50_000}

    assert 10_000 == ask(person(incomes=[loss, *wage(10_000)])).income_fen


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2020, 8, 24), 100_000), (date(2020, 8, 25), 86_800), (NOW, 86_800)],
)
def test_work_costs_come_off_a_wage_up_to_a_share_of_the_standard(day: date, expected: int) -> None:
    """18号 item 11, 57号 Art 13(1): 30% of 440 yuan is 132, whatever is stated above it."""
    one = person(incomes=[{"kind": "WAGE", "fen": 100_000, "costs_fen": 20_000}])

    assert expected == ask(one, on=day, standard="440元").income_fen


def test_two_wages_of_one_person_share_one_limit_of_costs() -> None:
    """The limit is a person's."""
    job = {"kind": "WAGE", "fen": 50_000, "costs_fen": 10_000}

    assert 86_800 == ask(person(incomes=[job, job]), standard="440元").income_fen


def test_a_wage_below_its_costs_does_not_use_up_the_limit_of_another() -> None:
    """57号 Art 13(1) speaks of all a person's wages: one sum, whichever stands first."""
    unpaid = {"kind": "WAGE", "fen": 0, "costs_fen": 1}
    paid = {"kind": "WAGE", "fen": 13_650, "costs_fen": 13_650}
    found = [ask(person(incomes=jobs)) for jobs in ([unpaid, paid], [paid, unpaid])]

    assert [(45_500, 0)] * 2 == [(one.allowance_fen, one.income_fen) for one in found]


def test_a_loss_of_one_business_is_met_by_another_of_the_same_person() -> None:
    """57号 Art 13(2): net income is of all their business; another member's isn't touched."""
    loss = {"kind": "BUSINESS", "fen": 0, "costs_fen": 4_000}
    gain = {"kind": "BUSINESS", "fen": 10_000}
    spouse = person("乙", "SPOUSE", incomes=[loss])

    assert 6_000 == ask(person(incomes=[loss, gain])).income_fen
    assert 10_000 == ask(person(incomes=[gain]), spouse).income_fen


def test_parts_of_a_fen_are_kept_until_the_household_is_summed() -> None:
    """A fen spread over nine months is a fen and a third a year; nine of them are twelve fen."""
    gifts = [{"kind": "GIFT", "fen": 1, "per": "ONCE"}]
    children = [person(f"子{i}", "CHILD", 9, incomes=gifts) for i in range(8)]
    found = ask(person(incomes=gifts), *children, parameters={"income.look_back_months": "9"})

    assert (1, 9 * 45_500 - 1) == (found.income_fen, found.allowance_fen)


def test_a_payment_cannot_be_spread_over_no_months() -> None:
    """Refused by name; a household without single payments is none the worse."""
    none = {"income.look_back_months": "0"}

    assert 5 == ask(person(incomes=wage(5)), parameters=none).income_fen
    with pytest.raises(ParameterRefused, match="look_back_months"):
        ask(person(incomes=[{"kind": "GIFT", "fen": 5, "per": "ONCE"}]), parameters=none)


def test_rent_is_counted_net_since_the_new_rules() -> None:
    """57号 Art 13(3) 财产净收入; 220号 Art 16(3) says nothing of costs."""
    found = [income(day, "PROPERTY", costs_fen=1_000) for day in (UNDER_THE_OLD_RULES, NOW)]

    assert [10_000, 9_000] == found


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("TAX", 80_000, 80_000),
        ("SOCIAL_INSURANCE", 80_000, 80_000),
        ("SUPPORT_PAID", 100_000, 80_000),
        ("DISABILITY", 100_000, 80_000),
        ("ILLNESS", 100_000, 80_000),
    ],
)
def test_what_is_paid_out_comes_off_as_each_rule_says(kind: str, old: int, new: int) -> None:
    """220号 Art 16: tax and social insurance; 57号 Art 13: support, disability, illness too."""
    assert [old, new] == [net(day, kind, 20_000) for day in (UNDER_THE_OLD_RULES, NOW)]


def test_a_household_never_has_less_than_nothing() -> None:
    """More paid out than came in lifts nobody above the standard."""
    found = ask(person(expenses=[{"kind": "ILLNESS", "fen": 90_000}]))

    assert (0, 45_500) == (found.income_fen, found.allowance_fen)


def test_income_of_who_does_not_count_does_not_count() -> None:
    """Only members' income is the household's (57号 Art 12)."""
    away = person("乙", "SPOUSE", status="PRISON", incomes=wage(500_000))

    assert 0 == ask(person(), away).income_fen
