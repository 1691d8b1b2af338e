"""Policy as dated data: what stands on a day, who overrides whom, what a bad file is told."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import NoticeWindow, WorkCalendar
from shared.policy.faults import TOLD_MAX, PolicyRefused
from shared.policy.loader import load_policy
from shared.policy.model import PolicyUnknown
from shared.policy.pack import Certainty, Unit
from shared.policy.units import NotInUnit, value_from_text

POLICY = load_policy()
CALENDAR = WorkCalendar()
NAMES = sorted({name for pack in POLICY.packs for name in pack.parameters})
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))

SITE = """
pack: liuhu
title: 某街道
parameters:
  notice.calendar_days:
    title: 初审意见公示天数
    unit: calendar_days
    values:
      - {from: 2024-05-01, to: 2024-06-30, value: 10, citation: 街道通知, certainty: P}
      - {from: 2024-09-01, value: 8, citation: 街道通知, certainty: P, note: 试行}
"""

Write = Callable[[str], Path]


def codes_of(path: Path) -> list[str]:
    """The codes of everything that loading `path` finds wrong."""
    with pytest.raises(PolicyRefused) as caught:
        load_policy(path)
    assert caught.value.code == "BAD_POLICY"
    assert all(str(fault) in caught.value.sentence for fault in caught.value.faults)
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("standard.urban_month_fen", date(2018, 1, 1), 47000),
        ("standard.rural_month_fen", date(2018, 12, 31), 28750),
        ("standard.urban_month_fen", date(2021, 9, 1), 59000),
        ("standard.rural_month_fen", date(2021, 12, 31), 37700),
        ("standard.urban_month_fen", date(2022, 6, 1), 63000),
        ("standard.rural_month_fen", date(2022, 12, 31), 42000),
        ("standard.urban_month_fen", date(2023, 6, 1), 63000),
        ("standard.rural_month_fen", date(2023, 1, 1), 44000),
        ("standard.urban_month_fen", date(2024, 3, 1), 64500),
        ("standard.rural_month_fen", date(2024, 3, 1), 45500),
        ("limit.decide_devolved_working_days", date(2022, 10, 19), 30),
        ("limit.decide_devolved_working_days", date(2022, 10, 20), 20),
        ("limit.decide_undevolved_working_days", date(2024, 3, 1), 30),
        ("limit.decide_extended_working_days", date(2024, 3, 1), 45),
        ("limit.survey_done_working_days", date(2021, 6, 30), 10),
        ("limit.refusal_notice_calendar_days", date(2021, 6, 30), 3),
        ("limit.refusal_notice_working_days", date(2021, 7, 1), 3),
        ("spot_check.allowance_per_mille", date(2021, 3, 1), 300),
        ("spot_check.support_per_mille", date(2024, 3, 1), 1000),
        ("roster.settled_day", date(2024, 3, 1), 10),
        ("allowance.minimum_month_fen", date(2024, 3, 1), 0),
        ("verge.ratio_per_mille", date(2024, 3, 1), 1500),
        ("appeal.reconsideration_calendar_days", date(2023, 12, 13), 60),
        ("appeal.litigation_months", date(2024, 3, 1), 6),
        ("payment.first_month_offset", date(2024, 3, 1), 1),
        ("survey.investigators_min", date(2024, 3, 1), 2),
    ],
)
def test_the_number_of_the_day_is_found(name: str, day: date, expected: int) -> None:
    """The first and last days of a value belong to it; money is fen."""
    assert expected == POLICY.at(day).number(name)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("standard.rural_month_fen", date(2017, 12, 31)),
        ("standard.rural_month_fen", date(2019, 1, 1)),
        ("standard.urban_month_fen", date(2021, 8, 31)),
        ("limit.survey_start_working_days", date(2021, 6, 30)),
        ("limit.survey_done_working_days", date(2021, 7, 1)),
        ("limit.refusal_notice_calendar_days", date(2021, 7, 1)),
        ("no.such_parameter", date(2024, 3, 1)),
    ],
)
def test_what_no_text_says_is_refused(name: str, day: date) -> None:
    """Before the first value, in a gap, after an end: named, not guessed."""
    on = POLICY.at(day)
    with pytest.raises(PolicyUnknown) as caught:
        on.value(name)
    assert caught.value.code == "POLICY_UNKNOWN"
    assert name in caught.value.sentence
    assert day.isoformat() in caught.value.sentence
    assert not on.knows(name)


def test_a_parameter_says_where_it_comes_from() -> None:
    """Value, unit, version and citation go into the decision."""
    found = POLICY.at(date(2024, 3, 5)).parameter("limit.decide_devolved_working_days")
    expected = (20, Unit.WORKING_DAYS, "national/2022-10-20", Certainty.TEXT)
    assert expected == (found.value, found.unit, found.version, found.certainty)
    assert "83号" in found.citation


def test_a_decision_records_the_versions_it_used() -> None:
    """Pack and first day of each value, by name."""
    on = POLICY.at(date(2024, 3, 5))
    expected = {
        "standard.rural_month_fen": "huaiyang/2024-01-01",
        "notice.calendar_days": "national/2021-07-01",
    }
    assert expected == on.versions("standard.rural_month_fen", "notice.calendar_days")


def test_an_inferred_standard_says_so() -> None:
    """The standards of 2024 are worked out from a neighbour's figures."""
    found = POLICY.at(date(2024, 3, 5)).parameter("standard.urban_month_fen")
    assert found.certainty is Certainty.INTERPRETED


