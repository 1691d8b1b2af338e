"""An embedded site's backlog: one service's log read and applied by another, over SQLite."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.appending import tenfold
from bench.figures import Figure, at_least
from bench.logs import LONG, SHORT
from bench.measuring import interleave, prepared
from bench.nameko_events import events
from bench.relatives import Relatives
from bench.stage import Stage
from services.runtime.embedded import EmbeddedSite
from services.runtime.founding import found
from services.runtime.home import Charter, Home
from shared.carrying.follower import Follower
from tests.servers import RabbitServer

FACTS = 6_000


class Backlog:
    """Gateway's log and payments following it: a row and a cursor, a batch in a transaction."""

    def __init__(self, stage: Stage, before: int = 0) -> None:
        home = Home(stage.folder / f"embedded-{before}")
        found(home, Charter("411603", trial=True, clock="file", seed=1), datetime.now(UTC))
        self.site = EmbeddedSite.open(home.path)
        stage.things.callback(self.site.close)
        self._relatives = Relatives(self.site.services["gateway"])
        self._follower = self.site.services["payments"].follow(self.site.services["gateway"].source)
        self._count = stage.count(FACTS)
        for _ in range(0, before, self._count):  # so long a log, all of it followed
            self.follow(self.fill(min(before, self._count)))

    def fill(self, count: int | None = None) -> Follower:
        """So many facts that payments hasn't seen."""
        self._relatives.append(self._relatives.take(count or self._count))
        return self._follower

    def follow(self, follower: Follower) -> int:
        """Until nothing is left; how many were applied."""
        return sum(iter(follower.step, 0))


def embedded(stage: Stage) -> Iterator[Figure]:
    """The backlog's rate, beside nameko's events from dispatch to handler without any database."""
    short, long = Backlog(stage, stage.count(SHORT)), Backlog(stage, stage.count(LONG))
    contents = Relatives(short.site.services["gateway"])
    with RabbitServer() as rabbit, events(stage, rabbit.url(), contents) as theirs:
        sides = {
            "ours": prepared(short.fill, short.follow),
            "nameko": theirs.dispatched,
            "long": prepared(long.fill, long.follow),
        }
        taken = interleave(sides, stage.rounds)
    name, rate = "embedded backlog", taken.rate("ours")
    ratio = taken.ratio("ours", "nameko")
    yield Figure.beside(
        f"{name}: nameko dispatch to handler",
        rate, "facts/s", taken.rate("nameko"), ratio, at_least(60),
    )  # fmt: skip
    yield tenfold(name, taken.rate("long"), rate, taken.ratio("ours", "long"))
