"""Another service's log, asked for over RPC: what the messages left out is fetched by position."""

from collections.abc import Sequence
from typing import Any

from shared.carrying.follower import LogOutOfOrder
from shared.carrying.rabbit.calling import Caller
from shared.carrying.source import Carried
from shared.carrying.wire import Stamp

ASK_SECONDS = 10
AT_ONCE = 50  # facts by position: as many of the longest as one message may hold


class RemoteSource:
    """A `Source` over RPC; for one thread, which waits for an answer `seconds` at most."""

    def __init__(
        self, log: str, caller: Caller, stamp: Stamp, seconds: float = ASK_SECONDS
    ) -> None:
        self.log, self._seconds = log, seconds
        self._service = log.rpartition("/")[2]
        self._caller, self._stamp = caller, stamp

    def facts_after(self, position: int, limit: int) -> Sequence[Carried]:
        found = self._facts("facts_after", position=position, limit=limit)
        _require(self.log, found, range(position + 1, position + 1 + len(found)))
        return found

    def facts_at(self, positions: Sequence[int]) -> Sequence[Carried]:
        found: list[Carried] = []
        for start in range(0, len(positions), AT_ONCE):
            asked = sorted(positions[start : start + AT_ONCE])
            given = self._facts("facts_at", positions=asked)
            _require(self.log, given, asked)
            found += given
        return found

    def head(self) -> int:
        return int(self._caller.call(self._service, "head", self._seconds))

    def _facts(self, method: str, **arguments: Any) -> list[Carried]:
        items = self._caller.call(self._service, method, self._seconds, **arguments)
        return [self._stamp.from_json(item, self.log) for item in items]


def _require(log: str, given: Sequence[Carried], expected: Sequence[int]) -> None:
    """What was asked for, in its order; raises LogOutOfOrder."""
    positions = [one.position for one in given]
    if positions != list(expected):
        raise LogOutOfOrder(f"{log} gave {positions[:3]}, not {list(expected[:3])}")
