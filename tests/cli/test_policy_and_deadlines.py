"""`yingbao policy`, `deadlines`, `working-days`: answers without a site, for people and programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.cli.deadlines import WAITING
from services.review.domain.road import CALENDAR
from services.review.domain.steps import Moment
from shared.policy.loader import load_policy
from tests.cli.conftest import Typed

NOWHERE = Path("/nonexistent")
SITE = """
pack: liuhu
title: 某街道
parameters:
  notice.calendar_days:
    title: 初审意见公示天数
    unit: calendar_days
    values:
      - {from: 2024-05-01, value: 10, citation: 街道通知, certainty: P}
  local.visitors_min:
    title: 街道另定的调查人数
    unit: persons
    values:
      - {from: 2024-05-01, for: ["411603001"], value: 3, citation: 街道通知, certainty: P}
"""
DEADLINES = ("deadlines", "--programme", "subsistence_allowance", "--accepted")


def answer(typed: Typed, *words: str) -> Any:
    """What the command prints with --json, taken well."""
    told = typed(NOWHERE, *words, "--json")
    assert 0 == told.exit_code, told.output
    return json.loads(told.stdout)


def refused(typed: Typed, *words: str) -> str:
    """The code of a refusal, on standard output for programs and in the sentence for people."""
    told = typed(NOWHERE, *words, "--json")
    found = json.loads(told.stdout)["refused"]
    assert 1 == told.exit_code
    assert f"{found['sentence']}（{found['code']}）" in told.stderr
    return str(found["code"])


@pytest.fixture
def site(tmp_path: Path) -> str:
    """A street office's own file."""
    path = tmp_path / "site.yaml"
    path.write_text(SITE, "utf-8")
    return str(path)


def test_policy_of_a_day_is_shown_with_version_article_and_certainty(typed: Typed) -> None:
    """Every parameter of the day, money in fen."""
    found = answer(typed, "policy", "show", "--on", "2024-03-01")
    by_name = {one["name"]: one for one in found["parameters"]}
    standard = by_name["standard.rural_month_fen"]

    assert ("2024-03-01", None, load_policy().digest) == (
        found["on"],
        found["unit"],
        found["policy"],
    )
    assert sorted(by_name) == [one["name"] for one in found["parameters"]]
    assert (45500, "fen_per_month", "huaiyang/2024-01-01", "I") == (
        standard["value"],
        standard["unit"],
        standard["version"],
        standard["certainty"],
    )
    assert "沈丘县" in standard["citation"]
    assert "limit.survey_done_working_days" not in by_name


def test_a_township_is_shown_its_own_values(typed: Typed, site: str) -> None:
    """Under --unit alone, and with a version that says whose they are."""
    words = ("policy", "show", "--on", "2024-05-01", "--policy", site)
    own = answer(typed, *words, "--unit", "411603001")
    others = answer(typed, *words, "--unit", "411603101")
    [visitors] = [one for one in own["parameters"] if one["name"] == "local.visitors_min"]

    assert (3, "liuhu/2024-05-01/411603001") == (visitors["value"], visitors["version"])
    assert "local.visitors_min" not in {one["name"] for one in others["parameters"]}


def test_people_read_policy_in_their_own_words(typed: Typed) -> None:
    """Yuan, working days, yes and no, tables row by row; nothing is cut off."""
    told = typed(NOWHERE, "policy", "show", "--on", "2024-03-01").stdout

    for words in ("645.00元", "20个工作日", "1500‰", "unstable_urban 6个月", "devolution.devolved"):
        assert words in told


def test_the_change_of_procedure_is_a_difference_between_two_days(typed: Typed) -> None:
    """On 2021-07-01 220号 ends and 57号 begins."""
    found = answer(typed, "policy", "diff", "--from", "2021-06-30", "--to", "2021-07-01")
    kinds = {change["name"]: change["kind"] for change in found["changes"]}
    [procedure] = [one for one in found["changes"] if one["name"] == "procedure.allowance"]

    assert ("2021-06-30", "2021-07-01") == (found["from"]["on"], found["to"]["on"])
    assert ("removed", "added", "basis") == (
        kinds["limit.survey_done_working_days"],
        kinds["limit.survey_start_working_days"],
        kinds["survey.investigators_min"],
    )
    assert ("value", "trial_2012", "measures_2021") == (
        procedure["kind"],
        procedure["before"]["value"],
        procedure["after"]["value"],
    )


