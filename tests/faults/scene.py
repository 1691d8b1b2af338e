"""A distributed site with a month being played on it, tended as a service manager would tend it."""

import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from services.runtime.houses import NAMES
from tests.clusters import YINGBAO, Cluster

HOUSEHOLDS, SEED = 6, 397
"""A month with applications refused, declined, disputed and confirmed; with money paid, and
returned, corrected and paid or still pending."""
PLAY = ("demo", "--households", str(HOUSEHOLDS), "--seed", str(SEED))
LOOK_SECONDS = 0.1
START_AGAIN_SECONDS = 1.0
PLAY_SECONDS_MAX = 600


class PlayFailed(AssertionError):
    """The play ended by itself before its end, or never came to it; says what it said."""


@dataclass
class Scene:
    """`begin`, strike, `finish`. From one thread: servers die with the thread that started them.

    `ended`: who ended by itself and with which status; started again as a service manager does.
    """

    cluster: Cluster
    ended: list[str] = field(default_factory=list)
    plays: int = 0
    _play: subprocess.Popen[bytes] | None = None
    _again: dict[str, float] = field(default_factory=dict)
    _counted: int = 0
    _looking: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> None:
        """Start everything at once: the play waits for its services."""
        self.cluster.start()
        self.play()

    def play(self) -> None:
        """Start the play, or go on with it."""
        resume = ["--resume"] if self.plays else []
        self.plays += 1
        with self._said.open("ab") as said:
            self._play = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", YINGBAO, *PLAY, "--distributed", *resume],
                env=self.cluster.environment(), stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip

    def kill_play(self) -> None:
        """SIGKILL; nothing where it has ended."""
        if self._play is not None:
            self._play.kill()
            self._play.wait()
            self._play = None

    @property
    def played(self) -> bool:
        """Whether the play has come to its end; raises PlayFailed where it came to another."""
        status = None if self._play is None else self._play.poll()
        if status:
            raise PlayFailed(f"status {status}: {self._said.read_text('utf-8')[-3000:]}")
        return status == 0

    def until(self, facts: int) -> None:
        """Wait until the logs hold so many facts, or the play has ended."""
        end = time.monotonic() + PLAY_SECONDS_MAX
        while not self.played and self.facts_count() < facts:
            if time.monotonic() > end:
                raise PlayFailed(f"stands still: {self._said.read_text('utf-8')[-3000:]}")
            self.pause(LOOK_SECONDS)

    def until_there(self, services: Sequence[str]) -> None:
        """Until each has a process; one that has ended by itself is started first."""
        self.pause(LOOK_SECONDS)
        while not all(map(self.cluster.instances, services)):
            if not any(map(self._again.get, services)):
                self.cluster.start([one for one in services if not self.cluster.instances(one)])
            self.pause(LOOK_SECONDS)

    def pause(self, seconds: float) -> None:
        """Let time pass, and start what has ended by itself."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._tend()
            time.sleep(min(left, LOOK_SECONDS))

    def finish(self) -> None:
        """Play to the end, every service there, everything followed, relayed and signed."""
        if self._play is None:
            self.play()
        self.until(2**31)
        self._until_led()
        self._let_go()
        with self.cluster.site(PLAY_SECONDS_MAX) as site:
            site.settle()
            site.checkpoint()

    def _until_led(self) -> None:
        """Whoever ended while its database was away is there again: one leads each task."""
        end = time.monotonic() + PLAY_SECONDS_MAX
        while missing := [words for words in _TASKS if not self._led(*words)]:
            if time.monotonic() > end:
                raise PlayFailed(f"no leader: {missing}")
            self.pause(LOOK_SECONDS)

    def _led(self, service: str, task: str) -> bool:
        """Whether somebody holds the lock of the task; nobody else can."""
        words = task.format(log=f"{self.cluster.home.charter().code}/{service}")
        found = self.cluster.query(service, _HOLDERS.format(words=words))
        return found == [(1,)]

    def facts_count(self) -> int:
        """How many facts all logs hold; as counted last where the databases are away."""
        try:
            self._counted = sum(self._head(name) for name in NAMES)
        except psycopg2.Error:
            self._let_go()
        return self._counted

    def _head(self, service: str) -> int:
        """Asked often, so over a connection that is kept."""
        if service not in self._looking:
            dsn = self.cluster.postgres.dsn(self.cluster.databases[service])
            self._looking[service] = psycopg2.connect(dsn)
            self._looking[service].autocommit = True
        with self._looking[service].cursor() as cursor:
            cursor.execute(_HEAD)
            return int(cursor.fetchone()[0])

    def _let_go(self) -> None:
        for connection in self._looking.values():
            connection.close()
        self._looking.clear()

    def _tend(self) -> None:
        now = time.monotonic()
        for name in NAMES:
            for process in list(self.cluster.instances(name)):
                if process.poll() is not None:
                    self.cluster.instances(name).remove(process)
                    number = process.returncode
                    said = signal.Signals(-number).name if number < 0 else f"status {number}"
                    self.ended.append(f"{name}: {said}")
                    self._again[name] = now + START_AGAIN_SECONDS
            if self._again.get(name, now) < now:
                del self._again[name]
                self.cluster.start([name])

    @property
    def _said(self) -> Path:
        return self.cluster.path.parent / "play.log"


_HEAD = "SELECT coalesce(max(position), -1) + 1 FROM fact"
_TASKS = [
    (name, task)
    for name in NAMES
    for task in ("yingbao.integrator {log}", "yingbao.relay {log} rabbitmq")
]
_HOLDERS = (
    "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database "
    "WHERE locktype = 'advisory' AND granted AND d.datname = current_database() "
    "AND (classid::bigint << 32) | objid::bigint = hashtextextended('{words}', 0)"
)
