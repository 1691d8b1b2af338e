"""A follower's queue: applied first, acknowledged then; what is parked is tried again."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from shared.carrying.follower import Follower, LogOutOfOrder, Status
from shared.carrying.rabbit import consumer as consumer_module
from shared.carrying.rabbit.consumer import FollowConsumer
from shared.carrying.source import Carried
from shared.carrying.wire import Stamp
from tests.shared.carrying.rabbit.brokers import LOG, STAMP, FakeConnection, delivery

NEVER = 1e9  # seconds


class Trouble(Exception):
    """The follower's database is gone."""


class FakeFollower:
    """Notes what is asked of it beside what the channel did; `fails`: with what, one after another."""

    service, log = "reporting", LOG

    def __init__(self, did: list[tuple[Any, ...]]) -> None:
        self._did = did
        self.fails: list[Exception] = []

    def apply(self, facts: Sequence[Carried]) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self._did.append(("apply", *(one.position for one in facts)))

    def step(self) -> int:
        self._did.append(("ask",))
        return 0

    def retry_parked(self) -> None:
        self._did.append(("retry",))

    def status(self) -> Status:
        raise AssertionError("it is not quiet yet")


class Scene:
    """A consumer between a fake broker and a fake follower."""

    def __init__(self) -> None:
        self.connection = FakeConnection()
        self.did = self.connection.did
        self.follower = FakeFollower(self.did)
        self.refused: list[str] = []
        follower = cast("Follower", self.follower)
        self.consumer = FollowConsumer("amqp://nobody", 60, follower, STAMP, self.refused.append)


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Nothing is due but what comes from the queue."""
    scene = Scene()
    monkeypatch.setattr(consumer_module, "connect", lambda *_given: scene.connection)
    monkeypatch.setattr(consumer_module, "QUIET_SECONDS", NEVER)
    monkeypatch.setattr(consumer_module, "RETRY_SECONDS", NEVER)
    return scene


def test_a_message_is_acknowledged_after_its_facts_took_effect(scene: Scene) -> None:
    """All that came together with one acknowledgement, up to the last."""
    scene.connection.deliver(delivery(1, 0, 1), delivery(2, 2))
    scene.consumer.step()
    assert [("apply", 0, 1, 2), ("ack", 2, True)] == scene.did
    assert 2 == scene.consumer.head


def test_each_part_of_a_large_batch_takes_effect_before_any_acknowledgement(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several transactions, one acknowledgement."""
    monkeypatch.setattr(consumer_module, "FACTS_AT_ONCE", 2)
    scene.connection.deliver(delivery(1, 0, 1), delivery(2, 2))
    scene.consumer.step()
    assert [("apply", 0, 1), ("apply", 2), ("ack", 2, True)] == scene.did


def test_nothing_is_acknowledged_when_the_facts_took_no_effect(scene: Scene) -> None:
    """It is tried again with the same messages, and acknowledged then."""
    scene.follower.fails = [Trouble()]
    scene.connection.deliver(delivery(1, 0))
    with pytest.raises(Trouble):
        scene.consumer.step()
    assert [] == scene.did
    scene.consumer.step()
    assert [("apply", 0), ("ack", 1, True)] == scene.did


def test_nothing_is_acknowledged_when_the_second_part_took_no_effect(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first part's messages come again too, and are dropped as seen."""
    monkeypatch.setattr(consumer_module, "FACTS_AT_ONCE", 1)
    real = scene.follower.apply

    def first_only(facts: Sequence[Carried]) -> None:
        if scene.did:
            raise Trouble
        real(facts)

    monkeypatch.setattr(scene.follower, "apply", first_only)
    scene.connection.deliver(delivery(1, 0), delivery(2, 1))
    with pytest.raises(Trouble):
        scene.consumer.step()
    assert [("apply", 0)] == scene.did


def test_a_gap_is_fetched_before_the_message_is_applied_and_acknowledged(scene: Scene) -> None:
    """The source is asked in between."""
    scene.follower.fails = [LogOutOfOrder()]
    scene.connection.deliver(delivery(1, 5))
    scene.consumer.step()
    assert [("ask",), ("apply", 5), ("ack", 1, True)] == scene.did


def test_a_strangers_message_goes_to_the_dead_letters_and_is_not_applied(scene: Scene) -> None:
    """Rejected for good, told to the site; ours beside it is applied."""
    stranger = Stamp(bytes([8]) * 32)
    scene.connection.deliver(delivery(1, 0), delivery(2, 1, stamp=stranger))
    scene.consumer.step()
    assert [("apply", 0), ("reject", 2, False), ("ack", 1, True)] == scene.did
    assert ["stranger"] == scene.refused


def test_strangers_messages_alone_are_never_acknowledged(scene: Scene) -> None:
    """An acknowledged message would be gone without a trace."""
    scene.connection.deliver(delivery(1, 0, stamp=Stamp(bytes([8]) * 32)))
    scene.consumer.step()
    assert [("reject", 1, False)] == scene.did


def test_what_is_parked_is_tried_again_while_the_queue_is_empty(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step at which it is due."""
    monkeypatch.setattr(consumer_module, "RETRY_SECONDS", 0.0)
    scene.consumer.step()
    scene.consumer.step()
    assert [("retry",), ("retry",)] == scene.did


def test_what_is_parked_is_tried_again_while_messages_come(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue that never falls empty keeps nothing parked."""
    monkeypatch.setattr(consumer_module, "RETRY_SECONDS", 0.0)
    scene.connection.deliver(delivery(1, 0))
    scene.consumer.step()
    assert [("apply", 0), ("ack", 1, True), ("retry",)] == scene.did


def test_closing_gives_back_what_was_not_acknowledged(scene: Scene) -> None:
    """The connection goes, without an acknowledgement."""
    scene.follower.fails = [Trouble()]
    scene.connection.deliver(delivery(1, 0))
    with pytest.raises(Trouble):
        scene.consumer.step()
    scene.consumer.close()
    assert (True, False, []) == (scene.connection.collected, scene.consumer.connected, scene.did)