def test_a_day_does_not_differ_from_itself(typed: Typed) -> None:
    """Nothing is told where nothing differs."""
    words = ("policy", "diff", "--from", "2024-03-01", "--to", "2024-03-01")

    assert [] == answer(typed, *words)["changes"]
    assert "共 0 项。" in typed(NOWHERE, *words).stdout


def test_a_file_of_ones_own_is_held_against_the_packs(typed: Typed, site: str) -> None:
    """What the file changes on that day, and nothing else."""
    words = ("policy", "diff", "--from", "2024-05-01", "--policy", site)
    [change] = answer(typed, *words)["changes"]

    assert ("notice.calendar_days", "value", 7, 10) == (
        change["name"],
        change["kind"],
        change["before"]["value"],
        change["after"]["value"],
    )
    assert "10天（街道通知）" in typed(NOWHERE, *words).stdout
    assert [] == answer(typed, *words[:2], "--from", "2024-04-30", *words[4:])["changes"]


def test_a_difference_needs_two_sides(typed: Typed) -> None:
    """Neither a second day nor a file: wrong words."""
    told = typed(NOWHERE, "policy", "diff", "--from", "2024-03-01")

    assert 2 == told.exit_code
    assert "--to" in told.stderr


def test_a_bad_file_is_refused_with_its_faults(typed: Typed, tmp_path: Path) -> None:
    """The same refusal as everywhere."""
    path = tmp_path / "bad.yaml"
    path.write_text(SITE.replace("certainty: P", "certainty: X"), "utf-8")

    assert "BAD_POLICY" == refused(typed, "policy", "show", "--policy", str(path))


def test_limits_are_listed_with_what_they_wait_for(typed: Typed) -> None:
    """A devolved case of 2024: survey and decision have days, the rest waits."""
    found = answer(typed, *DEADLINES, "2024-02-01", "--devolved")
    steps = {step["name"]: step for step in found["steps"]}

    assert ("2024-02-05", "2024-03-05") == (found["survey_start_by"], found["decide_by"])
    assert ("2024-03-05", None) == (steps["decide"]["due_on"], steps["decide"]["waits_for"])
    assert (None, "notice_posted") == (steps["notice"]["due_on"], steps["notice"]["waits_for"])
    assert "83号 第四部分第（一）项" == steps["decide"]["article"]
    assert all(step["article"] for step in found["steps"])
    assert ("measures_2021", True, "authorised") == (
        found["procedure"],
        found["devolved"],
        found["legal_basis"],
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("2024-02-01", "--not-devolved"), "2024-03-19"),
        (("2024-02-01",), "2024-03-05"),
        (("2024-02-01", "--devolved", "--extended", "hard_to_investigate"), "2024-04-10"),
        (("2022-01-17", "--not-devolved"), "2022-03-03"),
        (("2021-02-01",), None),
        (("2026-12-28",), None),
    ],
)
def test_the_day_of_the_decision_stands_at_the_top(
    typed: Typed, words: tuple[str, ...], expected: str | None
) -> None:
    """None where it runs from a later step (220号), or over a year not announced yet."""
    assert expected == answer(typed, *DEADLINES, *words)["decide_by"]


def test_limits_that_run_from_later_steps_are_told_once_these_have_happened(typed: Typed) -> None:
    """Decided on 2024-04-30: the refusal is told by 2024-05-08."""
    found = answer(typed, *DEADLINES, "2024-04-01", "--happened", "decided=2024-04-30")
    [step] = [one for one in found["steps"] if one["name"] == "refusal_notice"]

    assert ("2024-05-08", None) == (step["due_on"], step["waits_for"])


def test_people_read_the_limits_as_a_table(typed: Typed) -> None:
    """Titles, days, articles; what may be left out says so."""
    told = typed(NOWHERE, *DEADLINES, "2021-02-01", "--happened", "notice_posted=2021-03-01").stdout

    for words in ("2021-02-19", "待调查结束", "220号 第十八条", "民主评议（可以不办）",
                  "2021-03-08，2021-03-09 起办理下一步"):  # fmt: skip
        assert words in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("2021-06-30", "--extended", "residence_elsewhere"), "NO_SUCH_EXTENSION"),
        (("2024-03-01", "--extended", "whatever"), "NO_SUCH_EXTENSION"),
        (("2012-12-11",), "POLICY_UNKNOWN"),
        (("2024-03-01", "--happened", "decided=2024-02-01"), "BEFORE_ACCEPTANCE"),
    ],
)
def test_what_the_texts_do_not_say_is_refused_by_name(
    typed: Typed, words: tuple[str, ...], code: str
) -> None:
    """Nothing is made up for it."""
    assert code == refused(typed, *DEADLINES, *words)


