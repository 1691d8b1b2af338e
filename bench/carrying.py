"""From one service's log over RabbitMQ into another service's database, beside nameko's events."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

import psycopg2

from bench.district import District, district
from bench.figures import Figure, at_least, at_most
from bench.measuring import interleave
from bench.nameko import Nameko, nameko
from bench.relatives import Relatives, as_events, events_file
from bench.stage import Stage
from shared.envelope import Row

FACTS, EVENTS, BACKLOG = 10_000, 1_000, 2_000
AT_ONCE = 200  # facts a second, where the latency is taken
PAYMENTS_CURSOR = "SELECT position FROM follow_cursor WHERE log LIKE '%/gateway'"
LOOK_SECONDS = 0.0005


@dataclass
class Arrivals:
    """Looks at payments' database on a connection of its own, many times a second."""

    dsn: str
    seen: list[tuple[float, int]] = field(default_factory=list)  # instant, cursor of the follower
    _stop: threading.Event = field(default_factory=threading.Event)

    def until(self, position: int) -> None:
        """Look until the follower's committed cursor stands there."""
        connection = psycopg2.connect(self.dsn)
        connection.autocommit = True
        with connection.cursor() as cursor:
            at = -1
            while at < position and not self._stop.wait(LOOK_SECONDS):
                cursor.execute(PAYMENTS_CURSOR)
                at = (cursor.fetchone() or (-1,))[0]
                self.seen.append((time.monotonic(), at))
        connection.close()


@dataclass
class Carriage:
    """Gateway's relay and payments' follower in their processes; nameko's two beside them."""

    stage: Stage
    place: District
    handler: Nameko
    sender: Nameko
    relatives: Relatives

    def ours(self) -> float:
        """From the first append to the last fact's row committed; facts a second."""
        rows = self.relatives.take(self.stage.count(FACTS))
        start = time.monotonic()
        last = self.relatives.append(rows)
        self.wait(last)
        return len(rows) / (time.monotonic() - start)

    def dispatched(self) -> float:
        """From the first dispatch to the last event handled; events a second."""
        file, count = self._events(EVENTS)
        self.handler.ask("start")
        start = self.sender.ask("send", file=file)
        told = self.handler.ask("handled", count=count)
        self.handler.ask("stop")
        return count / float(told["last"] - start)

    def drained(self) -> float:
        """What waited in the queue, by one worker, in order; events a second."""
        file, count = self._events(BACKLOG)
        self.sender.ask("send", file=file)
        self.handler.ask("start", workers=1)
        told = self.handler.ask("handled", count=count)
        self.handler.ask("stop")
        return (count - 1) / float(told["last"] - told["first"])

    def wait(self, position: int) -> Arrivals:
        """Until payments has committed it."""
        arrivals = Arrivals(
            self.place.cluster.postgres.dsn(self.place.cluster.databases["payments"])
        )
        arrivals.until(position)
        return arrivals

    def our_delays(self) -> list[float]:
        """One fact in a transaction, at a steady rate: from its commit to its row's; seconds."""
        rows = self.relatives.take(self.stage.count(5 * AT_ONCE))
        committed: list[tuple[float, int]] = []
        first = self.relatives.append(rows[:1])
        self.wait(first)
        watcher = threading.Thread(
            target=lambda: seen.extend(self.wait(first + len(rows) - 1).seen)
        )
        seen: list[tuple[float, int]] = []
        watcher.start()
        start = time.monotonic()
        for number, row in enumerate(rows[1:]):
            time.sleep(max(0.0, start + number / AT_ONCE - time.monotonic()))
            position = self.relatives.append([row])
            committed.append((time.monotonic(), position))
        watcher.join()
        return list(delays(committed, seen))

    def their_delays(self) -> list[float]:
        """From just before the dispatch to the handler, without any database; seconds."""
        file, count = self._events(5 * AT_ONCE)
        self.handler.ask("start")
        self.sender.ask("send", file=file, each_seconds=1 / AT_ONCE)
        told: list[float] = self.handler.ask("handled", count=count)["delays"]
        self.handler.ask("stop")
        return told

    def _events(self, full: int) -> tuple[str, int]:
        rows: list[Row] = self.relatives.take(self.stage.count(full))
        return as_events(rows, events_file(self.stage.folder)), len(rows)


def delays(
    committed: Sequence[tuple[float, int]], seen: Sequence[tuple[float, int]]
) -> Iterator[float]:
    """Of each committed position, how much later it was first seen beyond the cursor; seconds."""
    looks = iter(seen)
    at, cursor = next(looks)
    for instant, position in committed:
        while cursor < position:
            at, cursor = next(looks)
        yield max(0.0, at - instant)


@contextmanager
def carriage(stage: Stage) -> Iterator[Carriage]:
    """Everything started; the queues of nameko are declared."""
    with (
        district(stage, ("gateway", "payments")) as place,
        nameko(place.broker) as handler,
        nameko(place.broker) as sender,
    ):
        handler.ask("start")
        handler.ask("stop")
        yield Carriage(stage, place, handler, sender, Relatives(place.site.services["gateway"]))


def carried(stage: Stage) -> Iterator[Figure]:
    """Rates of a burst and delays of a steady flow.

    Ours: gateway's log on PostgreSQL, NOTIFY, relay, confirmed quorum queue, payments' follower, a
    row and a cursor in one transaction. nameko: persistent, confirmed events, no database.
    """
    with carriage(stage) as place:
        sides = {"ours": place.ours, "dispatch": place.dispatched, "drain": place.drained}
        taken = interleave(sides, stage.rounds)
        for side, whom, aim in (
            ("dispatch", "nameko dispatch to handler", at_least(8)),
            ("drain", "nameko's ordered drain", at_least(2.5)),
        ):
            yield Figure.beside(
                f"log to a row in another service: {whom}", taken.rate("ours"), "facts/s",
                taken.rate(side), taken.ratio("ours", side), aim,
            )  # fmt: skip
        yield from latencies(place, min(3, stage.rounds))


def latencies(place: Carriage, rounds: int) -> Iterator[Figure]:
    """At 200 a second: medians over rounds of the rounds' own percentiles."""
    ours = [sorted(place.our_delays()) for _ in range(rounds)]
    theirs = [sorted(place.their_delays()) for _ in range(rounds)]
    for percent in (50, 99):
        pairs = [(at(o, percent), at(t, percent)) for o, t in zip(ours, theirs, strict=True)]
        value, base = (1_000 * median(column) for column in zip(*pairs, strict=True))
        ratio = median(one / other for one, other in pairs)
        name = f"from commit to another service's row at {AT_ONCE}/s, p{percent}: nameko event"
        yield Figure.beside(name, value, "ms", base, ratio, at_most(5))


def at(ordered: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred don't exceed."""
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
