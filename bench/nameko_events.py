"""nameko's events from one of its processes to another: persistent, confirmed, no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.nameko import Nameko, nameko
from bench.relatives import Relatives, as_events, events_file
from bench.stage import Stage

EVENTS, BACKLOG = 600, 1_200


@dataclass(frozen=True, slots=True)
class Events:
    """A sender and a handler. What they carry are the contents of `relatives`' facts."""

    stage: Stage
    handler: Nameko
    sender: Nameko
    relatives: Relatives

    def dispatched(self) -> float:
        """From the first dispatch to the last event handled; events a second."""
        file, count = self._file(EVENTS)
        self.handler.ask("start")
        start = self.sender.ask("send", file=file)
        told = self.handler.ask("handled", count=count)
        self.handler.ask("stop")
        return count / float(told["last"] - start)

    def drained(self) -> float:
        """What waited in the queue, by one worker, in order; events a second."""
        file, count = self._file(BACKLOG)
        self.sender.ask("send", file=file)
        self.handler.ask("start", workers=1)
        told = self.handler.ask("handled", count=count)
        self.handler.ask("stop")
        return (count - 1) / float(told["last"] - told["first"])

    def delays(self, each_second: int, seconds: int) -> list[float]:
        """At a steady rate: from just before the dispatch to the handler; seconds."""
        file, count = self._file(each_second * seconds)
        self.handler.ask("start")
        self.sender.ask("send", file=file, each_seconds=1 / each_second)
        told: list[float] = self.handler.ask("handled", count=count)["delays"]
        self.handler.ask("stop")
        return told

    def _file(self, full: int) -> tuple[str, int]:
        rows = self.relatives.take(self.stage.count(full))
        return as_events(rows, events_file(self.stage.folder)), len(rows)


@contextmanager
def events(stage: Stage, url: str, relatives: Relatives) -> Iterator[Events]:
    """Both processes at this broker; their queues are declared."""
    with nameko(url) as handler, nameko(url) as sender:
        handler.ask("start")
        handler.ask("stop")
        yield Events(stage, handler, sender, relatives)
