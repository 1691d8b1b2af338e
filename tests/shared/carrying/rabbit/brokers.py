"""A broker's end of a connection, as far as one consumer or one publisher sees it."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shared.carrying.source import Carried
from shared.carrying.wire import Stamp

LOG = "411603/intake"
STAMP = Stamp(bytes([7]) * 32)
Happening = Callable[[], object]


@dataclass
class Delivery:
    """A message as kombu hands it over."""

    delivery_tag: int
    headers: dict[str, Any]
    body: bytes


def fact(position: int) -> Carried:
    """Some fact of the log."""
    return Carried(LOG, position, str(position).encode())


def delivery(tag: int, *positions: int, stamp: Stamp = STAMP) -> Delivery:
    """A message with these facts."""
    headers, body = stamp.message([fact(position) for position in positions])
    return Delivery(tag, headers, body)


@dataclass
class FakeChannel:
    """Notes what is asked of it in `did`."""

    did: list[tuple[Any, ...]]
    published: int = 0
    events: dict[str, set[Callable[..., None]]] = field(default_factory=lambda: defaultdict(set))
    callback: Callable[[Delivery], None] | None = None

    def basic_qos(self, *_arguments: object) -> None:
        """As many as it likes."""

    def basic_consume(self, _queue: str, **given: Any) -> None:
        self.callback = given["callback"]

    def basic_ack(self, tag: int, multiple: bool) -> None:
        self.did.append(("ack", tag, multiple))

    def basic_reject(self, tag: int, requeue: bool) -> None:
        self.did.append(("reject", tag, requeue))

    def confirm_select(self) -> None:
        self.did.append(("confirm_select",))

    def basic_publish(self, _message: object, **given: Any) -> None:
        self.published += 1
        self.did.append(("publish", self.published, given["mandatory"]))

    def tell(self, event: str, *arguments: object) -> None:
        """What the broker says, at the next drain."""
        for listener in self.events[event]:
            listener(*arguments)


@dataclass
class FakeConnection:
    """Each drain lets one of `coming` happen; with none left nothing is heard."""

    did: list[tuple[Any, ...]] = field(default_factory=list)
    coming: deque[Happening] = field(default_factory=deque)
    collected: bool = False

    def __post_init__(self) -> None:
        self.only_channel = FakeChannel(self.did)

    def channel(self) -> FakeChannel:
        return self.only_channel

    def drain_events(self, timeout: float) -> None:
        if not self.coming:
            raise TimeoutError(timeout)
        self.coming.popleft()()

    def heartbeat_check(self) -> None:
        """We live."""

    def collect(self) -> None:
        self.collected = True

    def deliver(self, *messages: Delivery) -> None:
        """Hand these to the consumer, one a drain."""
        for message in messages:
            self.coming.append(partial(self._hand, message))

    def say(self, event: str, *arguments: object) -> None:
        """Tell the publisher."""
        self.coming.append(lambda: self.only_channel.tell(event, *arguments))

    def _hand(self, message: Delivery) -> None:
        assert self.only_channel.callback is not None
        self.only_channel.callback(message)
