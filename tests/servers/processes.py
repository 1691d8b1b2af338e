"""What starting, watching and ending a server's processes needs."""

import os
import pwd
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

HOST = "127.0.0.1"
WAIT_SECONDS_MAX = 60.0


def free_port() -> int:
    """A port nobody listens on, below those that the kernel gives to outgoing connections.

    So a server that a test has killed finds its port still free when it starts again.
    """
    for port in SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port
    raise OSError("no free port on loopback between 20000 and 32000")


def wait_until(ready: Callable[[], bool], what: str) -> None:
    """Returns once `ready()` is true; raises TimeoutError naming what was waited for."""
    end = time.monotonic() + WAIT_SECONDS_MAX
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)


def as_ordinary_user() -> tuple[list[str], int]:
    """The words before a command so that it runs unprivileged, and the user id it runs under.

    PostgreSQL refuses root. A server also gets a fast shutdown when the test process dies.
    """
    words = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() != 0:
        return words, os.geteuid()
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    ids = ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
    return [*words, *ids], user.pw_uid


def children_of(pid: int) -> list[int]:
    """The direct children of a process."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def state_of(pid: int) -> str:
    """The kernel's letter for a process: R, S, T (stopped), Z (ended, not reaped); X when gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


def ended(pid: int) -> bool:
    """Whether a process holds nothing any more: files, memory and ports are given back."""
    return state_of(pid) in "XZ"