def test_words_and_yes_or_no_are_read_as_such() -> None:
    """Typed questions; the wrong type is a bug of the caller."""
    on = POLICY.at(date(2024, 3, 5))
    answers = (
        on.flag("notice.again_after_objection"),
        on.choice("notice.end_on_rest_day"),
        on.choice("allowance.rounding"),
    )
    assert answers == (True, "keep", "none")
    for ask in (on.number, on.choice):
        with pytest.raises(TypeError):
            ask("notice.again_after_objection")
    with pytest.raises(TypeError):
        on.flag("survey.investigators_min")


def test_limit_and_calendar_together_give_the_day() -> None:
    """Devolved, accepted 2024-02-01: 20 working days end behind Spring Festival."""
    accepted_on = date(2024, 2, 1)
    days = POLICY.at(accepted_on).number("limit.decide_devolved_working_days")
    assert CALENDAR.add_working_days(accepted_on, days) == date(2024, 3, 5)


def test_notice_and_calendar_together_give_the_window() -> None:
    """Seven days, the last on a holiday and kept; the next step on a worked Sunday."""
    on = POLICY.at(date(2024, 3, 28))
    rest = on.choice("notice.end_on_rest_day")
    assert rest == "keep"
    window = CALENDAR.notice_window(on.day, on.number("notice.calendar_days"), "keep")
    assert window == NoticeWindow(date(2024, 4, 4), date(2024, 4, 7))


@given(DAYS, st.sampled_from(NAMES))
def test_a_version_names_the_day_from_which_the_value_stands(day: date, name: str) -> None:
    """Asked on its first day, a version gives itself; it never begins later than asked."""
    on = POLICY.at(day)
    if not on.knows(name):
        return
    found = on.parameter(name)
    began_on = date.fromisoformat(found.version.split("/")[1])
    assert began_on <= day
    assert found == POLICY.at(began_on).parameter(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_a_chinese_title_and_citation(name: str) -> None:
    """The packs are read by a civil-affairs officer."""
    values = [
        (history.title, dated.citation)
        for pack in POLICY.packs
        if (history := pack.parameters.get(name))
        for dated in history.values
    ]
    assert values
    assert all(any("一" <= sign <= "鿿" for sign in text) for pair in values for text in pair)


def test_a_sites_file_goes_before_the_nation_while_it_has_a_value(write: Write) -> None:
    """Before, between and after its periods the wider pack stands."""
    policy = load_policy(write(SITE))
    days = [date(2024, 4, 30), date(2024, 5, 1), date(2024, 6, 30), date(2024, 7, 1)]
    found = [policy.at(day).number("notice.calendar_days") for day in [*days, date(2025, 1, 1)]]
    assert found == [7, 10, 10, 7, 8]
    assert policy.at(days[1]).versions("notice.calendar_days") == {
        "notice.calendar_days": "liuhu/2024-05-01"
    }


def test_the_digest_follows_what_is_said_not_how(write: Write) -> None:
    """A comment changes nothing; a value or a citation does."""
    digest = load_policy(write(SITE)).digest
    assert digest == load_policy(write(f"# 注释\n{SITE}")).digest
    changed = {
        load_policy(write(SITE.replace("value: 8", "value: 9"))).digest,
        load_policy(write(SITE.replace("街道通知", "街道公告"))).digest,
        POLICY.digest,
    }
    assert len(changed | {digest}) == 4


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("to: 2024-06-30", "to: 2024-09-01", "OVERLAP"),
        ("from: 2024-09-01", "from: 2024-05-01", "OVERLAP"),
        ("from: 2024-09-01", "from: 2024-01-01", "OVERLAP"),
        ("to: 2024-06-30", "to: 2024-04-30", "BAD_PERIOD"),
        ("unit: calendar_days", "unit: fortnights", "UNKNOWN_UNIT"),
        ("unit: calendar_days", "unit: working_days", "UNIT_DIFFERS"),
        ("value: 8", "value: 8.0", "BAD_VALUE"),
        ("value: 8", "value: true", "BAD_VALUE"),
        ("value: 8", "value: -8", "BAD_VALUE"),
        ("value: 8", "value: 010", "BAD_VALUE"),
        ("value: 8", "value: [8]", "MISSING"),
        ("from: 2024-09-01", "from: 2024-9-1", "BAD_VALUE"),
        ("from: 2024-09-01", "from: 20240901", "BAD_VALUE"),
        ("from: 2024-09-01", "from: 2024-02-30", "BAD_VALUE"),
        ("citation: 街道通知, ", "", "MISSING"),
        ("citation: 街道通知", "citation: ''", "MISSING"),
        ("certainty: P", "certainty: X", "BAD_VALUE"),
        ("note: 试行", "remark: 试行", "UNKNOWN_KEY"),
        ("title: 某街道", "title: 某街道\nauthor: 某人", "UNKNOWN_KEY"),
        ("value: 8", "value: 8, value: 9", "DUPLICATE"),
        ("title: 某街道", "title: 某街道\ntitle: 某街道", "DUPLICATE"),
        ("pack: liuhu", "pack: national", "DUPLICATE"),
        ("pack: liuhu", "pack: Liu/hu", "BAD_NAME"),
        ("notice.calendar_days", "Notice", "BAD_NAME"),
        ("unit: calendar_days", "unit: calendar_days\n    choices: [a]", "BAD_CHOICES"),
        ("pack: liuhu", "pack: [liuhu", "NOT_YAML"),
        (SITE, "[" * 5000 + "]" * 5000, "NOT_YAML"),
        (
            "citation: 街道通知, certainty: P}",
            "citation: &a 街道通知, certainty: P, note: *a}",
            "ALIAS",
        ),
        (SITE, "- a list", "BAD_SHAPE"),
        (SITE, "", "BAD_SHAPE"),
        (SITE, "pack: liuhu\ntitle: 某街道\nparameters: []", "BAD_SHAPE"),
    ],
)
def test_a_bad_file_is_refused_by_name(write: Write, old: str, new: str, code: str) -> None:
    """One thing wrong, one code for it."""
    assert old in SITE
    assert code in codes_of(write(SITE.replace(old, new)))


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(write: Write) -> None:
    """Whoever made them corrects these first."""
    lines = "".join(f"  bad{number}: x\n" for number in range(TOLD_MAX))
    with pytest.raises(PolicyRefused) as caught:
        load_policy(write(SITE + lines))

    assert 2 * TOLD_MAX == len(caught.value.faults)
    assert TOLD_MAX == sum(str(one) in caught.value.sentence for one in caught.value.faults)
    assert f"其余{TOLD_MAX}处未列出" in caught.value.sentence


