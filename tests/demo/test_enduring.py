"""A play on servers that are away for a moment."""

from collections.abc import Callable
from io import StringIO

import pytest
import sqlalchemy as sa
from rich.console import Console

from services.demo.choice import Choices
from services.demo.enduring import PAUSES_SECONDS, enduring
from services.demo.officers import DemoOfficer
from services.demo.stage import DemoInterrupted, Stage
from shared.answer import Answer
from shared.clock import FileClock
from tests.sites import TrialSite


def _failing(times: int, error: Exception) -> Callable[[], str]:
    left = [error] * times

    def play() -> str:
        if left:
            raise left.pop()
        return "played"

    return play


def _away() -> Exception:
    return sa.exc.OperationalError("SELECT 1", {}, Exception("server closed the connection"))


def test_a_play_begins_again_after_the_databases_trouble() -> None:
    """It waits a little longer each time and says so."""
    said, waited = StringIO(), list[float]()
    assert "played" == enduring(_failing(2, _away()), Console(file=said, width=100), waited.append)
    assert list(PAUSES_SECONDS[:2]) == waited
    assert 2 == said.getvalue().count("接着演示")


def test_trouble_that_stays_is_raised_in_the_end() -> None:
    """Nobody waits for ever."""
    waited = list[float]()
    with pytest.raises(sa.exc.OperationalError):
        enduring(_failing(99, _away()), Console(file=StringIO()), waited.append)
    assert list(PAUSES_SECONDS) == waited


def test_a_bug_is_not_waited_out() -> None:
    """It would only come out the same."""
    waited = list[float]()
    with pytest.raises(KeyError):
        enduring(_failing(1, KeyError("case")), Console(file=StringIO()), waited.append)
    assert [] == waited


def test_silence_is_no_decision(trial_site: TrialSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody to pay and nobody answering are different things: the play stops, and can go on."""
    silent = Answer("unavailable", code="UNAVAILABLE", sentence="")
    monkeypatch.setattr(trial_site.site, "execute", lambda *_: silent)
    clock = FileClock(trial_site.path / "clock")
    stage = Stage(trial_site.site, clock, Choices(1), lambda _count: None)
    officer = DemoOfficer("finance-1", "财某某", "FINANCE", "411603", "经办")
    with pytest.raises(DemoInterrupted) as stopped:
        stage.give(officer, "make_batch", ("bank", 1))
    assert "--resume" in stopped.value.sentence
