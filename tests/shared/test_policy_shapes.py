"""Policy values that are more than one number: tables, several choices, shares, a township's own."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.policy.comparing import Kind, compare
from shared.policy.faults import PolicyRefused
from shared.policy.loader import load_policy
from shared.policy.model import PolicyUnknown
from tests.shared.test_policy import Write, codes_of

POLICY = load_policy()
MARCH = date(2024, 3, 1)
TOWNSHIPS = st.sampled_from([None, "411603001", "411603101", "411603L01", "411603L02", "411603999"])
DAYS = st.dates(date(2012, 1, 1), date(2030, 12, 31))
SITE = """
pack: site
title: 某区
parameters:
  local.shares:
    title: 某表
    unit: ratio_per_mille
    rows: [old, young]
    values:
      - {from: 2024-01-01, value: {old: 100, young: 0}, citation: 某通知, certainty: P}
  local.circle:
    title: 某范围
    unit: choices
    choices: [spouse, cousin, child]
    values:
      - {from: 2024-01-01, value: [spouse, child], citation: 某通知, certainty: P}
  local.part:
    title: 某份额
    unit: fraction
    values:
      - {from: 2024-01-01, value: 2/3, citation: 某通知, certainty: P}
  local.form:
    title: 某形式
    unit: choice
    choices: [authorised, entrusted]
    values:
      - {from: 2024-01-01, value: authorised, citation: 某通知, certainty: P}
      - {from: 2024-01-01, to: 2024-06-30, for: [L01, L02], value: entrusted, citation: 某约定, certainty: P}
"""


def test_a_table_has_a_value_for_each_row(write: Write) -> None:
    """The rows that the parameter names, each in its unit."""
    assert {"old": 100, "young": 0} == load_policy(write(SITE)).at(MARCH).table("local.shares")


def test_several_choices_are_read_in_the_order_written(write: Write) -> None:
    """None, one or more."""
    none = SITE.replace("value: [spouse, child]", "value: []")

    assert ("spouse", "child") == load_policy(write(SITE)).at(MARCH).several("local.circle")
    assert () == load_policy(write(none)).at(MARCH).several("local.circle")


def test_a_share_is_an_exact_fraction(write: Write) -> None:
    """Two thirds are no number of per mille."""
    assert Fraction(2, 3) == load_policy(write(SITE)).at(MARCH).fraction("local.part")


@pytest.mark.parametrize(
    ("township", "day", "expected", "version"),
    [
        (None, MARCH, "authorised", "site/2024-01-01"),
        ("411603101", MARCH, "authorised", "site/2024-01-01"),
        ("L01", MARCH, "entrusted", "site/2024-01-01/L01"),
        ("L02", date(2024, 6, 30), "entrusted", "site/2024-01-01/L01"),
        ("L02", date(2024, 7, 1), "authorised", "site/2024-01-01"),
    ],
)
def test_a_townships_own_value_goes_before_everybodys_while_it_lasts(
    write: Write, township: str | None, day: date, expected: str, version: str
) -> None:
    """And its version can't be mistaken for everybody's of the same day."""
    found = load_policy(write(SITE)).at(day, township).parameter("local.form")

    assert (expected, version) == (found.value, found.version)


def test_a_sites_value_for_all_goes_before_a_wider_packs_for_one(write: Write) -> None:
    """The narrowest pack first, then the township's own value in it."""
    text = """
pack: site
title: 某区
parameters:
  devolution.devolved:
    title: 低保审核确认权限是否已下放到乡镇（街道）
    unit: boolean
    values:
      - {from: 2024-01-01, value: 否, citation: 某通知, certainty: P}
"""
    assert not load_policy(write(text)).at(MARCH, "411603L02").flag("devolution.devolved")
    assert POLICY.at(MARCH, "411603L02").flag("devolution.devolved")


