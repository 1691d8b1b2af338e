"""Connections to RabbitMQ for code that blocks: one thread, one connection."""

import contextlib
from typing import Any

from amqp.exceptions import AMQPError, MessageNacked
from kombu import Connection
from kombu.exceptions import KombuError

from shared.carrying.rabbit.unreadable import be_lenient

be_lenient()
CONNECT_SECONDS = 10
TRANSPORT: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS,
    "read_timeout": None,
    "write_timeout": CONNECT_SECONDS,  # a broker with an alarm reads no more from us
    "socket_settings": {},
}
BROKER_TROUBLE = (AMQPError, KombuError, MessageNacked, OSError)
"""What a broken connection, a closed channel, a refused declaration or message raises."""


def connect(url: str, heartbeat_seconds: int = 0) -> Connection:
    """An open connection; raises one of BROKER_TROUBLE."""
    connection = Connection(
        url,
        heartbeat=heartbeat_seconds,
        connect_timeout=CONNECT_SECONDS,
        transport_options=dict(TRANSPORT),
    )
    connection.ensure_connection(max_retries=1, timeout=CONNECT_SECONDS)
    return connection


def drop(connection: Connection | None) -> None:
    """Close without the farewell of the protocol, which a broker with an alarm never answers."""
    if connection is None:
        return
    with contextlib.suppress(*BROKER_TROUBLE):
        connection.collect()


def channel_of(connection: Connection) -> Any:
    """A fresh AMQP channel: py-amqp's, whose confirms and consumers are used as they are."""
    return connection.channel()
