"""The process killed at any moment and started again ends as if nothing had happened."""

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS
from services.runtime.verifying import verify_log
from tests.plays import PLAY, Play, shared_once
from tests.processes import (
    SERVICES,
    facts_by_name,
    facts_count,
    finished,
    kill_at,
    rows,
    start,
    yingbao,
)

KILLS = 5
WHEN = random.Random(20240301)


@dataclass(frozen=True)
class Runs:
    """The same play twice: left alone, and killed `killed_at` (facts in all logs at each death)."""

    quiet: Path
    killed: Path
    killed_at: list[int]


@pytest.fixture(scope="module")
def runs(finished_play: Play, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Runs:
    """Played once in peace, then once under fire."""
    with shared_once(tmp_path_factory, worker_id, "killed-play") as (shared, ready):
        home, told = shared / "home", shared / "killed_at.json"
        if not ready:
            total = facts_count(finished_play.home)
            deaths = _under_fire(home, sorted(WHEN.sample(range(1, total), KILLS)))
            last = yingbao(home, *PLAY, "--resume")
            assert last.returncode == 0, last.stderr
            told.write_text(json.dumps(deaths), "utf-8")
        return Runs(finished_play.home, home, json.loads(told.read_text("utf-8")))


def _under_fire(home: Path, moments: list[int]) -> list[int]:
    deaths: list[int] = []
    for moment in moments:
        if deaths and facts_count(home) >= moment:
            continue  # the last life got further than this
        process = start(home, *PLAY, *(["--resume"] if deaths else []))
        assert kill_at(process, home, moment), finished(process).stderr
        deaths.append(facts_count(home))
    return deaths


def test_it_died_in_several_phases_of_the_month(runs: Runs) -> None:
    """The test kills what it means to kill: while founding and appointing, and later on."""
    assert 3 <= len(runs.killed_at) <= KILLS
    assert runs.killed_at == sorted(set(runs.killed_at))
    assert runs.killed_at[-1] < facts_count(runs.quiet)


def test_the_totals_are_those_of_an_undisturbed_run(runs: Runs) -> None:
    """Every figure of the summary, money included; only the seconds differ."""
    assert _figures(runs.quiet) == _figures(runs.killed)


def test_no_fact_is_lost_or_doubled(runs: Runs) -> None:
    """Each log holds each fact as often as in the undisturbed run."""
    assert facts_by_name(runs.quiet) == facts_by_name(runs.killed)


def test_every_log_verifies_after_its_deaths(runs: Runs) -> None:
    """Signatures, consistency with all checkpoints, and reporting's copy."""
    reports = [verify_log(Home(runs.killed), d.name) for d in DEFINITIONS]
    assert [(r.log, True, ()) for r in reports] == [(r.log, r.ok, r.findings) for r in reports]


@pytest.mark.parametrize("service", SERVICES)
def test_positions_are_dense(runs: Runs, service: str) -> None:
    """0, 1, 2 … with nothing left out."""
    found = [row[0] for row in rows(runs.killed, service, "SELECT position FROM fact ORDER BY 1")]
    assert list(range(len(found))) == found


def test_no_line_is_paid_twice(runs: Runs) -> None:
    """A household's money of a month is settled at most once, by the facts and by the books."""
    settled = rows(
        runs.killed,
        "payments",
        "SELECT stream, count(*) FROM fact WHERE name = 'payments.payment_settled' GROUP BY stream",
    )
    assert settled
    assert [] == [stream for stream, count in settled if count != 1]
    booked = rows(runs.killed, "payments", "SELECT count(*) FROM attempt WHERE status = 'SETTLED'")
    assert [(len(settled),)] == booked


def test_no_command_was_carried_out_twice(runs: Runs) -> None:
    """The doors remember as many commands as in the undisturbed run."""
    for service in SERVICES:
        query = "SELECT count(*), count(DISTINCT command_id) FROM command_done"
        assert rows(runs.quiet, service, query) == rows(runs.killed, service, query), service


def test_every_follower_stands_at_its_head(runs: Runs) -> None:
    """Nothing waits, nothing is parked."""
    said = yingbao(runs.killed, "follow", "status", "--json")
    assert said.returncode == 0, said.stdout
    assert [(0, 0)] * sum(len(d.follows) for d in DEFINITIONS) == [
        (row["lag"], row["parked"]) for row in json.loads(said.stdout)
    ]


def _figures(home: Path) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads((home / "summary.json").read_text("utf-8"))
    return {name: value for name, value in summary.items() if name not in ("seconds", "roots")}
