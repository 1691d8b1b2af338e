"""A distributed site for tests: five services, each a process of its own, on real servers.

The databases, the vhost and the processes are this cluster's alone; the servers are the worker's.
"""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from services.demo.district import DISTRICT_CODE
from services.runtime.distributed import DistributedSite
from services.runtime.founding import found
from services.runtime.home import Charter, Home
from services.runtime.houses import DEFINITIONS, NAMES
from shared.carrying.definitions import definitions
from shared.carrying.topology import topology
from shared.settings import OPERATOR, load_settings
from tests.servers import PostgresServer, RabbitServer
from tests.servers.processes import HOST, free_port, wait_until

YINGBAO = str(Path(sys.executable).with_name("yingbao"))
FOLLOWS = {one.name: one.follows for one in DEFINITIONS}
END_SECONDS_MAX = 30


class Cluster:
    """`with Cluster(folder, postgres, rabbit) as cluster:` the site is founded; start it.

    `seed` makes the site's keys and so its pseudonyms repeatable.
    """

    def __init__(
        self,
        folder: Path,
        postgres: PostgresServer,
        rabbit: RabbitServer,
        *,
        seed: int | None = None,
        **environment: str,
    ) -> None:
        self._seed = seed
        self.path = folder / "site"
        self.postgres, self.rabbit = postgres, rabbit
        self._environment = environment
        self._processes: dict[str, list[subprocess.Popen[bytes]]] = {name: [] for name in NAMES}
        self.databases: dict[str, str] = {}
        self.vhost = ""
        self._extra_ports: list[int] = []

    def __enter__(self) -> Self:
        self.path.mkdir(parents=True)
        self.databases = {name: self._database(name) for name in NAMES}
        self.vhost = f"{self.databases['gateway']}"
        self.rabbit.apply_definitions(
            definitions(topology(FOLLOWS), {who: who for who in (*NAMES, OPERATOR)}, self.vhost)
        )
        self._write_settings()
        self._found()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self.rabbit.start()
        self.rabbit.drop_vhost(self.vhost)
        self.postgres.start()
        for database in self.databases.values():
            self.postgres.drop_database(database)

    @property
    def home(self) -> Home:
        """The site with its settings."""
        return Home.of(load_settings({"YINGBAO_HOME": str(self.path)}))

    @contextmanager
    def site(self, patience_seconds: float = 90) -> Iterator[DistributedSite]:
        """The operator's way into the site."""
        home = self.home
        assert home.settings is not None
        site = DistributedSite(home, home.settings, patience_seconds)
        try:
            yield site
        finally:
            site.close()

    def start(self, names: Sequence[str] = NAMES) -> None:
        """Start one more instance of each; returns at once."""
        for name in names:
            self._processes[name].append(self._run(name))

    def wait_ready(self, names: Sequence[str] = NAMES) -> None:
        """Until each service says that it is ready; raises where one has ended."""
        for name in names:
            wait_until(lambda name=name: self._ready(name), f"{name} is ready")  # type: ignore[misc]

    def kill(self, names: Sequence[str] = NAMES) -> None:
        """SIGKILL every instance."""
        self.end(names, signal.SIGKILL)

    def end(self, names: Sequence[str], number: signal.Signals = signal.SIGTERM) -> list[int]:
        """Signal every instance, wait, and give their exit statuses."""
        ending = [process for name in names for process in self._processes[name]]
        for process in ending:
            process.send_signal(number)
        for name in names:
            self._processes[name] = []
        return [process.wait(END_SECONDS_MAX) for process in ending]

    def instances(self, name: str) -> list[subprocess.Popen[bytes]]:
        """The processes of a service, in the order of their start."""
        return self._processes[name]

    def yingbao(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command of the operator to its end."""
        done = subprocess.run(
            [YINGBAO, *words], env=self.environment(), capture_output=True, encoding="utf-8",
            check=False, timeout=300,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def environment(self) -> dict[str, str]:
        """What a process of this site is started with."""
        clean = {name: text for name, text in os.environ.items() if name[:8] != "YINGBAO_"}
        return clean | {
            "YINGBAO_HOME": str(self.path),
            "YINGBAO_LOG_FORMAT": "json",
            "COLUMNS": "200",
            **self._environment,
        }

    def logged(self, name: str) -> str:
        """What a service's processes have said so far."""
        with suppress(FileNotFoundError):
            return (self.path.parent / f"{name}.log").read_text("utf-8")
        return ""

    def status(self, name: str, page: str = "/ready") -> str:
        """A page of a service's health; the answer's text, whatever its status."""
        address = self.settings[f"YINGBAO_HTTP_{name.upper()}"]
        try:
            with urllib.request.urlopen(f"http://{address}{page}", timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode()

    def query(self, service: str, statement: str) -> list[tuple[Any, ...]]:
        """A question to a service's database as its owner."""
        return self.postgres.ask(self.databases[service], statement)

    def _ready(self, name: str) -> bool:
        for process in self._processes[name]:
            assert process.poll() is None, f"{name} ended: {self.logged(name)[-3000:]}"
        try:
            return bool(json.loads(self.status(name))["ready"])
        except (OSError, ValueError):
            return False

    def _run(self, name: str) -> subprocess.Popen[bytes]:
        environment = self.environment()
        if self._processes[name]:  # a second instance shows its health elsewhere
            environment[f"YINGBAO_HTTP_{name.upper()}"] = f"{HOST}:{free_port()}"
        with (self.path.parent / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", YINGBAO, "run", name],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def _found(self) -> None:
        """As the operator does, or with keys that follow from a seed."""
        if self._seed is None:
            self.yingbao("init", "--trial")
        else:
            charter = Charter(DISTRICT_CODE, trial=True, clock="file", seed=self._seed)
            found(self.home, charter, datetime.now(UTC))

    def _database(self, service: str) -> str:
        for role in (f"{service}_owner", f"{service}_run"):
            self.postgres.create_role(role)
        return self.postgres.create_database(owner=f"{service}_owner")

    def _write_settings(self) -> None:
        settings = {"YINGBAO_MODE": "distributed", "YINGBAO_BROKER_URL_OPERATOR": self._broker()}
        for name in NAMES:
            own, database = name.upper(), self.databases[name]
            settings[f"YINGBAO_DATABASE_URL_{own}"] = self.postgres.dsn(database, f"{name}_run")
            settings[f"YINGBAO_OWNER_URL_{own}"] = self.postgres.dsn(database, f"{name}_owner")
            settings[f"YINGBAO_BROKER_URL_{own}"] = self._broker(name)
            settings[f"YINGBAO_HTTP_{own}"] = f"{HOST}:{free_port()}"
        self.settings: Mapping[str, str] = settings
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        (self.path / "settings.env").write_text(lines, "utf-8")

    def _broker(self, who: str = OPERATOR) -> str:
        return self.rabbit.url(who, self.vhost)
