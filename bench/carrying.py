"""From one service's log over RabbitMQ into another service's database, beside nameko's events."""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from statistics import median

from bench.appending import TENFOLD, tenfold
from bench.arrivals import Arrivals
from bench.district import District, district
from bench.figures import Figure, at_least, at_most
from bench.measuring import interleave
from bench.nameko_events import events
from bench.relatives import Relatives
from bench.stage import Stage

FACTS = 2_000
SHORT, LONG = FACTS, 10 * FACTS  # shorter logs than the others': each fact is carried, too
AT_ONCE, SECONDS = 200, 3  # facts a second and for how long, where the latency is taken
RUNNING = ("gateway", "payments")


@dataclass(frozen=True, slots=True)
class Carriage:
    """Gateway's relay and payments' follower in their processes."""

    stage: Stage
    place: District
    relatives: Relatives
    arrivals: Arrivals

    def burst(self) -> float:
        """From the first append to the last fact's row committed; facts a second."""
        rows = self.relatives.take(self.stage.count(FACTS))
        start = time.monotonic()
        self.arrivals.until(self.relatives.append(rows))
        return len(rows) / (time.monotonic() - start)

    def delays(self) -> list[float]:
        """One fact in a transaction, at a steady rate: from its commit to its row's; seconds."""
        rows = self.relatives.take(self.stage.count(SECONDS * AT_ONCE))
        committed: list[tuple[float, int]] = []
        first = self.relatives.append(rows[:1])
        self.arrivals.until(first)
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(self.arrivals.until, first + len(rows) - 1)
            start = time.monotonic()
            for number, row in enumerate(rows[1:]):
                time.sleep(max(0.0, start + number / AT_ONCE - time.monotonic()))
                position = self.relatives.append([row])
                committed.append((time.monotonic(), position))
            return list(delays(committed, seen.result()))

    def fill(self, count: int) -> None:
        """So many facts in gateway's log, all followed; what that leaves to do is done, too."""
        for _ in range(0, count, FACTS):
            self.arrivals.until(self.relatives.append(self.relatives.take(min(count, FACTS))))
        postgres, databases = self.stage.postgres, self.place.cluster.databases
        for name in RUNNING:
            postgres.run("VACUUM ANALYZE", databases[name])
        postgres.run("CHECKPOINT")


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
def carriage(stage: Stage, count: int) -> Iterator[Carriage]:
    """Everything started, gateway's log `count` facts long."""
    with district(stage, "carried", RUNNING) as place:
        dsn = place.cluster.postgres.dsn(place.cluster.databases["payments"])
        with closing(Arrivals.listen(dsn)) as arrivals:
            made = Carriage(stage, place, Relatives(place.site.services["gateway"]), arrivals)
            made.fill(count)
            yield made


def carried(stage: Stage) -> Iterator[Figure]:
    """Rates of a burst and delays of a steady flow.

    Ours: gateway's log on PostgreSQL, NOTIFY, relay, confirmed quorum queue, payments' follower, a
    row and a cursor in one transaction. nameko: persistent, confirmed events, no database.
    """
    with (
        carriage(stage, stage.count(SHORT)) as short,
        carriage(_elsewhere(stage), stage.count(LONG)) as long,
        events(stage, short.place.broker, short.relatives) as theirs,
    ):
        sides = {"ours": short.burst, "long": long.burst}
        taken = interleave(
            sides | {"dispatch": theirs.dispatched, "drain": theirs.drained}, stage.rounds
        )
        name, rate = "log to a row in another service", taken.rate("ours")
        for side, whom, aim in (
            ("dispatch", "nameko dispatch to handler", at_least(8)),
            ("drain", "nameko's ordered drain", at_least(2.5)),
        ):
            ratio = taken.ratio("ours", side)
            yield Figure.beside(f"{name}: {whom}", rate, "facts/s", taken.rate(side), ratio, aim)
        yield tenfold(name, taken.rate("long"), rate, taken.ratio("ours", "long"))
        rounds = [
            {
                "ours": sorted(short.delays()),
                "nameko": sorted(theirs.delays(AT_ONCE, SECONDS)),
                "long": sorted(long.delays()),
            }
            for _ in range(min(2, stage.rounds))
        ]
        yield from latencies(rounds)


def latencies(rounds: Sequence[Mapping[str, Sequence[float]]]) -> Iterator[Figure]:
    """At 200 a second: medians over rounds of the rounds' own percentiles, in order of size."""
    for percent in (50, 99):
        taken = {side: [1_000 * at(one[side], percent) for one in rounds] for side in rounds[0]}
        name = f"from commit to another service's row at {AT_ONCE}/s, p{percent}"
        for side, whom, other, aim in (
            ("ours", "nameko event", "nameko", at_most(5)),
            ("long", "a tenth of the log", "ours", TENFOLD),
        ):
            ratio = median(a / b for a, b in zip(taken[side], taken[other], strict=True))
            value, base = median(taken[side]), median(taken[other])
            yield Figure.beside(f"{name}: {whom}", value, "ms", base, ratio, aim)


def at(ordered: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred don't exceed."""
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _elsewhere(stage: Stage) -> Stage:
    """The same servers, another folder: two districts stand side by side."""
    folder = stage.folder / "tenfold"
    folder.mkdir()
    return replace(stage, folder=folder, _postgres=stage.postgres)
