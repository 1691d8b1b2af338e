"""nameko's RPC, made to outlive its broker.

As nameko ships it, a reply that can't be sent, a request without an address for its answer, or an
acknowledgement on a connection that has just broken end the whole service. Here they end the call:
the caller asks again, and a command that was carried out gives its first answer.
"""

from typing import Any

import structlog
from kombu import compression
from nameko.exceptions import serialize
from nameko.messaging import QueueConsumer
from nameko.rpc import Rpc, RpcConsumer

from services.runtime.processes.replies import Replies
from shared.carrying.rabbit.connecting import BROKER_TROUBLE
from shared.carrying.rabbit.consumer import BEATS

logger = structlog.get_logger("rpc")


class EnduringQueueConsumer(QueueConsumer):
    """Acknowledges where it still can; elsewhere the broker has taken the message back already."""

    def consume(self, limit: int | None, safety_interval: float = 1, **more: Any) -> Any:
        """Wakes often enough to send its heartbeats: see consumer.BEATS."""
        beat = self.container.config["HEARTBEAT"] / BEATS
        return super().consume(limit, safety_interval=min(safety_interval, beat), **more)

    def ack_message(self, message: Any) -> None:
        try:
            super().ack_message(message)
        except BROKER_TROUBLE as error:
            logger.warning("not acknowledged", error=type(error).__name__)

    def requeue_message(self, message: Any) -> None:
        try:
            super().requeue_message(message)
        except BROKER_TROUBLE as error:
            logger.warning("not given back", error=type(error).__name__)

    @property
    def connected(self) -> bool:
        """Whether calls can come in now."""
        return any(_alive(consumer) for consumer in self._consumers.values())


class EnduringRpcConsumer(RpcConsumer):
    """Drops what is no call, and lets go of a reply that nobody can be sent."""

    queue_consumer = EnduringQueueConsumer()

    def setup(self) -> None:
        """The exchange is the operator's: who may declare it may also delete it."""
        super().setup()
        self.queue.exchange.no_declare = True
        self.replies = Replies(self.container.config["AMQP_URI"])

    def handle_message(self, body: Any, message: Any) -> None:
        if not _is_call(body, message):
            logger.error("no call", routing_key=message.delivery_info.get("routing_key"))
            self.queue_consumer.ack_message(message)
            return
        super().handle_message(body, message)

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> Any:
        """The answer first: a call that has none yet comes again."""
        error = None if exc_info is None else serialize(exc_info[1])
        asked = message.properties
        try:
            self.replies.send(asked["reply_to"], asked.get("correlation_id"), result, error)
        except BROKER_TROUBLE as trouble:
            logger.warning("no reply sent", error=type(trouble).__name__)
        self.queue_consumer.ack_message(message)
        return result, exc_info


class EnduringRpc(Rpc):
    """The entrypoint. What a caller's headers say of its calls is not asked for, nor trusted."""

    rpc_consumer = EnduringRpcConsumer()

    def unpack_message_headers(self, message: Any) -> dict[str, Any]:
        return {}


rpc = EnduringRpc.decorator


def refuse_compressed() -> None:
    """Nobody here compresses calls; a few kilobytes of a stranger's could become gigabytes."""

    def refuse(_body: bytes) -> bytes:
        raise ValueError("compressed messages are not taken")

    for content_type in compression.encoders():
        compression.register(refuse, refuse, content_type)


def _is_call(body: Any, message: Any) -> bool:
    return (
        isinstance(body, dict)
        and isinstance(body.get("args"), list)
        and isinstance(body.get("kwargs"), dict)
        and isinstance(message.properties.get("reply_to"), str)
    )


def _alive(consumer: Any) -> bool:
    connection = getattr(consumer.channel, "connection", None)
    return connection is not None and bool(connection.connected)
