"""`yingbao policy` at a site: its own file, what was published, and what a draft would do."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Typed
from tests.plays import Play
from tests.sites import TrialSite

PACK = """pack: {name}
title: 拟定标准
parameters:
  standard.rural_month_fen:
    title: 农村低保标准（每人每月）
    unit: fen_per_month
    values:
      - {{from: {day}, value: {yuan}元, citation: 拟定, certainty: P}}
  standard.urban_month_fen:
    title: 城市低保标准（每人每月）
    unit: fen_per_month
    values:
      - {{from: {day}, value: {yuan}元, citation: 拟定, certainty: P}}
"""


def answer(typed: Typed, home: Path, *words: str) -> Any:
    """What the command prints with --json, taken well."""
    told = typed(home, *words, "--json")
    assert 0 == told.exit_code, told.output
    return json.loads(told.stdout)


def standard(typed: Typed, home: Path, on: str, *words: str) -> tuple[int, str]:
    """The rural standard of a day, and the version that gives it."""
    found = answer(typed, home, "policy", "show", "--on", on, *words)["parameters"]
    [one] = [each for each in found if each["name"] == "standard.rural_month_fen"]
    return one["value"], one["version"]


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[str], str]:
    """A file with another standard for town and country."""

    def made(yuan: str) -> str:
        path = tmp_path / f"draft-{yuan}.yaml"
        path.write_text(PACK.format(name="draft", day="2024-05-01", yuan=yuan), "utf-8")
        return str(path)

    return made


def test_a_site_shows_its_file_and_what_was_published_over_it(
    trial_site: TrialSite, typed: Typed, draft: Callable[[str], str]
) -> None:
    """Built-in, own, published, and one more file that is given; each from its day on."""
    text = PACK.format(name="bureau", day="2024-05-01", yuan="480")
    trial_site.do("bureau-1", "publish_policy", text=text)
    home, own = trial_site.path, PACK.format(name="own", day="2024-03-01", yuan="460")
    (home / "own.yaml").write_text(own, "utf-8")
    (home / "settings.env").write_text("YINGBAO_POLICY=own.yaml\n", "utf-8")

    assert (45_500, "huaiyang/2024-01-01") == standard(typed, home, "2024-02-29")
    assert (46_000, "own/2024-03-01") == standard(typed, home, "2024-03-01")
    assert (48_000, "bureau/2024-05-01") == standard(typed, home, "2024-05-01")
    over = "2024-05-01", "--policy", draft("500")
    assert (50_000, "draft/2024-05-01") == standard(typed, home, *over)


def test_limits_and_assessments_at_a_site_go_by_its_policy(
    trial_site: TrialSite, typed: Typed
) -> None:
    """One policy for whoever asks there."""
    text = PACK.format(name="bureau", day="2024-05-01", yuan="480")
    trial_site.do("bureau-1", "publish_policy", text=text)
    shown = answer(typed, trial_site.path, "policy", "show", "--on", "2024-05-01")["policy"]
    household = {"members": [{"id": "a", "relation": "APPLICANT", "age": 50}], "category": "RURAL"}
    asked = trial_site.path / "household.json"
    asked.write_text(json.dumps(household), "utf-8")
    words = "--programme", "subsistence_allowance", "--accepted", "2024-05-06"
    limits = answer(typed, trial_site.path, "deadlines", *words)
    judged = answer(typed, trial_site.path, "assess", str(asked), "--on", "2024-05-06")

    assert {shown} == {limits["policy"], judged["policy_digest"]}
    assert (48_000, True) == (judged["allowance_fen"], judged["eligible"])


def test_a_draft_that_changes_nothing_gives_what_is_paid(
    finished_play: Play, typed: Typed, tmp_path: Path
) -> None:
    """Every household in payment, for exactly its allowance on record."""
    same = tmp_path / "same.yaml"
    same.write_text(NOTHING_NEW, "utf-8")
    words = "policy", "simulate", str(same), "--on", "2024-04-01"
    found = answer(typed, finished_play.home, *words)
    confirmed, amount = on_record(finished_play.home)

    assert (confirmed, amount, amount, 0) == tuple(
        found["standings"]["CONFIRMED"][name]
        for name in ("households_count", "before_fen", "after_fen", "difference_fen")
    )
    assert {} == found["not_judged"]


NOTHING_NEW = """pack: same
title: 没有变化
parameters:
  local.nothing:
    title: 与认定无关
    unit: persons
    values:
      - {from: 2024-04-01, value: 1, citation: 拟定, certainty: P}