@pytest.mark.parametrize("name", ["local.form", "local.part", "local.circle", "local.shares"])
def test_the_wrong_question_is_a_bug(write: Write, name: str) -> None:
    """Each shape answers one question only."""
    on = load_policy(write(SITE)).at(MARCH)
    asks = {"local.part": on.fraction, "local.circle": on.several, "local.shares": on.table}
    for own, ask in asks.items():
        if own != name:
            with pytest.raises(TypeError):
                ask(name)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{old: 100, young: 0}", "{old: 100}", "BAD_VALUE"),
        ("{old: 100, young: 0}", "{old: 100, young: 0, ill: 3}", "BAD_VALUE"),
        ("{old: 100, young: 0}", "{old: 100, young: 0.5}", "BAD_VALUE"),
        ("{old: 100, young: 0}", "{old: 100, young: }", "MISSING"),
        ("{old: 100, young: 0}", "100", "BAD_VALUE"),
        ("rows: [old, young]", "rows: [old, old]", "BAD_ROWS"),
        ("rows: [old, young]", "rows: []", "BAD_ROWS"),
        ("rows: [old, young]", "rows: old", "BAD_ROWS"),
        ("choices: [spouse, cousin, child]", "choices: [spouse, cousin, child]\n    rows: [a]", "BAD_ROWS"),
        ("choices: [spouse, cousin, child]", "", "BAD_CHOICES"),
        ("[spouse, cousin, child]", "[spouse, spouse, child]", "BAD_CHOICES"),
        ("value: [spouse, child]", "value: [spouse, uncle]", "BAD_VALUE"),
        ("value: [spouse, child]", "value: [spouse, spouse]", "BAD_VALUE"),
        ("value: [spouse, child]", "value: spouse", "BAD_VALUE"),
        ("value: [spouse, child]", "value: [[spouse]]", "MISSING"),
        ("2/3", "4/6", "BAD_VALUE"),
        ("2/3", "0/3", "BAD_VALUE"),
        ("2/3", "0.67", "BAD_VALUE"),
        ("for: [L01, L02]", "for: []", "BAD_TOWNSHIP"),
        ("for: [L01, L02]", "for: L01", "BAD_TOWNSHIP"),
        ("for: [L01, L02]", "for: [某乡]", "BAD_TOWNSHIP"),
        ("from: 2024-01-01, to: 2024-06-30, for", "from: 2024-01-01, to: 2023-06-30, for", "BAD_PERIOD"),
    ],
)  # fmt: skip
def test_a_bad_shape_is_refused_by_name(write: Write, old: str, new: str, code: str) -> None:
    """One thing wrong, one code for it."""
    assert old in SITE
    assert code in codes_of(write(SITE.replace(old, new)))


def test_values_of_one_township_may_not_overlap(write: Write) -> None:
    """Beside everybody's they may: that is what they are for."""
    more = "      - {from: 2024-06-30, for: [L02], value: entrusted, citation: 某, certainty: P}\n"

    assert ["OVERLAP"] == codes_of(write(SITE + more))


GAP = """
pack: site
title: 某区
parameters:
  local.days:
    title: 某天数
    unit: calendar_days
    values:
      - {from: 2024-01-01, to: 2024-03-31, value: 5, citation: 某通知, certainty: P}
      - {from: 2024-05-01, value: 6, citation: 某通知, certainty: P}
"""


def test_a_gap_that_nobody_explains_is_refused(write: Write) -> None:
    """Its days are named; more likely somebody mistyped one."""
    with pytest.raises(PolicyRefused) as caught:
        load_policy(write(GAP))
    [fault] = caught.value.faults

    assert ("GAP", "local.days 2024-04-01") == (fault.code, fault.where)
    assert "2024-04-01至2024-04-30" in fault.sentence


def test_a_gap_may_be_meant(write: Write) -> None:
    """The value before it says why; asked for a day in it, policy knows nothing."""
    explained = GAP.replace("value: 5,", "value: 5, note: 4月的数未找到,")
    on = load_policy(write(explained)).at(date(2024, 4, 15))

    with pytest.raises(PolicyUnknown):
        on.number("local.days")


def test_an_end_without_a_next_is_no_gap(write: Write) -> None:
    """A rule may simply end."""
    ended = GAP[: GAP.index("      - {from: 2024-05-01")]

    assert not load_policy(write(ended)).at(date(2024, 4, 1)).knows("local.days")


def test_a_gap_in_a_narrow_pack_falls_to_the_wider_one(write: Write) -> None:
    """Only where no pack says anything is there a gap."""
    text = GAP.replace("local.days", "notice.calendar_days")

    assert 7 == load_policy(write(text)).at(date(2024, 4, 15)).number("notice.calendar_days")


