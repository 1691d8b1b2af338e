"""A follower's queue: messages in, effects in order of position, acknowledged after the commit.

What the broker lost, doubled, reordered or let a stranger send does no harm: a seen position is
dropped, a gap is fetched from the source, what isn't ours goes to the dead letters.
"""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from amqp.exceptions import NotFound
from kombu import Connection

from shared.carrying.follower import Follower, LogOutOfOrder
from shared.carrying.rabbit.calling import CallFailed
from shared.carrying.rabbit.connecting import BROKER_TROUBLE, channel_of, connect, drop
from shared.carrying.source import Carried
from shared.carrying.topology import queue_of
from shared.carrying.wire import NotOurs, Stamp

BATCH = 50  # messages, each of which may be a page
FACTS_AT_ONCE = 1_000  # in one transaction
QUIET_SECONDS = 2.0  # after so long without a message the source is asked for what it has
RETRY_SECONDS = 1.0
# The broker's own beats, two in each interval, begin a wait anew: only a shorter one ever ends, so
# that we can send ours.
BEATS = 4
logger = structlog.get_logger("follower")


class QueueMissing(Exception):
    """The broker has no queue for this follower; facts are fetched from the source meanwhile."""


class FollowConsumer:
    """One follower on one queue; for one thread. `step` again and again, `close` at the end."""

    def __init__(
        self,
        url: str,
        heartbeat_seconds: int,
        follower: Follower,
        stamp: Stamp,
        on_refused: Callable[[str], None],
    ) -> None:
        self._url, self._heartbeat = url, heartbeat_seconds
        self._follower, self._stamp, self._on_refused = follower, stamp, on_refused
        self.log = follower.log
        self._queue = queue_of(follower.service, follower.log.rpartition("/")[2])
        self._connection: Connection | None = None
        self._channel: Any = None
        self._inbox: deque[Any] = deque()
        self._heard_at = self._retried_at = time.monotonic()
        self.head = -1  # the last position that is known to be there

    @property
    def connected(self) -> bool:
        return self._connection is not None

    def step(self) -> None:
        """Take what is there, or wait a moment for it. Raises what keeps it from going on."""
        self._open()
        if not self._inbox:
            self._listen(min(QUIET_SECONDS, RETRY_SECONDS, self._heartbeat / BEATS))
        if self._inbox:
            self._take(list(self._inbox))
            self._inbox.clear()
            self._heard_at = time.monotonic()
        elif time.monotonic() - self._heard_at >= QUIET_SECONDS:
            self._ask_when_quiet()
        if time.monotonic() - self._retried_at >= RETRY_SECONDS:
            self._follower.retry_parked()
            self._retried_at = time.monotonic()

    def pulse(self) -> None:
        """While waiting after trouble: the broker is told that we live."""
        with suppress(QueueMissing, *BROKER_TROUBLE):  # the next step meets it again
            self._listen(0)

    def close(self) -> None:
        """Give back what was not acknowledged."""
        connection, self._connection, self._channel = self._connection, None, None
        self._inbox.clear()
        drop(connection)

    def _open(self) -> None:
        if self._connection is not None:
            return
        connection = connect(self._url, self._heartbeat)
        try:
            channel = channel_of(connection)
            channel.basic_qos(0, 2 * BATCH, False)
            channel.basic_consume(
                self._queue, callback=self._inbox.append, on_cancel=self._on_cancel
            )
        except NotFound as error:
            drop(connection)
            self._ask_when_quiet()
            raise QueueMissing(self._queue) from error
        except BaseException:
            drop(connection)
            raise
        self._connection, self._channel = connection, channel

    def _listen(self, seconds: float) -> None:
        """Wait so long for messages, take those that are there; whatever fails ends the connection.

        A queue that is deleted ends it too: nobody would hand us anything on it any more.
        """
        try:
            self._drain(seconds)
            while self._inbox and len(self._inbox) < BATCH and self._drain(0):
                pass
            if self._connection is not None:
                self._connection.heartbeat_check()
        except BaseException:
            self.close()
            raise

    def _drain(self, seconds: float) -> bool:
        """Whether anything came."""
        if self._connection is None:
            return False
        try:
            self._connection.drain_events(timeout=seconds)
        except TimeoutError:
            return False
        return True

    def _take(self, messages: list[Any]) -> None:
        taken = [(message, self._facts(message)) for message in messages]
        facts = [fact for _, page in taken for fact in page]
        for start in range(0, len(facts), FACTS_AT_ONCE):
            self._apply(facts[start : start + FACTS_AT_ONCE])
        self.head = max([self.head, *(fact.position for fact in facts)])
        try:
            for message, page in taken:
                if not page:
                    self._channel.basic_reject(message.delivery_tag, requeue=False)
            if facts:
                last = max(message.delivery_tag for message, page in taken if page)
                self._channel.basic_ack(last, multiple=True)
        except BROKER_TROUBLE:
            self.close()  # all of it comes again and is dropped as seen
            raise

    def _facts(self, message: Any) -> list[Carried]:
        """The facts in a message; none in what isn't one of this log's."""
        body = message.body
        raw = body.encode() if isinstance(body, str) else bytes(body)
        try:
            facts = self._stamp.facts(message.headers or {}, raw, of=self.log)
        except NotOurs as error:
            self._on_refused(error.reason)
            logger.error("message refused", queue=self._queue, why=str(error))  # noqa: TRY400
            return []
        return facts

    def _apply(self, facts: list[Carried]) -> None:
        try:
            self._follower.apply(facts)
        except LogOutOfOrder:
            logger.warning("gap, asking the source", follower=self._follower.service, log=self.log)
            self._ask()
            self._follower.apply(facts)

    def _ask(self) -> None:
        """Fetch and apply what the source has."""
        while self._follower.step():
            pass

    def _ask_when_quiet(self) -> None:
        try:
            status = self._follower.status()
            self.head = max(self.head, status.head)
            if status.lag:
                self._ask()
        except CallFailed as error:  # the source is down: it will tell when it is back
            logger.info("source silent", follower=self._follower.service, log=self.log,
                        why=str(error))  # fmt: skip
        self._heard_at = time.monotonic()

    def _on_cancel(self, _tag: str) -> None:
        """The queue was deleted under us."""
        raise QueueMissing(self._queue)
