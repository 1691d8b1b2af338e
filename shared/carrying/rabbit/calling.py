"""Calls to another service, in the form of nameko's RPC. Blocking; for one thread.

A call expires with the patience of its caller: a service that comes back later does not carry out
what nobody waits for any more.
"""

import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from amqp import Message
from kombu import Connection

from shared.carrying.rabbit.connecting import BROKER_TROUBLE, channel_of, connect, drop
from shared.carrying.topology import RPC_EXCHANGE

SLICE_SECONDS = 0.5


class CallFailed(Exception):
    """No answer: `sent` says whether the service may have heard the call all the same."""

    def __init__(self, why: str, *, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


class RemoteError(Exception):
    """The service answered that it failed; the text names the kind of error, never its values."""


class Caller:
    """Makes calls; reconnects by itself at the next call after trouble."""

    def __init__(self, url: str, name: str, giving_up: Callable[[], bool] = bool) -> None:
        """`giving_up`: asked twice a second while waiting; by default nobody gives up."""
        self._url, self._name, self._giving_up = url, name, giving_up
        self._connection: Connection | None = None
        self._channel: Any = None
        self._reply_to = ""
        self._replies: dict[str, Any] = {}
        self._returned = False

    def call(self, service: str, method: str, seconds: float, /, **arguments: Any) -> Any:
        """The method's result; raises CallFailed, RemoteError."""
        correlation = str(uuid4())
        sent = False
        try:
            if self._connection is None:
                self._open()
            self._send(service, method, correlation, seconds, arguments)
            sent = True
            reply = self._await(correlation, seconds)
        except BROKER_TROUBLE as error:
            self.close()
            raise CallFailed(type(error).__name__, sent=sent) from error
        except BaseException:
            self.close()
            raise
        if reply["error"] is not None:
            raise RemoteError(str(reply["error"].get("exc_type")))
        return reply["result"]

    def close(self) -> None:
        """Let the connection go; an answer that is still on its way is lost."""
        connection, self._connection, self._channel = self._connection, None, None
        self._replies.clear()
        drop(connection)

    def _open(self) -> None:
        self._connection = connect(self._url)
        channel = self._channel = channel_of(self._connection)
        self._reply_to = str(uuid4())
        queue = f"rpc.reply-{self._name}-{self._reply_to}"
        channel.queue_declare(queue, exclusive=True, auto_delete=True)
        channel.queue_bind(queue, RPC_EXCHANGE, self._reply_to)
        channel.basic_consume(queue, no_ack=True, callback=self._on_reply)
        channel.events["basic_return"].add(self._on_return)

    def _send(
        self, service: str, method: str, correlation: str, seconds: float, arguments: dict[str, Any]
    ) -> None:
        message = Message(
            json.dumps({"args": [], "kwargs": arguments}).encode(),
            content_type="application/json",
            content_encoding="utf-8",
            reply_to=self._reply_to,
            correlation_id=correlation,
            expiration=str(max(1, int(seconds * 1000))),
        )
        self._returned = False
        self._channel.basic_publish(
            message, exchange=RPC_EXCHANGE, routing_key=f"{service}.{method}", mandatory=True
        )

    def _await(self, correlation: str, seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while correlation not in self._replies:
            left = end - time.monotonic()
            if left <= 0:
                raise CallFailed("no answer in time", sent=True)
            if self._returned:
                raise CallFailed("the service isn't there", sent=False)
            if self._giving_up():
                raise CallFailed("no longer waited for", sent=True)
            self._drain(min(left, SLICE_SECONDS))
        reply: dict[str, Any] = self._replies.pop(correlation)
        return reply

    def _drain(self, seconds: float) -> None:
        if self._connection is not None:
            try:
                self._connection.drain_events(timeout=seconds)
            except TimeoutError:
                return

    def _on_reply(self, message: Any) -> None:
        body = message.body
        reply = json.loads(body if isinstance(body, str) else bytes(body))
        self._replies[message.properties.get("correlation_id", "")] = reply

    def _on_return(self, *_arguments: object) -> None:
        self._returned = True
