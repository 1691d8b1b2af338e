"""`yingbao worklist`: an officer's work at a site, in words and for programs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.runtime.tending import all_duties
from tests.cli.conftest import Typed
from tests.houses import application
from tests.sites import TrialSite

OFFICER, HEAD = "411603101-1", "411603101-head"


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[TrialSite]:
    """A trial site with one household accepted on 2024-03-01."""
    site = TrialSite(tmp_path / "site")
    applied = site.do(OFFICER, "submit_application", **application())
    case = str(applied.stream).removeprefix("application/")
    site.do(OFFICER, "accept_application", case=case)
    yield site
    site.close()


def tasks(typed: Typed, site: TrialSite, *words: str) -> list[dict[str, Any]]:
    """The list as programs get it."""
    told = typed(site.path, "worklist", "--json", *words)
    assert (0, "") == (told.exit_code, told.stderr)
    found: list[dict[str, Any]] = json.loads(told.stdout)["tasks"]
    return found


def test_an_officers_list_has_days_left_and_pages(at_work: TrialSite, typed: Typed) -> None:
    """Sorted by urgency; the place of the last line leads to the next page."""
    whole = tasks(typed, at_work, "--officer", OFFICER, "--on", "2024-03-04")
    first = tasks(typed, at_work, "--officer", OFFICER, "--on", "2024-03-04", "--limit", "1")
    rest = tasks(typed, at_work, "--officer", OFFICER, "--on", "2024-03-04", "--after",
                 first[0]["place"])  # fmt: skip
    assert ("survey_start", "2024-03-06", 2, "DUE_SOON") == tuple(
        whole[0][name] for name in ("step", "due_on", "days_left", "urgency")
    )
    assert whole == first + rest
    assert [] == tasks(typed, at_work, "--officer", HEAD)
    assert [] == tasks(typed, at_work, "--officer", "nobody")


def test_the_list_in_words_names_step_day_and_article(at_work: TrialSite, typed: Typed) -> None:
    """And counts what is late; a limit that isn't the step's own is marked."""
    told = typed(at_work.path, "worklist", "--officer", OFFICER, "--on", "2024-03-08")
    parts = (
        "启动家庭经济状况调查",
        "2024-03-06",
        "-2 工作日",
        "逾期",
        "57号 Art 15",
        "2024-03-29*",
    )
    assert [] == [part for part in parts if part not in told.stdout]
    assert "共 3 项：逾期 1，将到期 0。" in told.stdout


@pytest.mark.parametrize("words", [("--after", "x"), ("--on", "soon"), ("--limit", "0")])
def test_wrong_words_are_told(at_work: TrialSite, typed: Typed, words: tuple[str, str]) -> None:
    """Exit status 2."""
    told = typed(at_work.path, "worklist", "--officer", OFFICER, *words)
    assert 2 == told.exit_code


def test_who_stands_in_for_nobody_is_told_so(at_work: TrialSite, typed: Typed) -> None:
    """Without a recorded delegation there is no list of another's."""
    told = typed(at_work.path, "worklist", "--officer", OFFICER, "--acting-for", HEAD)
    assert (1, "") == (told.exit_code, told.stdout)
    assert "代理授权" in told.stderr


def test_a_running_site_notes_what_passes_at_the_change_of_day(
    at_work: TrialSite, typed: Typed
) -> None:
    """By the site's own clock; once, and it is in the record."""
    at_work.at("2024-03-06")
    assert all_duties(at_work.site)
    at_work.at("2024-03-07", hour=0)
    assert all_duties(at_work.site)
    assert all_duties(at_work.site)
    told = typed(at_work.path, "log", "--json", "--fact", "deadline_missed")
    [entry] = map(json.loads, told.stdout.splitlines())
    assert ("survey_start", "2024-03-06", "2024-03-07") == tuple(
        entry["data"][name] for name in ("step", "due_on", "noted_on")
    )
    assert ["COMPLAIN"] == [one["code"] for one in entry["data"]["advice"]]
    assert "SYSTEM/review" == entry["actor"]["officer"]
