"""A small running district to break the broker under, and to hold to account afterwards."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid5

from services.runtime.distributed import DistributedSite
from services.runtime.founding import appoint_first_administrator
from services.runtime.houses import NAMES
from services.runtime.verifying import verify_log
from shared.answer import Answer
from tests.clusters import Cluster
from tests.journeys.story import TOWNSHIP, Family
from tests.numbers import officer_number
from tests.servers import PostgresServer, RabbitServer
from tests.servers.processes import wait_until
from tests.sites import Office

OFFICER = f"{TOWNSHIP}-1"
UNIT = {"kind": "TOWNSHIP", "from_on": "2021-02-01"}
NAMESPACE = UUID(int=7)
Pids = dict[str, list[int]]


@dataclass
class Bench:
    """`do` at once, `give` whatever comes of it; `assert_whole` when the fault is over."""

    cluster: Cluster
    site: DistributedSite
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _households: Iterator[int] = field(default_factory=lambda: count(1))
    pids: Pids = field(default_factory=dict)

    def open(self) -> None:
        """An administrator, one township, one case officer; on 2024-03-01."""
        self.found()
        self.do("admin", "register_unit", unit=TOWNSHIP, title="新站镇", **UNIT)
        self.do("admin", "appoint_officer", officer=OFFICER, officer_name="经某某", post="经办",
                role="CASE_OFFICER", organisation=TOWNSHIP, township=TOWNSHIP,
                resident_id=officer_number(OFFICER), from_on="2021-02-01")  # fmt: skip
        self.site.settle()
        self.remember_processes()

    def found(self) -> None:
        """An administrator; on 2024-03-01."""
        gateway = self.site.services["gateway"]
        appoint_first_administrator(gateway, "admin", "管某某", "411603", date(2021, 2, 1))
        Office(self.site).at("2024-03-01")

    def remember_processes(self) -> None:
        """From now on these processes must live."""
        self.pids = self.alive()

    def new_id(self) -> str:
        """A fresh command id."""
        return str(uuid5(NAMESPACE, str(next(self._numbers))))

    def give(
        self, officer: str, name: str, payload: dict[str, Any], command_id: str, **more: Any
    ) -> Answer:
        """One command over RPC."""
        return self.site.execute(name, payload, self.site.token(officer), command_id, **more)

    def do(self, officer: str, name: str, /, **payload: Any) -> Answer:
        """A command that must be done."""
        answer = self.give(officer, name, payload, self.new_id())
        assert answer.done, answer
        return answer

    def unit(self) -> dict[str, Any]:
        """What registers one more unit."""
        number = next(self._numbers)
        return {"unit": f"4116039{number:05}", "title": f"第{number}办", **UNIT}

    def register_unit(self) -> Answer:
        """One more fact of the gateway's, which everybody follows."""
        return self.do("admin", "register_unit", **self.unit())

    def accept_household(self) -> Answer:
        """One more application, accepted: review opens its case by itself, once."""
        family = Family("郑", next(self._households), 1, 10_000, 10_000, 0)
        payload = family.application()
        answer = self.do(OFFICER, "submit_application", **payload)
        case = str(answer.stream).removeprefix("application/")
        return self.do(OFFICER, "accept_application", case=case)

    def append(self) -> int:
        """A fact of the gateway's beside all RPC, by a door of this process; gives its position."""
        gateway, admin = self.site.services["gateway"], self.site.token("admin")
        answer = gateway.door.execute("register_unit", self.unit(), admin, self.new_id())
        assert answer.done, answer
        return gateway.source.head()

    def cursor(self, follower: str, source: str) -> int:
        """How far a follower is."""
        log = self.site.site.log_name(source)
        asked = f"SELECT position FROM follow_cursor WHERE log = '{log}'"
        return int(self.cluster.query(follower, asked)[0][0])

    def wait_followed(self, follower: str, source: str, position: int) -> None:
        """Until a follower has come so far."""
        wait_until(
            lambda: self.cursor(follower, source) >= position,
            f"{follower} follows {source} to {position}",
        )

    def assert_whole(self) -> None:
        """Nothing lost, nothing doubled, everybody at the head, the same processes ready again."""
        self.site.settle()
        self.site.checkpoint()
        self.cluster.wait_ready()
        assert self.pids == self.alive()
        for name in NAMES:
            report = verify_log(self.cluster.home, name)
            assert report.ok, report
            dense = "SELECT count(*), coalesce(max(position), -1) + 1 FROM fact"
            (counted, expected), = self.cluster.query(name, dense)  # fmt: skip
            assert expected == counted
        accepted = self._journeys("intake", "intake.application_accepted")
        assert accepted == self._journeys("review", "review.case_opened")

    def _journeys(self, service: str, fact: str) -> list[str]:
        asked = f"SELECT journey FROM fact WHERE name = '{fact}' ORDER BY journey"
        return [row[0] for row in self.cluster.query(service, asked)]

    def alive(self) -> Pids:
        """The process ids of those that run."""
        return {
            name: [p.pid for p in self.cluster.instances(name) if p.poll() is None]
            for name in NAMES
        }


@contextmanager
def opened_bench(folder: Path, postgres: PostgresServer, rabbit: RabbitServer) -> Iterator[Bench]:
    """A founded and running cluster of five services."""
    postgres.start()
    rabbit.start()
    with Cluster(folder, postgres, rabbit) as cluster:
        cluster.start()
        cluster.wait_ready()
        with cluster.site() as site:
            bench = Bench(cluster, site)
            bench.open()
            yield bench


class Load:
    """`with Load(bench) as load:` an officer gives one command after another, each until it is done.

    Its own thread and connection; every command keeps its id however often it is repeated.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench, self._stop = bench, threading.Event()
        self.given: dict[str, dict[str, Any]] = {}
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        wait_until(lambda: len(self.given) > 3 or not self._thread.is_alive(), "load runs")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        if self._error is not None and value is None:
            raise self._error

    def assert_once(self) -> None:
        """Each unit was registered once, and the same ids give the same answer and nothing new."""
        asked = "SELECT stream FROM fact WHERE name = 'gateway.unit_registered'"
        streams = [row[0] for row in self._bench.cluster.query("gateway", asked)]
        expected = {f"unit/{payload['unit']}": 1 for payload in self.given.values()}
        assert expected == {stream: streams.count(stream) for stream in expected}

    def _run(self) -> None:
        try:
            with self._bench.cluster.site(patience_seconds=2) as site:
                while not self._stop.is_set():
                    self._give_until_done(site)
        except BaseException as error:
            self._error = error

    def _give_until_done(self, site: DistributedSite) -> None:
        command_id, payload = self._bench.new_id(), self._bench.unit()
        self.given[command_id] = payload
        token = site.token("admin")
        while not (answer := site.execute("register_unit", payload, token, command_id)).done:
            assert answer.outcome == "unavailable", answer
