"""The amount: difference, tiers, least, uplift, rounding, who refused work."""

from datetime import date
from typing import Any

import pytest

from services.review.domain.assessing.refusals import ParameterRefused, TierUnstated
from shared.policy.model import PolicyUnknown
from tests.review.assessing.asking import ask, codes, person, wage

TABLE = {
    "amount.uplift_serious_illness_per_mille": "300",
    "amount.uplift_severe_disability_per_mille": "200",
    "amount.uplift_old_per_mille": "100",
    "amount.uplift_minor_per_mille": "100",
}
OLD_AND_DISABLED = person(age=72, disability={"kind": "PHYSICAL", "level": 1})


def family(count: int, income_fen: int = 0, **more: Any) -> list[dict[str, Any]]:
    """An applicant who earns it all, a spouse, and children."""
    rest = [person(f"子{i}", "CHILD", 10) for i in range(count - 2)]
    spouse = [person("乙", "SPOUSE")] if count > 1 else []
    return [person(incomes=wage(income_fen), **more), *spouse, *rest]


@pytest.mark.parametrize(
    ("standard", "count", "income", "eligible", "fen"),
    [
        ("440元", 3, 132_000, False, 0),  # 440 a head: equal is not lower
        ("420元", 3, 125_997, True, 3),  # 419.99 a head
        ("440元", 3, 60_000, True, 72_000),
        ("590元", 1, 0, True, 59_000),
    ],
)
def test_the_difference_to_the_standard_is_paid(
    standard: str, count: int, income: int, eligible: bool, fen: int
) -> None:
    """649号 Art 9 and 12."""
    found = ask(*family(count, income), standard=standard)

    assert (eligible, fen) == (found.eligible, found.allowance_fen)
    assert eligible or codes(found) == ["INCOME_NOT_BELOW_STANDARD"]


def test_a_remainder_of_a_year_is_not_lost_before_the_comparison() -> None:
    """A fen a year under the standard is under it, and nothing can be paid for it."""
    below = ask(person(incomes=wage(44_000 * 12 - 1, "YEAR")), standard="440元")

    assert (True, 0) == (below.eligible, below.allowance_fen)
    assert not ask(person(incomes=wage(44_000 * 12, "YEAR")), standard="440元").eligible


def test_tiers_pay_the_tier_of_each_head() -> None:
    """57号 Art 23: where policy says so; a tier must then be named."""
    tiers = {"amount.method": "tiers"}

    assert 71_000 == ask(*family(2), tier="C", parameters=tiers).allowance_fen
    assert 49_500 == ask(*family(1), tier="A", parameters=tiers).allowance_fen
    with pytest.raises(TierUnstated):
        ask(*family(2), parameters=tiers)


def test_a_least_amount_for_each_head_lifts_the_difference() -> None:
    """A fifth of 985 is 197, more than the 85 that lack."""
    least = {"amount.minimum_per_head_per_mille": "200"}
    found = ask(person(incomes=wage(90_000)), standard="985元", parameters=least)

    assert 19_700 == found.allowance_fen
    assert "LEAST_EACH" in [step.code for step in found.steps]


@pytest.mark.parametrize(("several", "expected"), [("highest", 12_800), ("sum", 19_200)])
def test_of_several_uplifts_the_highest_counts(several: str, expected: int) -> None:
    """Old and severely disabled: 20% of 640, not 30%; adding up is another place's choice."""
    rules = {**TABLE, "amount.uplift_several": several}
    found = ask(OLD_AND_DISABLED, standard="640元", parameters=rules)

    assert (expected, 64_000 + expected) == (found.uplift_fen, found.allowance_fen)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({"age": 69}, 0),
        ({"age": 70}, 6_400),
        ({"serious_illness": True}, 19_200),
        ({"disability": {"kind": "SIGHT", "level": 3}}, 0),
    ],
)
def test_each_category_has_its_share(member: dict[str, Any], expected: int) -> None:
    """649号 Art 12(2), 57号 Art 27."""
    found = ask({**person(), **member}, standard="640元", parameters=TABLE)

    assert expected == found.uplift_fen