def test_a_parameter_written_twice_is_refused(write: Write) -> None:
    """YAML alone would let the second silently win."""
    block = SITE[SITE.index("  notice.") :]
    assert codes_of(write(SITE + block)) == ["DUPLICATE"]


def test_a_bad_file_is_told_everything_at_once(write: Write) -> None:
    """Nobody mends a file one message at a time."""
    text = SITE.replace("value: 8", "value: 8.5").replace(
        "certainty: P, note", "certainty: Q, note"
    )
    text = text.replace("to: 2024-06-30, ", "until: 2024-06-30, ").replace("title: 某街道", "")
    assert sorted(codes_of(write(text))) == ["BAD_VALUE", "BAD_VALUE", "MISSING", "UNKNOWN_KEY"]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A spreadsheet program on Windows writes GBK."""
    path = tmp_path / "site.yaml"
    path.write_bytes(SITE.encode("gbk"))
    assert codes_of(path) == ["NOT_YAML"]


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("287.50元", Unit.FEN_PER_MONTH, 28750),
        ("是", Unit.BOOLEAN, True),
        ("否", Unit.BOOLEAN, False),
        ("keep", Unit.CHOICE, "keep"),
        ("31", Unit.DAY_OF_MONTH, 31),
        ("1500", Unit.RATIO_PER_MILLE, 1500),
        ("3", Unit.WORKING_DAYS, 3),
        ("7", Unit.CALENDAR_DAYS, 7),
        ("6", Unit.MONTHS, 6),
        ("2", Unit.PERSONS, 2),
    ],
)
def test_each_unit_has_its_own_form(text: str, unit: Unit, expected: object) -> None:
    """Yuan with 元, yes and no in Chinese, whole numbers for the rest."""
    found = value_from_text(text, unit, ("keep", "extend"))
    assert (expected, type(expected)) == (found, type(found))


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("text", ["440", "1.5", "no", "1e3", "32天", "", "-1元", "99999999999"])
def test_a_text_of_no_unit_is_taken_by_none(unit: Unit, text: str) -> None:
    """Bare money, fractions, English yes and no, exponents: refused for every unit they don't fit."""
    fits = {Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.PERSONS, Unit.RATIO_PER_MILLE, Unit.COUNT}
    if text == "440" and unit in fits:
        assert value_from_text(text, unit, ()) == 440
        return
    with pytest.raises(NotInUnit):
        value_from_text(text, unit, ("keep", "extend"))


def test_the_day_before_a_new_value_has_the_old_one() -> None:
    """At every border in the packs the version changes overnight."""
    for pack in POLICY.packs:
        for name, history in pack.parameters.items():
            for dated in history.values:
                township = next(iter(dated.townships), None)
                eve = history.on(dated.from_on - timedelta(days=1), township)
                assert history.on(dated.from_on, township) == dated, name
                assert eve != dated, name
