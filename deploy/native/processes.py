"""Starting processes that outlive us, and knowing them again: never a stranger with their number."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
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
        if port_is_free(port):
            return port
    raise OSError("no free port on loopback between 20000 and 32000")


def port_is_free(port: int) -> bool:
    """Whether nobody listens there; connections that linger after an end don't count."""
    with socket.socket() as probe, suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return True
    return False


def wait_until(ready: Callable[[], bool], what: str, seconds_max: float = WAIT_SECONDS_MAX) -> None:
    """Returns once `ready()` is true; raises TimeoutError naming what was waited for."""
    end = time.monotonic() + seconds_max
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


def write_private(path: Path, text: str, mode: int = 0o600) -> None:
    """Replace a file whole; nobody else can read it at any moment."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
    fresh.replace(path)


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


_ours: list[subprocess.Popen[bytes]] = []
"""What this process started itself: to be reaped by it, and not by a destructor that complains."""


@dataclass(frozen=True, slots=True)
class Daemon:
    """A process in a session of its own, on record in `<folder>/<name>.pid` with its birth."""

    folder: Path
    name: str

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
            child = subprocess.Popen(  # noqa: S603 - commands are our own
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        write_private(self._record, f"{child.pid} {birth_of(child.pid)}\n")
        _ours.append(child)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; nothing where it doesn't run."""
        if (pid := self.pid) is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def stop(self, seconds: float = END_SECONDS_MAX) -> None:
        """Wait for its end after a signal, then kill it; raises TimeoutError if that fails."""
        with suppress(TimeoutError):
            wait_until(lambda: self.pid is None, self.name, seconds)
        self.send(signal.SIGKILL)
        wait_until(lambda: self.pid is None, f"{self.name} 没有结束。", END_SECONDS_MAX)
        self._record.unlink(missing_ok=True)
        _ours[:] = [child for child in _ours if child.poll() is None]

    def tail(self) -> str:
        """The end of its log."""
        try:
            return self.log.read_text("utf-8", errors="replace")[-2000:]
        except FileNotFoundError:
            return ""

    @property
    def _record(self) -> Path:
        return self.folder / f"{self.name}.pid"
