"""What stands on RabbitMQ: who publishes where, who consumes what.

Pure data from who follows whom. One durable fanout exchange for each log, one quorum queue for
each follower of it. The log is the truth and the broker only carries: queues are bounded and drop
their oldest messages, and the follower asks the source for the gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

VHOST = "yingbao"
DEAD = "dead"
RPC_EXCHANGE = "nameko-rpc"

DELIVERIES_MAX = 20  # RabbitMQ before 4.0 has no limit of its own
MESSAGES_MAX = 100_000
BYTES_MAX = 256 * 1024**2
DEAD_MESSAGES_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """A durable exchange: a fanout hands every message to every queue bound to it."""

    name: str
    kind: str = "fanout"


@dataclass(frozen=True, slots=True)
class Queue:
    """A durable queue, for facts a quorum queue; `arguments` as AMQP knows them."""

    name: str
    arguments: Mapping[str, str | int | bool] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Binding:
    """What comes to the exchange goes to the queue; in RPC's, what has this routing key."""

    exchange: str
    queue: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Topology:
    """All that `yingbao topology` declares: who carries facts, and RPC's exchange and queues."""

    services: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    queues: tuple[Queue, ...]
    bindings: tuple[Binding, ...]


def exchange_of(service: str) -> str:
    """Where the relay of a service publishes its log."""
    return f"facts.{service}"


def calls_of(service: str) -> str:
    """Where a service finds calls to it, as nameko names it."""
    return f"rpc-{service}"


def queue_of(follower: str, source: str) -> str:
    """Where a follower finds the facts of a source."""
    return f"follow.{follower}.{source}"


def topology(follows: Mapping[str, Sequence[str]]) -> Topology:
    """From each service and whom it follows. A log that nobody follows has no exchange."""
    pairs = [(follower, source) for follower, sources in follows.items() for source in sources]
    followed = dict.fromkeys(source for _, source in pairs)
    services = tuple(dict.fromkeys((*follows, *followed)))
    return Topology(
        services,
        (
            *(Exchange(exchange_of(source)) for source in followed),
            Exchange(DEAD),
            Exchange(RPC_EXCHANGE, "topic"),
        ),
        (
            *(Queue(queue_of(*pair), _FOLLOWED) for pair in pairs),
            Queue(DEAD, _DEAD),
            *(Queue(calls_of(service), {}) for service in services),
        ),
        (
            *(Binding(exchange_of(pair[1]), queue_of(*pair)) for pair in pairs),
            Binding(DEAD, DEAD),
            *(Binding(RPC_EXCHANGE, calls_of(one), f"{one}.*") for one in services),
        ),
    )


_FOLLOWED: Mapping[str, str | int | bool] = {
    "x-queue-type": "quorum",
    "x-single-active-consumer": True,  # two instances of a follower, still one order
    "x-delivery-limit": DELIVERIES_MAX,
    "x-max-length": MESSAGES_MAX,
    "x-max-length-bytes": BYTES_MAX,
    "x-overflow": "drop-head",
    "x-dead-letter-exchange": DEAD,
}
_DEAD: Mapping[str, str | int | bool] = {
    "x-queue-type": "quorum",
    "x-max-length": DEAD_MESSAGES_MAX,
    "x-overflow": "drop-head",
}