@given(DAYS, DAYS, TOWNSHIPS)
def test_what_compares_as_the_same_is_the_same(one: date, two: date, township: str | None) -> None:
    """Every parameter that isn't named as a change has one value on both days."""
    before, after = POLICY.at(one, township), POLICY.at(two, township)
    changed = {change.parameter.name: change.kind for change in compare(before, after)}

    old = {found.name: found.value for found in before.parameters()}
    new = {found.name: found.value for found in after.parameters()}
    for name in old.keys() | new.keys():
        same = name in old and name in new and old[name] == new[name]
        assert same == (changed.get(name) in (None, Kind.BASIS)), name
    assert [] == compare(before, before)


@given(DAYS, TOWNSHIPS)
def test_everything_that_stands_is_listed_once(day: date, township: str | None) -> None:
    """By name, and what is listed is what is asked for."""
    on = POLICY.at(day, township)
    listed = on.parameters()

    assert sorted({one.name for one in listed}) == [one.name for one in listed]
    assert all(one == on.parameter(one.name) for one in listed)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("procedure.allowance", date(2021, 6, 30), "trial_2012"),
        ("procedure.allowance", date(2021, 7, 1), "measures_2021"),
        ("devolution.devolved", date(2021, 1, 31), False),
        ("devolution.devolved", date(2021, 2, 1), True),
        ("devolution.legal_basis", date(2021, 2, 1), "authorised"),
        ("appraisal.when", date(2020, 8, 24), "always"),
        ("appraisal.when", date(2021, 6, 30), "when_disputed"),
        ("notice.second_before_decision", date(2021, 6, 30), True),
        ("notice.second_before_decision", date(2021, 7, 1), False),
        ("limit.appraisal_working_days", date(2021, 6, 30), 5),
        ("limit.bureau_opinion_working_days", date(2021, 6, 30), 5),
        ("limit.bureau_opinion_working_days", date(2021, 7, 1), 10),
        ("limit.decide_after_notice_working_days", date(2021, 6, 30), 3),
        ("limit.decide_after_objection_working_days", date(2021, 6, 30), 20),
        ("limit.death_check_months", date(2022, 10, 20), 3),
        ("gradual_exit.months_max", date(2022, 10, 20), 6),
        ("spot_check.doubtful_per_mille", date(2021, 6, 30), 1000),
        ("spot_check.allowance_per_mille", date(2021, 7, 1), 300),
        ("spot_check.filed_relative_per_mille", date(2024, 3, 1), 1000),
        ("income.counts_basic_pension_central", date(2025, 12, 31), False),
    ],
)  # fmt: skip
def test_the_switches_of_the_procedure_have_their_days(
    name: str, day: date, expected: object
) -> None:
    """220号 to 2021-06-30, 57号 from the day after, 83号 from 2022-10-20, PLAN from 2021-02-01."""
    assert expected == POLICY.at(day).value(name)


@pytest.mark.parametrize(
    "name",
    [
        "limit.appraisal_working_days",
        "limit.decide_after_notice_working_days",
        "limit.decide_after_objection_working_days",
        "appraisal.representatives_share_min",
        "spot_check.doubtful_per_mille",
    ],
)
def test_what_only_the_old_procedure_says_ends_with_it(name: str) -> None:
    """Known on its last day, unknown on the day after."""
    last = date(2021, 6, 30)

    assert (True, False) == (
        POLICY.at(last).knows(name),
        POLICY.at(last + timedelta(1)).knows(name),
    )


def test_the_circle_of_relatives_is_the_nations_and_no_wider() -> None:
    """A sister and a grandson are filed, a nephew and a son-in-law are not (民法典 1045)."""
    circle = POLICY.at(MARCH).several("relatives.circle")

    assert {"sibling", "grandchild"} <= set(circle)
    assert {"nephew_niece", "child_in_law"}.isdisjoint(circle)


def test_households_are_checked_again_by_how_they_change() -> None:
    """Yearly, or half-yearly where income is unstable or somebody can work (57号 Art 31)."""
    table = POLICY.at(MARCH).table("recertification.months")

    assert (12, 6, 6) == tuple(table[row] for row in ("stable", "unstable_urban", "unstable_rural"))
