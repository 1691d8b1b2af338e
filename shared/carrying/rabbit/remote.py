"""Another service's log, asked for over RPC: what the messages left out is fetched by position."""

from collections.abc import Sequence
from typing import Any

from shared.carrying.rabbit.calling import Caller
from shared.carrying.source import Carried
from shared.carrying.wire import Stamp

ASK_SECONDS = 10
AT_ONCE = 50  # facts by position: as many of the longest as one message may hold


class RemoteSource:
    """A `Source` over RPC; for one thread."""

    def __init__(self, log: str, caller: Caller, stamp: Stamp) -> None:
        self.log = log
        self._service = log.rpartition("/")[2]
        self._caller, self._stamp = caller, stamp

    def facts_after(self, position: int, limit: int) -> Sequence[Carried]:
        return self._facts("facts_after", position=position, limit=limit)

    def facts_at(self, positions: Sequence[int]) -> Sequence[Carried]:
        found: list[Carried] = []
        for start in range(0, len(positions), AT_ONCE):
            found += self._facts("facts_at", positions=list(positions[start : start + AT_ONCE]))
        return found

    def head(self) -> int:
        return int(self._caller.call(self._service, "head", ASK_SECONDS))

    def _facts(self, method: str, **arguments: Any) -> list[Carried]:
        items = self._caller.call(self._service, method, ASK_SECONDS, **arguments)
        return [self._stamp.from_json(item, self.log) for item in items]
