"""Who counts as a member, and who may apply alone."""

from datetime import date
from typing import Any

import pytest

from services.review.domain.assessing.refusals import Contradiction, SupportDutyUnstated
from tests.review.assessing.asking import (
    BEFORE_THE_NOTICE,
    NOW,
    UNDER_THE_OLD_RULES,
    ask,
    codes,
    counted,
    person,
    wage,
)

LAST_OLD, FIRST_NEW = date(2021, 6, 30), date(2021, 7, 1)
VERGE: dict[str, Any] = {"applies": "ALONE", "family_finding": "VERGE"}


def counts(on: date, **member: Any) -> bool:
    """Whether a second person counts beside a grown-up applicant."""
    return "乙" in counted(ask(person(), person("乙", **member), on=on, standard="440元"))


@pytest.mark.parametrize("status", ["PRISON", "COMPULSORY_DETOX", "DECLARED_MISSING"])
def test_who_is_in_prison_detox_or_missing_does_not_count(status: str) -> None:
    """57号 Art 7, second paragraph, (2)."""
    assert not counts(NOW, relation="SPOUSE", status=status)


@pytest.mark.parametrize(("years", "expected"), [(2, True), (3, False), (20, False)])
def test_a_religious_professional_apart_for_three_years_does_not_count(
    years: int, expected: bool
) -> None:
    """57号 Art 7: three years included."""
    assert expected == counts(NOW, relation="SPOUSE", status="RELIGIOUS", apart_years=years)


@pytest.mark.parametrize(
    ("status", "old", "new"),
    [
        ("PRISON", False, False),
        ("REEDUCATION", False, True),
        ("COMPULSORY_DETOX", True, False),
        ("DECLARED_MISSING", True, False),
        ("CONSCRIPT", True, True),
    ],
)
def test_the_list_of_those_left_out_changed_with_the_new_rules(
    status: str, old: bool, new: bool
) -> None:
    """220号 Art 5 to 2021-06-30, 57号 Art 7 from the day after."""
    found = [counts(day, relation="SPOUSE", status=status) for day in (LAST_OLD, FIRST_NEW)]

    assert [old, new] == found


def test_parents_counted_as_such_before_and_by_living_together_since() -> None:
    """220号 Art 5(2) lists parents; 57号 Art 7(4) asks for a long common residence."""
    apart = {"relation": "PARENT", "age": 70, "lives_together": False}

    assert [True, False] == [counts(day, **apart) for day in (LAST_OLD, FIRST_NEW)]
    assert counts(FIRST_NEW, relation="PARENT", age=70)


@pytest.mark.parametrize(("months", "expected"), [(11, False), (12, True)])
def test_long_is_twelve_months(months: int, expected: bool) -> None:
    """Where the file says for how long they have lived together."""
    assert expected == counts(NOW, relation="PARENT", age=70, together_months=months)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({"age": 17}, True),
        ({"age": 18}, False),
        ({"age": 20, "student": "FULL_TIME"}, True),
        ({"age": 20, "student": "PART_TIME"}, False),
        ({"age": 24, "student": "GRADUATE"}, False),
        ({"age": 40, "cannot_live_independently": True}, True),
    ],
)
def test_a_child_away_from_home_counts_while_it_depends_on_the_family(
    member: dict[str, Any], expected: bool
) -> None:
    """57号 Art 7(2) and (3)."""
    assert expected == counts(NOW, relation="CHILD", lives_together=False, **member)


def test_part_time_students_counted_under_the_old_rules() -> None:
    """220号 Art 5(3) says in school, 57号 Art 7(3) says full time."""
    student = {"relation": "CHILD", "age": 20, "student": "PART_TIME", "lives_together": False}

    assert [True, False] == [counts(day, **student) for day in (LAST_OLD, FIRST_NEW)]


def test_the_eighteenth_birthday_is_the_day_that_counts() -> None:
    """民法典 Art 17, 18."""
    child = person("乙", "CHILD", lives_together=False)
    del child["age"]
    child["born_on"] = "2006-06-03"
    days = (date(2024, 6, 2), date(2024, 6, 3))

    assert [True, False] == ["乙" in counted(ask(person(), child, on=day)) for day in days]


def test_a_dependent_applicants_parents_count_with_them() -> None:
    """Parent and child are members of each other, whoever applies."""
    away = person("乙", "PARENT", 45, lives_together=False)

    assert {"甲", "乙"} == counted(ask(person(age=15), away))
    assert {"甲"} == counted(ask(person(age=25), away))


def test_another_relative_needs_a_duty_by_law() -> None:
    """57号 Art 7(4): duty and long common residence, both; unstated is asked for, not guessed."""
    assert counts(NOW, relation="SIBLING", support_duty=True)
    assert not counts(NOW, relation="SIBLING", support_duty=False)
    assert not counts(NOW, relation="SIBLING", support_duty=True, lives_together=False)
    with pytest.raises(SupportDutyUnstated):
        counts(NOW, relation="SIBLING")


def test_spouse_and_children_of_a_member_count_with_that_member() -> None:
    """57号 Art 7: of the household, not only of the applicant; grown-ups by their own duty."""
    wife, grandchild = person("丙", "CHILD_SPOUSE", 28), person("丁", "GRANDCHILD", 4)
    at_home, away = person("乙", "CHILD", 30), person("乙", "CHILD", 30, lives_together=False)
    no_duty = [{**one, "support_duty": False} for one in (wife, grandchild)]
    little = person("丙", "SIBLING", 9)

    assert {"甲", "乙", "丙", "丁"} == counted(ask(person(age=60), at_home, wife, grandchild))
    assert {"甲"} == counted(ask(person(age=60), away, *no_duty))
    assert {"甲", "乙", "丙"} == counted(ask(person(age=20), person("乙", "PARENT", 45), little))


