"""Starting processes that outlive us, and knowing them again: never a stranger with their number."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom

HOST = "127.0.0.1"
WAIT_SECONDS_MAX = 60.0
END_SECONDS_MAX = 10.0


def free_port() -> int:
    """A port nobody listens on, below those that the kernel gives to outgoing connections.

    So a server that was killed finds its port still free when it starts again.
    """
    for port in SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port
    raise OSError("no free port on loopback between 20000 and 32000")


def wait_until(ready: Callable[[], bool], what: str, seconds_max: float = WAIT_SECONDS_MAX) -> None:
    """Returns once `ready()` is true; raises TimeoutError naming what was waited for."""
    end = time.monotonic() + seconds_max
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


def ordinary_user() -> tuple[list[str], int]:
    """The words before a command so that it runs unprivileged, and the user id it runs under.

    For PostgreSQL, which refuses root; an ordinary user needs no words.
    """
    if os.geteuid() != 0:
        return [], os.geteuid()
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    ids = ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
    return ["setpriv", *ids], user.pw_uid


def children_of(pid: int) -> list[int]:
    """The direct children of a process."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def state_of(pid: int) -> str:
    """The kernel's letter for a process: R, S, T (stopped), Z (ended, not reaped); X when gone."""
    return _stat(pid)[0]


def ended(pid: int) -> bool:
    """Whether a process holds nothing any more: files, memory and ports are given back."""
    return state_of(pid) in "XZ"


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may hold anything; state X for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["X"]


def birth_of(pid: int) -> str:
    """When a process was born, in ticks of this boot; empty when it is gone.

    With the process id it names one process for ever: ids come again, births don't.
    """
    fields = _stat(pid)
    if fields[0] in "XZ":
        return ""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return f"{fields[19]}@{boot}"


@dataclass(slots=True)
class Daemon:
    """A process in a session of its own, on record in `<folder>/<name>.pid` with its birth."""

    folder: Path
    name: str
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def log(self) -> Path:
        """What it writes to its terminal."""
        return self.folder / f"{self.name}.log"

    @property
    def pid(self) -> int | None:
        """Its process id while it runs, else None."""
        try:
            number, birth = self._record.read_text().split()
        except (FileNotFoundError, ValueError):
            return None
        return int(number) if birth_of(int(number)) == birth else None

    def start(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        """Start it unless it runs, with just this environment, in this folder."""
        if self.pid is not None:
            return
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603 - commands are our own
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        fresh = self._record.with_suffix(".new")
        fresh.write_text(f"{self._child.pid} {birth_of(self._child.pid)}\n")
        fresh.replace(self._record)

    def stop(
        self, number: signal.Signals = signal.SIGTERM, seconds: float = END_SECONDS_MAX
    ) -> None:
        """Ask it to end, wait, then kill it; nothing where it doesn't run."""
        for last in (number, signal.SIGKILL):
            if (pid := self.pid) is None:
                break
            with suppress(ProcessLookupError):
                os.kill(pid, last)
            with suppress(TimeoutError):
                wait_until(lambda: self.pid is None, f"{self.name} ends", seconds)
        if self.pid is not None:
            raise TimeoutError(f"{self.name} 没有结束（进程 {self.pid}）。")
        if self._child is not None:
            self._child.wait()
            self._child = None
        self._record.unlink(missing_ok=True)

    @property
    def _record(self) -> Path:
        return self.folder / f"{self.name}.pid"
