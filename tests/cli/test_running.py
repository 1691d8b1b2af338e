"""`yingbao run`, `token`, `execute`, `follow status`: a site and its door, by hand."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.runtime.embedded import open_site
from tests.cli.conftest import Typed
from tests.journeys.story import FIRST, HEAD, STRAIGHT
from tests.processes import facts_by_name, facts_count, finished, start, yingbao
from tests.sites import TrialSite


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A founded site that nobody runs."""
    TrialSite(tmp_path / "site").close()
    return tmp_path / "site"


@pytest.fixture
def running(home: Path) -> Iterator[subprocess.Popen[str]]:
    """`yingbao run --all`, once it says that it runs."""
    process = start(home, "run", "--all", PYTHONUNBUFFERED="1")
    assert process.stdout is not None
    assert "运行中" in process.stdout.readline()
    yield process
    if process.poll() is None:
        process.kill()
        finished(process)


def test_one_process_runs_a_site_and_a_second_is_refused(
    running: subprocess.Popen[str], home: Path, typed: Typed
) -> None:
    """The sentence names the holder; readers are welcome; SIGTERM ends it with status 0."""
    second = yingbao(home, "run", "--all")
    assert (1, "") == (second.returncode, second.stdout)
    assert f"该站点正由另一进程（{running.pid}）写入，请等它结束或先停止它。\n" == second.stderr
    for words in (("verify",), ("log", "--limit", "1"), ("follow", "status")):
        assert 0 == typed(home, *words).exit_code, words
    running.send_signal(signal.SIGTERM)
    ended = finished(running)
    assert (0, "") == (ended.returncode, ended.stderr)
    assert "已停止" in ended.stdout
    with open_site(home):
        assert 0 == typed(home, "follow", "status").exit_code


def test_without_all_the_mode_is_explained(home: Path, typed: Typed) -> None:
    """Wrong words: exit status 2."""
    told = typed(home, "run")
    assert (2, "") == (told.exit_code, told.stdout)
    assert "run --all" in told.stderr


def test_a_command_by_hand_is_done_and_repeated_by_its_id(home: Path, typed: Typed) -> None:
    """The same id gives the first answer and nothing new."""
    identity = "5f0c1f6e-9f3a-4c1e-8f57-0a4f5f1d2b3c"
    first = _executed(home, typed, FIRST, "submit_application", STRAIGHT.application(), identity)
    assert (0, "done", 1) == (first["exit"], first["outcome"], first["version"])
    before = facts_count(home)
    again = _executed(home, typed, FIRST, "submit_application", STRAIGHT.application(), identity)
    assert first == again
    assert before == facts_count(home)
    assert 0 == typed(home, "verify").exit_code


def test_a_refused_or_denied_command_is_answered_recorded_and_no_success(
    home: Path, typed: Typed
) -> None:
    """Exit status 1; the record says who tried."""
    incomplete = STRAIGHT.application() | {"honesty_statement": False}
    stream = _executed(home, typed, FIRST, "submit_application", incomplete)["stream"]
    case = {"case": stream.removeprefix("application/")}
    refused = _executed(home, typed, FIRST, "accept_application", case)
    assert (1, "refused", "MATERIALS_MISSING") == (
        refused["exit"], refused["outcome"], refused["code"],
    )  # fmt: skip
    denied = _executed(home, typed, HEAD, "submit_application", STRAIGHT.application())
    assert (1, "denied", "WRONG_ROLE") == (denied["exit"], denied["outcome"], denied["code"])
    assert 2 == facts_by_name(home)["intake", "door.command_refused"]


def test_a_forged_token_is_answered_and_leaves_no_fact(home: Path, typed: Typed) -> None:
    """What can't be authenticated never enters the permanent log."""
    before = facts_count(home)
    token = typed(home, "token", "--officer", FIRST).stdout.strip()
    head, claims, signature = token.split(".")
    forged = f"{head}.{claims}.{signature[:-8]}{'A' * 8}"
    told = typed(
        home, "execute", "submit_application", "--token", forged,
        given=json.dumps(STRAIGHT.application()),
    )  # fmt: skip
    assert (1, "unauthenticated") == (told.exit_code, json.loads(told.stdout)["outcome"])
    assert before == facts_count(home)


