"""Putting anything at all on the broker, as somebody with the operator's password could."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from amqp import Message
from kombu import Connection

from shared.carrying.rabbit.connecting import channel_of, connect, drop
from shared.carrying.source import Carried
from shared.carrying.wire import Stamp

RPC = "nameko-rpc"


class Post:
    """`to_queue` past every exchange; `to_rpc` as a call, whose answer may be waited for."""

    def __init__(self, connection: Connection) -> None:
        self._channel: Any = channel_of(connection)
        self._channel.confirm_select()
        self._connection = connection
        self._replies: list[Any] = []

    def to_queue(self, queue: str, body: Any, headers: Any = None, **properties: Any) -> None:
        """One message; without headers where none are given."""
        if headers is not None:
            properties["application_headers"] = headers
        self._channel.basic_publish_confirm(
            Message(body, **properties), exchange="", routing_key=queue
        )

    def fact(self, queue: str, stamp: Stamp, carried: Carried) -> None:
        """As the relay would send it, without waiting."""
        message = Message(carried.body, application_headers=stamp.headers(carried))
        self._channel.basic_publish(message, exchange="", routing_key=queue)

    def to_rpc(self, routing_key: str, body: Any, **properties: Any) -> None:
        """One message to whoever hears this key."""
        message = Message(body, **properties)
        self._channel.basic_publish_confirm(message, exchange=RPC, routing_key=routing_key)

    def answer(self, routing_key: str, body: Any, **properties: Any) -> dict[str, Any]:
        """What is answered to this call."""
        queue = self._channel.queue_declare("", exclusive=True).queue
        self._channel.queue_bind(queue, RPC, queue)
        self._channel.basic_consume(queue, no_ack=True, callback=self._replies.append)
        self.to_rpc(routing_key, body, reply_to=queue, content_type="application/json",
                    content_encoding="utf-8", **properties)  # fmt: skip
        while not self._replies:
            self._connection.drain_events(timeout=30)
        reply: dict[str, Any] = json.loads(self._replies.pop().body)
        return reply


class Never(datetime):
    """A time that AMQP can say and no calendar knows."""

    def utctimetuple(self) -> Any:
        return (9999, 1, 10**9, 0, 0, 0)


@contextmanager
def posting(url: str) -> Iterator[Post]:
    """A connection for this."""
    connection = connect(url)
    try:
        yield Post(connection)
    finally:
        drop(connection)


def call(*args: Any, **kwargs: Any) -> str:
    """A call as RPC writes it."""
    return json.dumps({"args": args, "kwargs": kwargs})