"""


def on_record(home: Path) -> tuple[int, int]:
    """How many are in payment, and for how much a month, as review's rows say."""
    with sqlite3.connect(home / "review.db") as conn:
        query = "SELECT count(*), sum(allowance_fen) FROM \"case\" WHERE status = 'CONFIRMED'"
        count, amount = conn.execute(query).fetchone()
    conn.close()
    return count, amount


@pytest.mark.parametrize(("yuan", "more", "less"), [("900", True, False), ("1", False, True)])
def test_another_standard_brings_all_more_or_sends_them_out(
    finished_play: Play, typed: Typed, draft: Callable[[str], str], yuan: str, *,
    more: bool, less: bool
) -> None:  # fmt: skip
    """Townships and standings each add up to the whole."""
    found = answer(typed, finished_play.home, "policy", "simulate", draft(yuan))
    confirmed, amount = on_record(finished_play.home)
    paid = found["standings"]["CONFIRMED"]

    assert (confirmed * more, confirmed * less) == (paid["more_count"], paid["out_count"])
    assert (more, less) == (paid["after_fen"] > amount, paid["after_fen"] == 0)
    assert "2024-05-01" == found["on"]
    for name in ("households_count", "in_count", "out_count", "more_count", "less_count",
                 "before_fen", "after_fen", "difference_fen"):  # fmt: skip
        for parts in ("standings", "townships"):
            assert found[name] == sum(one[name] for one in found[parts].values())


def test_a_simulation_touches_nothing(
    copied_play: Callable[[], Path], typed: Typed, draft: Callable[[str], str]
) -> None:
    """Not a byte of any database or record."""
    home = copied_play()
    before = contents(home)
    assert 0 == typed(home, "policy", "simulate", draft("900")).exit_code
    assert before == contents(home)


def contents(home: Path) -> dict[str, bytes]:
    """Every file, less the shared memory that SQLite keeps beside a database while it is read."""
    files = (path for path in home.rglob("*") if path.is_file())
    found = {str(p.relative_to(home)): p.read_bytes() for p in files if p.suffix != ".db-shm"}
    return {name: content for name, content in found.items() if content}


def test_a_household_that_cannot_be_judged_is_told_by_its_reason(
    copied_play: Callable[[], Path], typed: Typed, draft: Callable[[str], str]
) -> None:
    """Here one whose key was destroyed; it counts in no sum."""
    home = copied_play()
    confirmed, _ = on_record(home)
    with sqlite3.connect(home / "review.db") as conn:
        query = "SELECT household FROM \"case\" WHERE status = 'CONFIRMED' ORDER BY 1 LIMIT 1"
        erased = conn.execute(query).fetchone()
        conn.execute("UPDATE subject_key SET wrapped = NULL WHERE household = ?", erased)
    conn.close()
    found = answer(typed, home, "policy", "simulate", draft("900"))
    told = typed(home, "policy", "simulate", draft("900")).stdout

    assert {"HOUSEHOLD_ERASED": 1} == found["not_judged"]
    assert confirmed - 1 == found["standings"]["CONFIRMED"]["households_count"]
    assert "HOUSEHOLD_ERASED 1户" in told
    assert "合计" in told


def test_a_bad_draft_is_refused_with_every_fault(
    finished_play: Play, typed: Typed, tmp_path: Path
) -> None:
    """As a pack is on load."""
    bad = tmp_path / "bad.yaml"
    bad.write_text(NOTHING_NEW.replace("value: 1", "value: x").replace("P}", "Q}"), "utf-8")
    told = typed(finished_play.home, "policy", "simulate", str(bad), "--json")

    assert 1 == told.exit_code
    assert "BAD_POLICY" == json.loads(told.stdout)["refused"]["code"]
    assert 2 == told.stderr.count("BAD_VALUE")
