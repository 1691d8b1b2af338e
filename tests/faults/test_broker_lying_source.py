"""A source that lies when it is asked: nothing of what it says is applied."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from amqp import Message

from shared.carrying.follower import Follower, LogOutOfOrder
from shared.carrying.rabbit.calling import Caller
from shared.carrying.rabbit.connecting import channel_of, connect, drop
from shared.carrying.rabbit.remote import RemoteSource
from shared.carrying.source import Carried
from shared.carrying.wire import NotOurs, Stamp
from tests.faults.broker_posting import RPC
from tests.houses import Houses, rows_of
from tests.servers import RabbitVhost

Items = list[dict[str, Any]]
Lie = Callable[[Stamp, Sequence[Carried]], Items]


def forged(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """With another site's key."""
    return [Stamp(bytes(32)).to_json(one) for one in facts]


def changed(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """One fact's body under another's code."""
    items = [stamp.to_json(one) for one in facts]
    return [items[0] | {"body": items[1]["body"]}, *items[1:]]


def gapped(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """The first is left out."""
    return [stamp.to_json(one) for one in facts[1:]]


def disordered(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """Last first."""
    return [stamp.to_json(one) for one in reversed(facts)]


def repeated(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """The first twice."""
    return [stamp.to_json(one) for one in (facts[0], *facts)]


def of_another_log(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """Ours, but not what was asked for."""
    return [stamp.to_json(replace(one, log="411603/review")) for one in facts]


def unreadable(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """No body at all."""
    return [{"log": "411603/gateway"}]


def honest(stamp: Stamp, facts: Sequence[Carried]) -> Items:
    """As it is."""
    return [stamp.to_json(one) for one in facts]


@pytest.fixture
def asked(houses: Houses, rabbit_vhost: RabbitVhost) -> Iterator[Follower]:
    """Intake, following whatever answers for the gateway over RPC."""
    caller = Caller(rabbit_vhost.url(), "intake")
    source = RemoteSource(houses.gateway.log, caller, Stamp(houses.site.carrier_key))
    yield houses.intake.follow(source)
    caller.close()


@pytest.mark.parametrize(
    ("lie", "error"),
    [
        (forged, NotOurs),
        (changed, NotOurs),
        (gapped, LogOutOfOrder),
        (disordered, LogOutOfOrder),
        (repeated, LogOutOfOrder),
        (of_another_log, NotOurs),
        (unreadable, NotOurs),
    ],
)
def test_nothing_that_a_lying_source_says_is_applied(
    houses: Houses, rabbit_vhost: RabbitVhost, asked: Follower, lie: Lie, error: type[Exception]
) -> None:
    """The follower stands where it stood; when the source is honest again, it goes on."""
    for number in range(3):
        houses.must("admin", "register_unit", unit=f"41160390{number}", title="某办",
                    kind="TOWNSHIP", from_on="2021-02-01")  # fmt: skip
    before = rows_of(houses.intake, "unit"), rows_of(houses.intake, "follow_cursor")
    with answering(houses, rabbit_vhost, lie), pytest.raises(error):
        asked.step()
    assert before == (rows_of(houses.intake, "unit"), rows_of(houses.intake, "follow_cursor"))
    with answering(houses, rabbit_vhost, honest):
        assert 3 == asked.step()
    assert houses.gateway.source.head() == rows_of(houses.intake, "follow_cursor")[0][1]


@contextmanager
def answering(houses: Houses, vhost: RabbitVhost, lie: Lie) -> Iterator[None]:
    """Somebody who answers one `facts_after` in the gateway's name."""
    connection = connect(vhost.url())
    channel, stamp = channel_of(connection), Stamp(houses.site.carrier_key)
    channel.exchange_declare(RPC, "topic", durable=True, auto_delete=False)
    queue = channel.queue_declare("", exclusive=True).queue
    channel.queue_bind(queue, RPC, "gateway.*")

    def answer(message: Any) -> None:
        given = json.loads(message.body)["kwargs"]
        said = lie(stamp, houses.gateway.source.facts_after(given["position"], given["limit"]))
        reply = Message(
            json.dumps({"result": said, "error": None}),
            correlation_id=message.properties["correlation_id"],
        )
        channel.basic_publish(reply, exchange=RPC, routing_key=message.properties["reply_to"])

    channel.basic_consume(queue, no_ack=True, callback=answer)
    thread = threading.Thread(target=connection.drain_events, kwargs={"timeout": 30})
    thread.start()
    try:
        yield
        thread.join()
    finally:
        drop(connection)
