"""`yingbao log`: the inspector's question, by every filter."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from services.demo.cast import Cast, Player, cast
from services.demo.choice import Choices
from services.demo.fate import PaymentFate
from services.demo.schedule import schedule
from shared.calendar import WorkCalendar
from shared.clock import CHINA
from shared.policy.loader import load_policy
from tests.cli.conftest import Typed
from tests.plays import HOUSEHOLDS, SEED, Play

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """Who was in the play."""
    days, sheets = schedule("2024-03", WorkCalendar()), tmp_path_factory.mktemp("sheets")
    return cast(Choices(SEED), HOUSEHOLDS, days, load_policy(), sheets)


@pytest.fixture(scope="module")
def paid(company: Cast) -> Player:
    """One who was paid, so that all houses have said something about them."""
    return next(p for p in company.everyone() if p.fate.payment is PaymentFate.PAID)


@pytest.fixture
def asked(finished_play: Play, typed: Typed) -> Callable[..., list[Entry]]:
    """`asked("--fact", "…")`: the answer's lines, read as JSON, without the tasks of a case."""

    def ask(*words: str, given: str | None = None) -> list[Entry]:
        told = typed(finished_play.home, "log", "--json", *words, given=given)
        assert (0, "") == (told.exit_code, told.stderr)
        found = [json.loads(line) for line in told.stdout.splitlines()]
        return [{k: v for k, v in one.items() if k != "tasks_done"} for one in found]

    return ask


def test_a_person_is_found_by_id_number_and_never_shown(
    finished_play: Play, typed: Typed, asked: Callable[..., list[Entry]], paid: Player
) -> None:
    """On the command line or from standard input; in text and JSON alike."""
    number = paid.home.head.resident_id
    found = asked("--person", number)
    assert found == asked("--person", "-", given=f"{number}\n")
    assert {"intake", "review", "payments"} == {e["log"].rpartition("/")[2] for e in found}
    assert 1 == len({e["about"]["case"] for e in found})
    for words in (("--person", number), ("--person", number, "--json")):
        told = typed(finished_play.home, "log", *words)
        assert number not in told.output
        assert paid.home.head.name not in told.output


def test_a_wrong_id_number_is_refused_without_being_repeated(
    finished_play: Play, typed: Typed, paid: Player
) -> None:
    """A typing error is told, for an empty answer would look like innocence."""
    number = paid.home.head.resident_id
    wrong = number[:17] + ("1" if number[17] == "0" else "0")
    told = typed(finished_play.home, "log", "--person", wrong)
    assert (1, "") == (told.exit_code, told.stdout)
    assert 1 == len(told.stderr.splitlines())
    assert wrong not in told.stderr


@pytest.mark.parametrize("name", ["household", "case", "township"])
def test_the_filters_on_whom_it_is_about(
    name: str, asked: Callable[..., list[Entry]], paid: Player
) -> None:
    """Exactly those entries of the whole record that name it."""
    value = asked("--person", paid.home.head.resident_id)[-1]["about"][name]
    expected = [e for e in asked() if e["about"][name] == value]
    assert expected
    assert expected == asked(f"--{name}", value)


def test_the_filter_on_who_acted(asked: Callable[..., list[Entry]], company: Cast) -> None:
    """Everything that one officer did, and nothing else."""
    officer = company.staff.district.civil_affairs[1].officer
    expected = [e for e in asked() if e["actor"]["officer"] == officer]
    assert expected
    assert expected == asked("--officer", officer)


@pytest.mark.parametrize(
    "word", ["review.eligibility_confirmed", "eligibility_confirmed", "审核确认"]
)
def test_the_filter_on_facts_takes_name_and_title(
    word: str, asked: Callable[..., list[Entry]]
) -> None:
    """As programs call it, without its house, or as people do."""
    expected = [e for e in asked() if e["fact"] == "review.eligibility_confirmed"]
    assert expected
    assert expected == asked("--fact", word)


def test_an_unknown_fact_is_a_wrong_word(finished_play: Play, typed: Typed) -> None:
    """Exit status 2, and the words that are known."""
    told = typed(finished_play.home, "log", "--fact", "approved")
    assert (2, "") == (told.exit_code, told.stdout)
    assert "没有这种事实：approved" in told.stderr


def test_the_days_are_those_of_china_and_both_are_included(
    asked: Callable[..., list[Entry]],
) -> None:
    """From midnight to midnight at +08:00."""
    days = sorted({_day(e) for e in asked()})
    first, last = days[1], days[-2]
    expected = [e for e in asked() if first <= _day(e) <= last]
    assert expected == asked("--from", first, "--to", last)
    assert [e for e in asked() if _day(e) == first] == asked("--from", first, "--to", first)


def test_filters_combine(asked: Callable[..., list[Entry]], paid: Player) -> None:
    """Each narrows what the others leave; a limit takes the first of them."""
    whole = asked("--person", paid.home.head.resident_id)
    posted = [e for e in whole if e["fact"] == "review.public_notice_posted"]
    words = (
        "--person", paid.home.head.resident_id,
        "--case", whole[0]["about"]["case"],
        "--township", paid.home.township,
        "--officer", posted[0]["actor"]["officer"],
        "--from", _day(posted[0]),
        "--to", _day(posted[0]),
    )  # fmt: skip
    assert posted == asked(*words, "--fact", "public_notice_posted")
    assert asked(*words)[:1] == asked(*words, "--limit", "1")
    assert [] == asked(*words, "--household", "hh-00000000000000000000")


def test_the_text_names_deed_person_article_and_place(
    finished_play: Play, typed: Typed, asked: Callable[..., list[Entry]]
) -> None:
    """One line a step, and how many there were."""
    told = typed(finished_play.home, "log", "--fact", "funds_released").stdout.splitlines()
    entries = asked("--fact", "funds_released")
    assert [*told[-1:], len(told) - 1] == [f"共 {len(entries)} 条。", len(entries)]
    for entry, line in zip(entries, told, strict=False):
        parts = ("拨付资金", entry["actor"]["officer"], entry["basis"], entry["about"]["township"])
        assert [] == [part for part in parts if part not in line]


def test_refusals_say_what_was_refused_and_why(finished_play: Play, typed: Typed) -> None:
    """Who was in a hurry stands there too."""
    told = typed(finished_play.home, "log", "--fact", "操作被拒绝").stdout
    assert "confirm_eligibility NOTICE_RUNNING" in told


def test_where_no_site_is_one_sentence_says_so(tmp_path: Path, typed: Typed) -> None:
    """No traceback."""
    told = typed(tmp_path, "log")
    assert (1, "") == (told.exit_code, told.stdout)
    assert "中没有站点" in told.stderr


def _day(entry: Entry) -> str:
    return datetime.fromisoformat(entry["at"]).astimezone(CHINA).date().isoformat()
