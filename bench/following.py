"""An embedded site's backlog: one service's log read and applied by another, over SQLite."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.figures import Figure, at_least
from bench.measuring import interleave, prepared
from bench.nameko import nameko
from bench.relatives import Relatives, as_events, events_file
from bench.stage import Stage
from services.runtime.embedded import EmbeddedSite
from services.runtime.founding import found
from services.runtime.home import Charter, Home
from shared.carrying.follower import Follower
from tests.servers import RabbitServer

FACTS, EVENTS = 20_000, 1_000


class Backlog:
    """Gateway's log and payments following it: a row and a cursor, a batch in a transaction."""

    def __init__(self, stage: Stage) -> None:
        home = Home(stage.folder / "embedded")
        found(home, Charter("411603", trial=True, clock="file", seed=1), datetime.now(UTC))
        self.site = EmbeddedSite.open(home.path)
        stage.things.callback(self.site.close)
        self._relatives = Relatives(self.site.services["gateway"])
        self._follower = self.site.services["payments"].follow(self.site.services["gateway"].source)
        self._count = stage.count(FACTS)

    def fill(self) -> Follower:
        """So many facts that payments hasn't seen."""
        self._relatives.append(self._relatives.take(self._count))
        return self._follower

    def follow(self, follower: Follower) -> int:
        """Until nothing is left; how many were applied."""
        return sum(iter(follower.step, 0))


def embedded(stage: Stage) -> Iterator[Figure]:
    """The backlog's rate, beside nameko's events from dispatch to handler without any database."""
    backlog = Backlog(stage)
    with RabbitServer() as rabbit:
        url = rabbit.url()
        with nameko(url) as handler, nameko(url) as sender:

            def dispatched() -> float:
                rows = Relatives(backlog.site.services["gateway"]).take(stage.count(EVENTS))
                handler.ask("start")
                start = sender.ask("send", file=as_events(rows, events_file(stage.folder)))
                told = handler.ask("handled", count=len(rows))
                handler.ask("stop")
                return len(rows) / float(told["last"] - start)

            handler.ask("start")
            handler.ask("stop")
            sides = {"ours": prepared(backlog.fill, backlog.follow), "nameko": dispatched}
            taken = interleave(sides, stage.rounds)
    yield Figure.beside(
        "embedded backlog: nameko dispatch to handler", taken.rate("ours"), "facts/s",
        taken.rate("nameko"), taken.ratio("ours", "nameko"), at_least(60),
    )  # fmt: skip
