"""A whole command: through review's door in its process, and the door by itself.

The command asks the bureau to verify a case of twenty facts, one of them with a sealed part: token,
post, township, relatives, load, decide, append, project, remember the answer; one durable
transaction on PostgreSQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from bench.cases import CaseLoad, open_cases
from bench.district import District, district
from bench.figures import Figure, at_least, at_most
from bench.logs import Log
from bench.measuring import interleave, prepared, timed
from bench.nameko import nameko
from bench.peer_cycle import Library
from bench.stage import Stage
from services.runtime.tokens import issue_token
from shared.carrying.rabbit.calling import Caller

COMMANDS = 60
CALL_SECONDS = 30
SERVICE = "review"
FACTS = 20  # in each case
OTHERS = 10**9  # numbers of facts that no case of the officer's has
_ids = count(1)


@dataclass
class Office:
    """An officer at review's door, near and far; each command goes to a case of its own."""

    stage: Stage
    place: District
    caller: Caller = field(init=False)
    token: str = field(init=False)
    cases: CaseLoad = field(init=False)

    def __post_init__(self) -> None:
        home = self.place.cluster.home
        assert home.settings is not None
        self.caller = Caller(home.settings.broker_url(), "bench")
        self.cases = open_cases(self.place, (self.stage.rounds + 1) * self._count)
        self.token = issue_token(home, self.cases.officer, None, 60)

    def lengthen(self) -> "Office":
        """Nine times as many facts of other cases behind those that are there."""
        log = Log(self.place.site.services[SERVICE].database, next=OTHERS)
        log.fill(OTHERS + 9 * FACTS * len(self.cases.cases))
        return self

    def by_rpc(self) -> int:
        """One after another over RabbitMQ; how many were done."""
        return sum(self._called(case) for case in self.cases.take(self._count))

    def at_the_door(self) -> int:
        """The same without RPC, in this process."""
        door = self.place.site.services[SERVICE].door
        done = 0
        for case in self.cases.take(self._count):
            answer = door.execute("request_verification", {"case": case}, self.token, _id())
            done += answer.done
        return done

    @property
    def _count(self) -> int:
        return self.stage.count(COMMANDS)

    def _called(self, case: str) -> bool:
        said = self.caller.call(
            SERVICE, "execute", CALL_SECONDS, name="request_verification", payload={"case": case},
            actor=self.token, command_id=_id(),
            not_after=(datetime.now(UTC) + timedelta(seconds=CALL_SECONDS)).isoformat(),
        )  # fmt: skip
        return bool(said["outcome"] == "done")


def _id() -> str:
    return str(UUID(int=next(_ids), version=5))


def commands(stage: Stage) -> Iterator[Figure]:
    """Beside an empty nameko RPC, and beside the library's load of 20 events, decision and save.

    The library has no RPC, no sealed parts and asks nobody who may: it is compared with the door
    in-process, where nobody carries or signs meanwhile either.
    """
    count = stage.count(COMMANDS)
    with (
        district(stage, "commands", (SERVICE,)) as place,
        district(stage, "door", ()) as quiet,
        district(stage, "long-door", ()) as long,
        nameko(place.broker) as peer,
    ):
        far, near, tenth = Office(stage, place), Office(stage, quiet), Office(stage, long)
        tenth.lengthen()
        library = Library(stage, count)
        peer.ask("start")
        taken = interleave(
            {
                "rpc": timed(far.by_rpc),
                "empty": lambda: count / float(peer.ask("call", count=count)),
                "door": timed(near.at_the_door),
                "library": prepared(library.opened, library.decide),
                "long": timed(tenth.at_the_door),
            },
            stage.rounds,
        )
        peer.ask("stop")
    rates = {side: taken.rate(side) for side in taken.rates}
    yield Figure.beside(
        "whole command over RPC: empty nameko RPC", 1_000 / rates["rpc"], "ms",
        1_000 / rates["empty"], taken.ratio("empty", "rpc"), at_most(2.5),
    )  # fmt: skip
    name = "whole command at the door"
    yield Figure.beside(
        f"{name}: eventsourcing's load, decide, save", rates["door"],
        "commands/s", rates["library"], taken.ratio("door", "library"), at_least(2.5),
    )  # fmt: skip
    yield Figure.beside(
        f"{name}: a tenth of the log", rates["long"], "commands/s", rates["door"],
        taken.ratio("door", "long"), at_most(1.2),
    )  # fmt: skip