def test_a_payload_that_is_no_json_is_told_in_one_sentence(home: Path, typed: Typed) -> None:
    """Before the site is opened."""
    told = typed(home, "execute", "submit_application", "--token", "x", given="{not json")
    assert (1, "") == (told.exit_code, told.stdout)
    assert "不是有效的 JSON" in told.stderr


@pytest.mark.parametrize(
    "given", ['{"case": "a", "case": "b"}', '{"fen": NaN}', '{"fen": Infinity}', "[" * 200_000]
)
def test_what_looks_like_json_is_not_guessed_at(home: Path, typed: Typed, given: str) -> None:
    """A name given twice, a number that is none, nesting without end."""
    told = typed(home, "execute", "submit_application", "--token", "x", given=given)
    assert (1, "") == (told.exit_code, told.stdout)
    assert "不是有效的 JSON" in told.stderr


def test_follow_status_counts_what_waits(home: Path, typed: Typed) -> None:
    """Exit status 0 at the head, 1 while somebody lags; each follower with its source."""
    rows = json.loads(typed(home, "follow", "status", "--json").stdout)
    assert {("intake", "411603/gateway"), ("review", "411603/intake")} <= {
        (row["follower"], row["log"]) for row in rows
    }
    assert [(0, 0)] * len(rows) == [(row["lag"], row["parked"]) for row in rows]
    with open_site(home) as site:
        token = site.token(FIRST)
        identity = "5f0c1f6e-9f3a-4c1e-8f57-0a4f5f1d2b3c"
        done = site.execute("submit_application", STRAIGHT.application(), token, identity)
        assert done.done, done
        behind = typed(home, "follow", "status", "--json")
        assert 1 == behind.exit_code
        lags = {(r["follower"], r["log"]): r["lag"] for r in json.loads(behind.stdout)}
        assert (1, 1, 0) == (
            lags["review", "411603/intake"],
            lags["reporting", "411603/intake"],
            lags["intake", "411603/gateway"],
        )
        assert "跟随情况" in typed(home, "follow", "status").stdout


def test_a_site_is_founded_once_with_its_administrator(tmp_path: Path, typed: Typed) -> None:
    """`init` founds; the administrator's token works at once; a second `init` is refused."""
    home = tmp_path / "new"
    words = ("init", "--administrator", "o-411603-1", "--name", "管某某")
    assert 0 == typed(home, *words).exit_code
    unit = {"unit": "411603101", "title": "新站镇", "kind": "TOWNSHIP", "from_on": "2021-02-01"}
    done = _executed(home, typed, "o-411603-1", "register_unit", unit)
    assert (0, "done") == (done["exit"], done["outcome"])
    assert 0 == typed(home, "verify").exit_code
    again = typed(home, *words)
    assert (1, "") == (again.exit_code, again.stdout)
    assert str(home) in again.stderr
    assert 1 == len(again.stderr.splitlines())


def test_a_founding_that_was_killed_leaves_no_half_made_site(tmp_path: Path, typed: Typed) -> None:
    """It is built beside its place and moved there whole; what a crash left is swept away."""
    home, left = tmp_path / "new", tmp_path / ".new.founding"
    left.mkdir()
    (left / "site.json").write_text("{", "utf-8")
    assert 0 == typed(home, "init", "--trial").exit_code
    assert not left.exists()
    assert 0 == typed(home, "verify").exit_code
    modes = {path.stat().st_mode & 0o077 for path in home.iterdir()}
    assert {0} == modes


def test_a_trial_sites_clock_moves_on_and_never_back(tmp_path: Path, typed: Typed) -> None:
    """`clock` shows the time in China."""
    home = tmp_path / "new"
    typed(home, "init", "--trial")
    assert "2031-05-06T09:00:00+08:00" == typed(home, "clock", "--to", "2031-05-06").stdout.strip()
    back = typed(home, "clock", "--to", "2024-01-01")
    assert (1, "时钟不能往回拨。") == (back.exit_code, back.stderr.strip())


def _executed(
    home: Path, typed: Typed, officer: str, name: str, payload: object, identity: str = ""
) -> dict[str, Any]:
    token = typed(home, "token", "--officer", officer).stdout.strip()
    words = ["execute", name, "--token", token, *(["--id", identity] if identity else [])]
    told = typed(home, *words, given=json.dumps(payload))
    assert told.stderr == ""
    return {**json.loads(told.stdout), "exit": told.exit_code}