def test_what_lies_behind_every_calendar_waits_for_it(typed: Typed) -> None:
    """The last day that can be written is no crash."""
    words = ("9999-12-31", "--happened", "decided=9999-12-31")
    found = answer(typed, *DEADLINES, *words, "--happened", "notice_posted=9999-12-31")
    waits = {step["name"]: step["waits_for"] for step in found["steps"]}

    assert (None, None) == (found["survey_start_by"], found["decide_by"])
    assert {"calendar"} == {waits[name] for name in ("decide", "notice", "refusal_notice")}


@pytest.mark.parametrize("code", ["", "淮阳", "411603l01", "４１１６０３１０１", "41160310100000"])
def test_what_is_no_code_is_not_taken_for_a_unit_without_rules_of_its_own(
    typed: Typed, code: str
) -> None:
    """Wrong words: the district's rules would pass for the township's."""
    for words in ((*DEADLINES, "2024-03-01"), ("policy", "show", "--on", "2024-03-01")):
        assert 2 == typed(NOWHERE, *words, "--unit", code).exit_code
    assert 0 == typed(NOWHERE, *DEADLINES, "2024-03-01", "--unit", "411603L01").exit_code


def test_the_township_decides_or_the_bureau(typed: Typed) -> None:
    """Not both: wrong words."""
    told = typed(NOWHERE, *DEADLINES, "2024-03-01", "--devolved", "--not-devolved", "--json")

    assert 2 == told.exit_code
    assert "只写一项" in told.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("policy", "show"),
        ("policy", "diff", "--from", "2024-03-01"),
        (*DEADLINES, "2024-03-01"),
    ],
)
def test_a_policy_file_that_is_not_there_is_refused_by_name(
    typed: Typed, words: tuple[str, ...]
) -> None:
    """As JSON for programs, too."""
    assert "FILE_UNREADABLE" == refused(typed, *words, "--policy", "/nonexistent.yaml")


@pytest.mark.parametrize(
    "happened",
    [
        "decided",
        "decided=2024-2-1",
        "nothing=2024-03-05",
        "=2024-03-05",
        "accepted=2024-03-05",
        "calendar=2024-03-05",
    ],
)
def test_a_moment_has_a_name_and_a_day(typed: Typed, happened: str) -> None:
    """Wrong words otherwise."""
    told = typed(NOWHERE, *DEADLINES, "2024-03-01", "--happened", happened)

    assert 2 == told.exit_code


def test_a_moment_has_one_day(typed: Typed) -> None:
    """Two decisions of one case: one of them is wrong."""
    twice = ("--happened", "decided=2024-03-05", "--happened", "decided=2024-03-06")

    assert 2 == typed(NOWHERE, *DEADLINES, "2024-03-01", *twice).exit_code


def test_every_moment_has_its_words() -> None:
    """What a limit waits for is said in Chinese, for each moment but acceptance itself."""
    assert {*Moment, CALENDAR} - {Moment.ACCEPTED} == set(WAITING)


def test_working_days_are_counted_over_the_holidays(typed: Typed) -> None:
    """The first day isn't counted; Spring Festival is passed over."""
    words = ("working-days", "--from", "2024-02-01", "--count", "20")

    assert "2024-03-05" == answer(typed, *words)["due_on"]
    assert "2024-02-01 起（当日不计）第 20 个工作日：2024-03-05\n" == typed(NOWHERE, *words).stdout


@pytest.mark.parametrize("start", ["2026-12-31", "2027-03-01", "1999-03-01", "9999-12-31"])
def test_a_year_that_is_not_announced_is_refused(typed: Typed, start: str) -> None:
    """By name, with a status that a program sees."""
    assert "CALENDAR_UNKNOWN" == refused(typed, "working-days", "--from", start, "--count", "3")
