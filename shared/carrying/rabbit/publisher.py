"""Publishes facts with a window of confirms: all are sent, then all confirms are awaited.

A confirm awaited for each message alone would run at a twentieth of the rate.
"""

import time
from collections.abc import Sequence
from typing import Any

from amqp import Message
from kombu import Connection

from shared.carrying.rabbit.connecting import channel_of, connect, drop
from shared.carrying.source import Carried
from shared.carrying.topology import exchange_of
from shared.carrying.wire import Stamp, pages

CONFIRM_SECONDS = 10
PERSISTENT = 2


class NotConfirmed(Exception):
    """The broker refused, returned or did not confirm a message in time."""


class RabbitPublisher:
    """One log's way to its exchange; for one thread."""

    def __init__(self, url: str, service: str, stamp: Stamp) -> None:
        self._url, self._exchange, self._stamp = url, exchange_of(service), stamp
        self._connection: Connection | None = None
        self._channel: Any = None
        self._confirmed = 0  # every message up to this number
        self._early: set[int] = set()  # confirmed before some that were sent earlier
        self._sent = 0
        self._refused = ""

    def publish(self, facts: Sequence[Carried]) -> None:
        """See relay.Publisher. Raises NotConfirmed or what a broken connection raises."""
        if self._connection is None:
            self._open()
        for page in pages(facts):
            self._sent += 1
            self._channel.basic_publish(
                self._message(page), exchange=self._exchange, mandatory=True
            )
        self._await_confirms()

    def drop(self) -> None:
        """Let the connection go at once."""
        connection, self._connection, self._channel = self._connection, None, None
        drop(connection)

    def pulse(self) -> None:
        """Show the broker that we live, and hear what it has to say; for quiet times."""
        if self._connection is not None:
            self._drain(0.001)
            self._connection.heartbeat_check()

    @property
    def connected(self) -> bool:
        return self._connection is not None

    def _open(self) -> None:
        self._connection = connect(self._url)
        self._channel = channel_of(self._connection)
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)
        self._channel.events["basic_return"].add(self._on_return)
        self._confirmed = self._sent = 0
        self._early.clear()
        self._refused = ""

    def _message(self, page: Sequence[Carried]) -> Message:
        headers, body = self._stamp.message(page)
        return Message(
            body,
            content_type="application/octet-stream",
            delivery_mode=PERSISTENT,
            application_headers=headers,
        )

    def _await_confirms(self) -> None:
        end = time.monotonic() + CONFIRM_SECONDS
        while self._confirmed < self._sent and not self._refused:
            left = end - time.monotonic()
            if left <= 0:
                raise NotConfirmed("the broker doesn't confirm")
            self._drain(left)
        if self._refused:
            raise NotConfirmed(self._refused)

    def _drain(self, seconds: float) -> None:
        if self._connection is not None:
            try:
                self._connection.drain_events(timeout=seconds)
            except TimeoutError:
                return

    def _on_ack(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._confirmed = max(self._confirmed, tag)
        else:
            self._early.add(tag)
        while self._confirmed + 1 in self._early:
            self._confirmed += 1
        self._early = {early for early in self._early if early > self._confirmed}

    def _on_nack(self, *_arguments: object) -> None:
        self._refused = "the broker refused a message"

    def _on_return(self, *arguments: object) -> None:
        self._refused = f"nobody follows {self._exchange}: {arguments[1] if arguments[1:] else ''}"
