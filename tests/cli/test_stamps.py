"""`yingbao verify` leaves word of what it found, where it can."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import Typed
from tests.processes import SERVICES
from tests.sites import TrialSite


def told(home: Path, service: str) -> dict[str, Any]:
    stamp: dict[str, Any] = json.loads((home / "verified" / f"{service}.json").read_text("utf-8"))
    return stamp


def test_every_verified_log_is_stamped(copied_play: Callable[[], Path], typed: Typed) -> None:
    """Size, root, and the site's own day, which on a trial is not the machine's."""
    home = copied_play()
    said = typed(home, "verify", "--json")
    assert 0 == said.exit_code
    for report, service in zip(json.loads(said.stdout), SERVICES, strict=True):
        stamp = told(home, service)
        assert stamp["last"] == stamp["last_ok"]
        assert (report["log"], report["size"], report["root"]) == (
            stamp["log"], stamp["last"]["size"], stamp["last"]["root"]
        )  # fmt: skip
        assert "2024" == stamp["last"]["at"][:4] != stamp["last"]["machine_at"][:4]


def test_a_failure_is_stamped_beside_the_last_success(trial_site: TrialSite, typed: Typed) -> None:
    """With kind and position of what is wrong, and nothing of anybody."""
    trial_site.site.checkpoint()
    assert 0 == typed(trial_site.path, "verify", "--log", "gateway").exit_code
    before = told(trial_site.path, "gateway")
    (trial_site.path / "signer" / "gateway" / "state.json").unlink()
    assert 1 == typed(trial_site.path, "verify", "--log", "gateway").exit_code
    stamp = told(trial_site.path, "gateway")
    assert before["last_ok"] == stamp["last_ok"]
    assert (False, [["signature_wrong", None]]) == (
        stamp["last"]["ok"],
        stamp["last"]["findings"],
    )


def test_where_no_stamp_can_be_left_everything_is_verified_all_the_same(
    trial_site: TrialSite, typed: Typed
) -> None:
    """An inspector's copy; here a file lies where the folder would be."""
    trial_site.site.checkpoint()
    (trial_site.path / "verified").write_bytes(b"")
    assert 0 == typed(trial_site.path, "verify").exit_code
    assert b"" == (trial_site.path / "verified").read_bytes()


def test_a_stamp_that_cannot_be_read_is_written_anew(trial_site: TrialSite, typed: Typed) -> None:
    """A damaged one counts as none."""
    trial_site.site.checkpoint()
    (trial_site.path / "verified").mkdir()
    (trial_site.path / "verified" / "review.json").write_text("{", "utf-8")
    assert 0 == typed(trial_site.path, "verify", "--log", "review").exit_code
    assert told(trial_site.path, "review")["last_ok"]["ok"]
