"""An answer in time or none: work that may hang is done in a thread of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class InTime(Generic[T]):
    """`ask()` gives what `work()` gives, or raises what it raises, or TimeoutError.

    The work is under way once at most: who asks meanwhile waits for the same answer. So a database
    that hangs holds one thread, however often it is looked at.
    """

    def __init__(self, work: Callable[[], T], seconds_max: float) -> None:
        self._work, self._seconds_max = work, seconds_max
        self._lock = threading.Lock()
        self._asked: Future[T] | None = None

    def ask(self) -> T:
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = Future()
                # A daemon: one that hangs doesn't keep the process from ending.
                threading.Thread(target=self._run, args=(self._asked,), daemon=True).start()
            asked = self._asked
        return asked.result(self._seconds_max)

    def _run(self, asked: "Future[T]") -> None:
        try:
            asked.set_result(self._work())
        except BaseException as error:
            asked.set_exception(error)
