"""Several services at one terminal: a child process each, and all of them end together."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from time import monotonic

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
END_SECONDS_MAX = 20.0  # twice what a service needs to finish or give back its work
_WELL = (0, -signal.SIGTERM)  # the latter: told to end before it could listen

Child = subprocess.Popen[bytes]


def start(name: str) -> Child:
    """In a process group of its own: Ctrl-C reaches the supervisor, which passes it on once."""
    words = (sys.executable, "-m", "services.cli", "run", name)
    return subprocess.Popen(words, process_group=0)  # noqa: S603 - our own program


def supervise(names: Sequence[str], start: Callable[[str], Child] = start) -> int:
    """Run a process for each service until told to end, or until one ends by itself.

    Exit status 0: all were told to end and ended well. 1: one ended by itself, or badly.
    """
    news: SimpleQueue[Child | None] = SimpleQueue()  # None: told to end
    for number in SIGNALS:
        signal.signal(number, lambda *_: news.put(None))
    children: list[Child] = []
    try:
        for name in names:
            children.append(start(name))
        for child in children:
            threading.Thread(target=_await, args=(child, news), daemon=True).start()
        told = news.get() is None
    finally:
        statuses = _end(children)
    return 0 if told and all(status in _WELL for status in statuses) else 1


def _await(child: Child, news: SimpleQueue[Child | None]) -> None:
    child.wait()
    news.put(child)


def _end(children: Sequence[Child]) -> list[int]:
    """Tell all to end, wait, kill what is deaf; give the exit statuses."""
    for child in children:
        child.terminate()
    until = monotonic() + END_SECONDS_MAX
    for child in children:
        try:
            child.wait(max(0.0, until - monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    return [child.wait() for child in children]
