"""A service process looks by itself for what a day asks of it."""

import threading
from collections.abc import Iterator

import pytest

from services.runtime.processes import days
from shared.facts.review import DeadlineMissed
from shared.log import store
from tests.review.houses import Houses, houses_on_each

__all__ = ["houses_on_each"]


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Looks without a pause; ended with the test."""
    monkeypatch.setattr(days, "LOOK_SECONDS", 0.01)
    ending = threading.Event()
    yield ending
    ending.set()


def noted(houses: Houses) -> list[str]:
    """The steps whose limit was noted as missed."""
    with houses.review.database.read() as conn:
        facts = houses.review.open(store.read(conn, 0, 10_000), conn)
    return [one.fact.step for one in facts if isinstance(one.fact, DeadlineMissed)]


def test_two_processes_note_what_passes_when_the_day_changes_once(
    houses_on_each: Houses, looking: threading.Event
) -> None:
    """At their start and at each change of the site's day, without being told."""
    houses = houses_on_each
    houses.accepted_case()
    houses.at("2024-03-07")
    duties = [days.keeping_days(houses.review, looking) for _ in range(2)]
    for duty in duties:
        duty.start()
    while len(noted(houses)) < 1:
        pass
    houses.at("2024-04-01")
    while len(noted(houses)) < 2:
        pass
    for duty in duties:
        duty.ask_to_stop()
    for duty in duties:
        duty.join()

    assert ["survey_start", "decide"] == noted(houses)
    assert [None, None] == [duty.standing_still for duty in duties]
