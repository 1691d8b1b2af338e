"""A whole site under one folder: up, down, and how it is."""

import fcntl
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deploy.native.plan import SERVERS, Plan, write_settings
from deploy.native.postgres import Cluster
from deploy.native.processes import Daemon, port_is_free, wait_until
from deploy.native.rabbitmq import Broker
from deploy.native.services import command, declare_topology, environment, found_site, is_ready
from services.cli.topology import site_topology
from services.runtime.houses import NAMES
from shared.carrying.definitions import definitions

TRIES = 3


class NotUp(Exception):
    """A process didn't start or didn't become ready; the message has the end of its log."""


class NotOurs(Exception):
    """The folder holds something that `up` didn't make, so it isn't deleted."""


@dataclass(frozen=True, slots=True)
class State:
    """One process: its name, where it listens, its id while it runs."""

    name: str
    port: int
    pid: int | None
    ready: bool


class NativeSite:
    """var/up: run/ (plan, logs, process ids), postgres/, rabbitmq/, site/ (the site's home)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.home = self.folder / "site"
        self._run = self.folder / "run"
        self._plan = self._run / "plan.json"

    def up(self, tell: Callable[[str], None]) -> None:
        """Start whatever doesn't run, repair what is broken, wait until all are ready."""
        plan = self._planned()
        write_settings(self.home, plan.settings())
        tell("RabbitMQ …")
        self._start_broker(plan)
        tell("PostgreSQL …")
        self._start_cluster(plan)
        tell("yingbao init …")
        found_site(self.home, self._run / "founded")
        declare_topology(self.home)
        tell("服务 " + " ".join(NAMES) + " …")
        self._start_services(plan)

    def down(self) -> None:
        """End services, broker and cluster, in this order; data stays."""
        self._end(NAMES)
        self._end(("rabbitmq",))
        self._end(("epmd",))
        self._end(("postgres",), signal.SIGINT)  # a fast shutdown: clients are sent away

    def forget(self) -> None:
        """Delete everything; raises NotOurs for a folder that `up` didn't make."""
        self.down()
        if self.folder.exists():
            if any(self.folder.iterdir()) and not self._plan.exists():
                raise NotOurs(f"{self.folder} 不是 make up 建立的目录，没有删除。")
            shutil.rmtree(self.folder)

    def states(self) -> list[State]:
        """Servers first, then services; none before the first `up`."""
        plan = Plan.read(self._plan)
        if plan is None:
            return []
        pids = {name: self._daemon(name).pid for name in ("postgres", "rabbitmq", "epmd", *NAMES)}
        answers: dict[str, Callable[[], bool]] = {
            "postgres": self._cluster(plan).answers,
            "rabbitmq": self._broker(plan).answers,
            "epmd": self._broker(plan).epmd_answers,
        } | {name: partial(is_ready, plan.ports[name]) for name in NAMES}
        return [
            State(name, plan.ports[name], pid, pid is not None and answers[name]())
            for name, pid in pids.items()
        ]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One `up` or `down` of this folder at a time; the second waits."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self.folder.with_name(f".{self.folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _planned(self) -> Plan:
        """The plan as kept, or a new one; with other ports where a stranger listens on ours."""
        self._run.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # PostgreSQL's user passes through; everything in it is closed
        self._run.chmod(0o700)
        plan = Plan.read(self._plan) or Plan.draw()
        taken = [n for n in (*SERVERS, *NAMES) if self._is_taken(n, plan.ports[n])]
        if taken:
            self.down()
            plan = plan.with_new_ports(taken)
        plan.keep(self._plan)
        return plan

    def _is_taken(self, name: str, port: int) -> bool:
        holder = "rabbitmq" if name == "distribution" else name
        return self._daemon(holder).pid is None and not port_is_free(port)

    def _start_broker(self, plan: Plan) -> None:
        broker = self._broker(plan)
        broker.prepare(definitions(site_topology(), plan.broker_users()))
        place = (broker.environment(), broker.folder)
        self._start("epmd", broker.epmd_command(), *place, broker.epmd_answers)
        self._start("rabbitmq", broker.command(), *place, broker.answers)
        broker.wake_queues()

    def _start_cluster(self, plan: Plan) -> None:
        cluster = self._cluster(plan)
        cluster.prepare()
        place = (cluster.environment(), cluster.folder)
        self._start("postgres", cluster.command(), *place, cluster.answers)
        cluster.make_roles(plan.roles())

    def _start_services(self, plan: Plan) -> None:
        given = environment(self.home)
        for name in NAMES:
            self._daemon(name).start(command("run", name), given, self.home)
        for name in NAMES:
            self._await(self._daemon(name), partial(is_ready, plan.ports[name]))

    def _start(
        self,
        name: str,
        words: Sequence[str],
        given: dict[str, str],
        folder: Path,
        answers: Callable[[], bool],
    ) -> None:
        """A server that was killed may need a moment until its last child is gone."""
        daemon = self._daemon(name)
        for attempt in range(1, TRIES + 1):
            daemon.start(words, given, folder)
            try:
                return self._await(daemon, answers)
            except NotUp:
                if attempt == TRIES:
                    raise

    def _await(self, daemon: Daemon, answers: Callable[[], bool]) -> None:
        """Raises NotUp when the process ends or stays silent."""

        def settled() -> bool:
            return daemon.pid is None or answers()

        try:
            wait_until(settled, daemon.name)
        except TimeoutError as error:
            raise NotUp(f"{daemon.name} 没有就绪：{daemon.tail()}") from error
        if daemon.pid is None:
            raise NotUp(f"{daemon.name} 已退出：{daemon.tail()}")

    def _end(self, names: Sequence[str], number: signal.Signals = signal.SIGTERM) -> None:
        daemons = [self._daemon(name) for name in names]
        for daemon in daemons:
            daemon.send(number)
        for daemon in daemons:
            daemon.stop()

    def _daemon(self, name: str) -> Daemon:
        return Daemon(self._run, name)

    def _broker(self, plan: Plan) -> Broker:
        ports = (plan.ports[name] for name in ("rabbitmq", "distribution", "epmd"))
        return Broker(self.folder / "rabbitmq", *ports)

    def _cluster(self, plan: Plan) -> Cluster:
        return Cluster(
            self.folder / "postgres", plan.ports["postgres"], plan.passwords["superuser"]
        )