def test_without_a_local_table_nobody_is_lifted() -> None:
    """No national figure, and Huaiyang's wasn't found."""
    assert 0 == ask(OLD_AND_DISABLED).uplift_fen


@pytest.mark.parametrize(
    ("way", "expected"),
    [("none", 8_050), ("half_up_to_yuan", 8_100), ("up_to_yuan", 8_100), ("down_to_yuan", 8_000)],
)
def test_rounding_is_policys(way: str, expected: int) -> None:
    """Once a household."""
    rules = {"allowance.rounding": way}
    found = ask(person(incomes=wage(35_950)), standard="440元", parameters=rules)

    assert expected == found.allowance_fen


@pytest.mark.parametrize(("refusals", "expected"), [(2, 120_000), (3, 90_000), (4, 90_000)])
def test_who_refuses_work_three_times_loses_their_own_part(refusals: int, expected: int) -> None:
    """649号 Art 45, 57号 Art 34: only theirs; parts are taken as equal."""
    found = ask(*family(4, refusals_count=refusals), standard="300元")

    assert expected == found.allowance_fen


def test_nobody_loses_anothers_uplift() -> None:
    """57号 Art 34: one's own part only. Of 600 yuan half stays, and the child's 30 with it."""
    child = person("子", "CHILD", 10)
    found = ask(person(refusals_count=3), child, standard="300元", parameters=TABLE)

    assert (33_000, 3_000) == (found.allowance_fen, found.uplift_fen)


@pytest.mark.parametrize(("refusals", "expected"), [(2, 70_100), (3, 46_700)])
def test_what_is_left_of_a_refusal_is_rounded_as_any_amount(refusals: int, expected: int) -> None:
    """To the yuan where policy says so: the household's line is what is rounded."""
    rules = {"allowance.rounding": "half_up_to_yuan"}
    who = family(3, 19_920, refusals_count=refusals)

    assert expected == ask(*who, standard="300元", parameters=rules).allowance_fen


def test_where_everybody_refuses_no_least_amount_is_left() -> None:
    """649号 Art 45: what is stopped isn't paid all the same."""
    rules = {"allowance.minimum_month_fen": "50元"}
    found = ask(person(refusals_count=3), standard="300元", parameters=rules)

    assert (True, 0) == (found.eligible, found.allowance_fen)


def test_who_cannot_work_cannot_refuse_it() -> None:
    """649号 Art 45 speaks of members able to work."""
    assert 30_000 == ask(person(labour="LOST", refusals_count=5), standard="300元").allowance_fen


def test_someone_alone_may_be_paid_a_share_of_the_standard() -> None:
    """No national text: policy chooses."""
    rules = {"amount.alone": "share", "amount.alone_share_per_mille": "500"}
    ill = person(serious_illness=True, incomes=wage(10_000))
    alone: dict[str, Any] = {"applies": "ALONE", "family_finding": "VERGE"}

    assert 34_000 == ask(ill, standard="440元", **alone).allowance_fen
    assert 22_000 == ask(ill, standard="440元", parameters=rules, **alone).allowance_fen


def test_a_day_without_a_standard_is_refused() -> None:
    """The standards of 2019 and 2020 aren't known: no answer rather than an invented one."""
    with pytest.raises(PolicyUnknown):
        ask(person(), on=date(2019, 6, 1))


@pytest.mark.parametrize(
    "parameters",
    [
        {"recertification.months": "1"},
        {"amount.nothing": "1"},
        {"amount.method": "dice"},
        {"income.equal_passes": "1"},
    ],
)
def test_an_assumed_parameter_must_be_one(parameters: dict[str, str]) -> None:
    """Known by name, and a value of its unit."""
    with pytest.raises(ParameterRefused):
        ask(person(), parameters=parameters)


def test_an_assumed_parameter_is_marked_in_the_answer() -> None:
    """Nobody takes it for the law."""
    found = ask(person(), standard="985元")
    versions = {rule.version.split("/")[0] for rule in found.rules if "standard" in rule.name}

    assert {"input"} == versions
