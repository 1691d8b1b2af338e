"""Answers on their way back to callers, each confirmed by the broker.

nameko makes each answer's connection, producer and retries anew and asks a pool for them, which
takes longer than sending it.
"""

from typing import Any

from amqp import Message
from kombu import Connection, serialization
from nameko.exceptions import UnserializableValueError, serialize

from shared.carrying.rabbit.connecting import BROKER_TROUBLE, channel_of, connect, drop
from shared.carrying.topology import RPC_EXCHANGE


class Replies:
    """For the hub: one connection for each answer that is under way at once, kept for the next."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: list[tuple[Connection, Any]] = []

    def send(self, reply_to: str, correlation: str | None, result: Any, error: Any) -> None:
        """To whom it may still interest; raises one of BROKER_TROUBLE.

        A connection may have died while nobody used it, so a second one is tried.
        """
        message = _message(correlation, result, error)
        try:
            self._send(reply_to, message)
        except BROKER_TROUBLE:
            while self._free:
                drop(self._free.pop()[0])
            self._send(reply_to, message)

    def _send(self, reply_to: str, message: Message) -> None:
        connection, channel = self._free.pop() if self._free else self._opened()
        try:
            channel.basic_publish_confirm(message, exchange=RPC_EXCHANGE, routing_key=reply_to)
        except BaseException:
            drop(connection)
            raise
        self._free.append((connection, channel))

    def _opened(self) -> tuple[Connection, Any]:
        connection = connect(self._url)
        try:
            return connection, channel_of(connection)
        except BaseException:
            drop(connection)
            raise


def _message(correlation: str | None, result: Any, error: Any) -> Message:
    """As nameko words it; a result that is no JSON becomes an error."""
    try:
        packed = serialization.dumps({"result": result, "error": error}, "json")
    except Exception:
        error = serialize(UnserializableValueError(result))
        packed = serialization.dumps({"result": None, "error": error}, "json")
    content_type, encoding, body = packed
    named = {} if correlation is None else {"correlation_id": correlation}
    return Message(body, content_type=content_type, content_encoding=encoding, **named)
