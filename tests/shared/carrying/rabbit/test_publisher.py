"""The publisher: it is done when the broker has confirmed everything, and not before."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.carrying.rabbit import publisher as publisher_module
from shared.carrying.rabbit.publisher import NotConfirmed, RabbitPublisher
from shared.carrying.source import Carried
from shared.carrying.wire import PAGE_FACTS_MAX
from tests.shared.carrying.rabbit.brokers import STAMP, FakeConnection, fact


def facts(message_count: int) -> list[Carried]:
    """As many as fill so many messages."""
    return [fact(position) for position in range(message_count * PAGE_FACTS_MAX)]


class Scene:
    """A publisher and the connections it opens, the last one in front."""

    def __init__(self) -> None:
        self.prepared = [FakeConnection(), FakeConnection()]
        self.opened: list[FakeConnection] = []
        self.publisher = RabbitPublisher("amqp://nobody", "intake", STAMP)

    def connect(self, _url: str) -> FakeConnection:
        self.opened.append(self.prepared[len(self.opened)])
        return self.opened[-1]


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A broker that says what a test lets it say; then no more patience."""
    scene = Scene()
    monkeypatch.setattr(publisher_module, "connect", scene.connect)
    return scene


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """No more waiting from now on."""
    return lambda: monkeypatch.setattr(publisher_module, "CONFIRM_SECONDS", 0.01)


def test_it_returns_once_every_message_is_confirmed(scene: Scene) -> None:
    """Sent all, mandatory, on a channel with confirms; every confirm was heard."""
    connection = scene.prepared[0]
    for tag in (1, 2, 3):
        connection.say("basic_ack", tag, False)
    scene.publisher.publish(facts(3))
    sent = [("publish", 1, True), ("publish", 2, True), ("publish", 3, True)]
    assert [("confirm_select",), *sent] == connection.did
    assert 0 == len(connection.coming)


@given(st.permutations([1, 2, 3, 4]))
def test_confirms_in_any_order_are_all_waited_for(order: list[int]) -> None:
    """The last to come is the one it waits for."""
    scene = Scene()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publisher_module, "connect", scene.connect)
        for tag in order:
            scene.prepared[0].say("basic_ack", tag, False)
        scene.publisher.publish(facts(4))
    assert 0 == len(scene.prepared[0].coming)


def test_one_confirm_may_stand_for_all_before_it(scene: Scene) -> None:
    """Among others that came early."""
    connection = scene.prepared[0]
    connection.say("basic_ack", 4, False)
    connection.say("basic_ack", 3, True)
    scene.publisher.publish(facts(4))
    assert 0 == len(connection.coming)


@pytest.mark.parametrize("confirmed", [[], [1], [2, 3], [1, 3]])
def test_a_message_without_its_confirm_is_trouble(
    scene: Scene, impatient: Callable[[], None], confirmed: list[int]
) -> None:
    """Whichever it is."""
    impatient()
    for tag in confirmed:
        scene.prepared[0].say("basic_ack", tag, False)
    with pytest.raises(NotConfirmed, match="doesn't confirm"):
        scene.publisher.publish(facts(3))


def test_a_refused_message_is_trouble(scene: Scene) -> None:
    """The broker had no room, or lost its disk."""
    scene.prepared[0].say("basic_ack", 1, False)
    scene.prepared[0].say("basic_nack", 2, False)
    with pytest.raises(NotConfirmed, match="refused a message"):
        scene.publisher.publish(facts(2))


def test_a_message_that_no_queue_takes_is_trouble_though_it_is_confirmed(scene: Scene) -> None:
    """The broker gives it back and confirms it right after."""
    connection = scene.prepared[0]

    def returned_and_confirmed() -> None:
        connection.only_channel.tell("basic_return", 312, "NO_ROUTE", "facts.intake", "", None)
        connection.only_channel.tell("basic_ack", 1, False)

    connection.coming.append(returned_and_confirmed)
    with pytest.raises(NotConfirmed, match=r"nobody follows facts\.intake"):
        scene.publisher.publish(facts(1))


def test_the_same_channel_goes_on_counting(scene: Scene, impatient: Callable[[], None]) -> None:
    """What was confirmed before is no confirm of what comes after."""
    connection = scene.prepared[0]
    connection.say("basic_ack", 1, False)
    scene.publisher.publish(facts(1))
    connection.say("basic_ack", 2, False)
    scene.publisher.publish(facts(1))
    impatient()
    with pytest.raises(NotConfirmed):
        scene.publisher.publish(facts(1))
    assert 1 == len(scene.opened)


def test_after_a_drop_everything_starts_anew(scene: Scene, impatient: Callable[[], None]) -> None:
    """A new connection counts from one; neither confirms nor refusals of the old one hold."""
    first, second = scene.prepared
    first.say("basic_ack", 2, False)
    first.say("basic_nack", 1, False)
    with pytest.raises(NotConfirmed):
        scene.publisher.publish(facts(2))
    scene.publisher.drop()
    assert (True, False) == (first.collected, scene.publisher.connected)

    second.say("basic_ack", 1, False)
    scene.publisher.publish(facts(1))
    impatient()
    second.say("basic_ack", 2, False)
    with pytest.raises(NotConfirmed):
        scene.publisher.publish(facts(2))
    assert [first, second] == scene.opened
