"""The same seed gives the same roots, wherever and whenever it is played."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.plays import HOUSEHOLDS, PLAY, SEED, Play
from tests.processes import facts_count, finished, kill_at, start, yingbao

OTHER = ("demo", "--households", "4", "--seed", "45")


def test_the_same_seed_gives_the_same_roots_and_another_seed_others(
    finished_play: Play, tmp_path: Path
) -> None:
    """In another folder at another time, over an interrupted run, over another play's remains.

    Each run says what it replaces, and nothing of the former is left over or added to.
    """
    home, expected = tmp_path / "home", _summary(finished_play.home)
    other = yingbao(home, *OTHER)
    assert other.returncode == 0, other.stderr
    theirs = _summary(home)["roots"]
    assert [] == [log for log, root in expected["roots"].items() if theirs[log] == root]
    (home / "rosters" / "left-over.xlsx").write_bytes(b"of the former run")
    interrupted = start(home, *PLAY)
    assert kill_at(interrupted, home, 300, cleared_first=True), finished(interrupted).stderr
    again = yingbao(home, *PLAY)
    assert again.returncode == 0, again.stderr
    assert f"（{HOUSEHOLDS} 户，种子 {SEED}，2024-03）" in again.stdout.replace("\n", "")
    assert expected == _summary(home)
    assert _documents(finished_play.home) == _documents(home)


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    """Somebody's folder is never emptied."""
    (tmp_path / "letters.txt").write_text("dear", "utf-8")
    refused = yingbao(tmp_path, *PLAY)
    assert (1, "") == (refused.returncode, refused.stdout)
    assert "NOT_A_DEMO" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert ["letters.txt"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    "other",
    [
        ("--households", str(HOUSEHOLDS + 1), "--seed", str(SEED)),
        ("--households", str(HOUSEHOLDS), "--seed", str(SEED + 1)),
        ("--households", str(HOUSEHOLDS), "--seed", str(SEED), "--month", "2024-05"),
    ],
)
def test_a_demo_is_not_resumed_with_other_parameters(
    finished_play: Play, other: tuple[str, ...]
) -> None:
    """Going on with another play would mix two."""
    before = facts_count(finished_play.home)
    refused = yingbao(finished_play.home, "demo", "--resume", *other)
    assert (1, "") == (refused.returncode, refused.stdout)
    assert "NOTHING_TO_RESUME" in refused.stderr
    assert before == facts_count(finished_play.home)


def test_where_nothing_was_begun_nothing_is_resumed(tmp_path: Path) -> None:
    """An empty folder stays empty."""
    refused = yingbao(tmp_path / "none", *PLAY, "--resume")
    assert 1 == refused.returncode
    assert "NOTHING_TO_RESUME" in refused.stderr
    assert not (tmp_path / "none").exists()


def test_resuming_a_finished_demo_changes_nothing(copied_play: Callable[[], Path]) -> None:
    """Every command finds its first answer."""
    home = copied_play()
    before = _summary(home)
    again = yingbao(home, *PLAY, "--resume")
    assert again.returncode == 0, again.stderr
    assert before == _summary(home)


def _summary(home: Path) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads((home / "summary.json").read_text("utf-8"))
    del summary["seconds"]
    return summary


def _documents(home: Path) -> dict[str, bytes]:
    """Sheets, rosters, bank files and tables by name."""
    folders = ("sheets", "rosters", "bank", "tables")
    found = (path for folder in folders for path in sorted((home / folder).iterdir()))
    return {str(path.relative_to(home)): path.read_bytes() for path in found}