def test_nobody_is_born_after_the_day() -> None:
    """A slip in either day, told as such."""
    child = {"id": "乙", "relation": "CHILD", "born_on": "2025-01-01"}
    with pytest.raises(Contradiction):
        ask(person(), child)


def test_the_family_goes_in_whole() -> None:
    """83号 1(1): asking for one gives the amount of all."""
    asked = ask(person(), person("乙", "SPOUSE"), asked_for=["乙"])

    assert "WHOLE_FAMILY" in codes(asked)
    assert ask(person(), person("乙", "SPOUSE")).allowance_fen == asked.allowance_fen


def test_an_applicant_who_does_not_count_cannot_apply_for_the_others() -> None:
    """57号 Art 4: the applicant is one of the members."""
    found = ask(person(status="PRISON"), person("乙", "SPOUSE"))

    assert (False, ["APPLICANT_EXCLUDED"]) == (found.eligible, codes(found))


@pytest.mark.parametrize(
    ("kind", "level", "expected"),
    [
        ("SIGHT", 1, True),
        ("PHYSICAL", 2, True),
        ("PHYSICAL", 3, False),
        ("HEARING", 3, False),
        ("INTELLECTUAL", 3, True),
        ("PSYCHIATRIC", 3, True),
        ("INTELLECTUAL", 4, False),
    ],
)
def test_on_the_verge_a_severe_or_mental_disability_may_apply_alone(
    kind: str, level: int, expected: bool
) -> None:
    """57号 Art 8(1)."""
    disabled = person(employed=True, disability={"kind": kind, "level": level})
    found = ask(disabled, **VERGE)

    assert expected == found.eligible
    assert expected or codes(found) == ["NOT_ALONE"]


def test_on_the_verge_the_seriously_ill_may_apply_alone() -> None:
    """57号 Art 8(2); not in a family above the verge."""
    ill = person(serious_illness=True)

    assert ask(ill, **VERGE).eligible
    assert not ask(ill, applies="ALONE", family_finding="ABOVE").eligible


def test_an_unemployed_severely_disabled_adult_may_apply_alone_since_the_notice() -> None:
    """83号 1(1), from 2022-10-20: in any family, but grown up and without work."""
    disabled: dict[str, Any] = {"disability": {"kind": "PHYSICAL", "level": 2}}
    above: dict[str, Any] = {"applies": "ALONE", "family_finding": "ABOVE"}
    notice = date(2022, 10, 20)

    assert not ask(person(**disabled), on=BEFORE_THE_NOTICE, **above).eligible
    assert ask(person(**disabled), on=notice, **above).eligible
    assert not ask(person(employed=True, **disabled), on=notice, **above).eligible
    assert not ask(person(age=17, **disabled), on=notice, **above).eligible


def test_who_lives_in_a_religious_site_for_three_years_may_apply_alone() -> None:
    """57号 Art 8(3), 220号 Art 10(2): whatever the family is."""
    for day in (UNDER_THE_OLD_RULES, NOW):
        for years, expected in ((2, False), (3, True)):
            monk = person(status="RELIGIOUS", apart_years=years)
            rich = person("乙", "PARENT", 70, incomes=wage(900_000))
            found = ask(monk, rich, on=day, applies="ALONE", standard="440元")
            assert expected == found.eligible


def test_the_old_rules_asked_for_a_register_of_ones_own() -> None:
    """220号 Art 10(1), to 2021-06-30."""
    one = person(disability={"kind": "SIGHT", "level": 1}, labour="LOST", registered_apart=True)
    above: dict[str, Any] = {"applies": "ALONE", "family_finding": "ABOVE", "standard": "440元"}

    assert ask(one, on=LAST_OLD, in_hardship=True, **above).eligible
    assert not ask(one, on=LAST_OLD, **above).eligible
    assert not ask(one, on=FIRST_NEW, in_hardship=True, **above).eligible


def test_nobody_applies_alone_out_of_a_family_that_qualifies() -> None:
    """83号 1(1): not only some members of a household that qualifies."""
    disabled = person(disability={"kind": "PHYSICAL", "level": 1})
    found = ask(disabled, person("乙", "SPOUSE"), applies="ALONE")

    assert (False, ["WHOLE_FAMILY"]) == (found.eligible, codes(found))


def test_who_may_not_apply_alone_is_shown_the_family() -> None:
    """Neither alone nor together: both reasons, and the members as they count."""
    locked = person(status="PRISON", disability={"kind": "PHYSICAL", "level": 1})
    found = ask(locked, person("乙", "SPOUSE", incomes=wage(90_000)), applies="ALONE")

    assert ["APPLICANT_EXCLUDED", "INCOME_NOT_BELOW_STANDARD"] == codes(found)
    assert ({"乙"}, 90_000) == (counted(found), found.income_fen)


def test_the_answer_for_a_family_on_the_verge_names_who_may_apply_alone() -> None:
    """And their own application is then judged by their own income."""
    disabled = person("乙", "SPOUSE", disability={"kind": "PHYSICAL", "level": 2})
    family = ask(person(incomes=wage(120_000)), disabled)
    alone = ask(
        {**disabled, "relation": "APPLICANT"},
        person("甲", "SPOUSE", incomes=wage(120_000)),
        applies="ALONE",
    )

    assert (False, True) == (family.eligible, family.verge)
    assert ["乙"] == [reason.member for reason in family.may_apply_alone]
    assert (True, 45_500, {"乙"}) == (alone.eligible, alone.allowance_fen, counted(alone))
