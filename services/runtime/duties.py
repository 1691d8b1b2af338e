"""What a service process does by itself, each in a thread of its own: follow, relay, sign.

A duty is done again and again. Trouble is waited out with back-off, and while it lasts the duty
says what it stands still for.
"""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import DBAPIError

BACK_OFF_SECONDS_MAX = 30.0
SLICE_SECONDS = 0.5
logger = structlog.get_logger("duty")


def _nothing() -> None:
    """Nothing to do."""


class Duty:
    """A thread that calls `step` until it is stopped; `pulse` while it waits; `close` at the end."""

    def __init__(
        self,
        name: str,
        step: Callable[[], object],
        *,
        pulse: Callable[[], None] = _nothing,
        close: Callable[[], None] = _nothing,
    ) -> None:
        self.name = name
        self.standing_still: str | None = None
        self._step, self._pulse, self._close = step, pulse, close
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        """The step in hand is finished; then it ends."""
        self._stop.set()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def join(self) -> None:
        """Wait for its end; in a process with a hub, look at `running` instead."""
        self._thread.join()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def _run(self) -> None:
        failures = 0
        try:
            while not self._stop.is_set():
                failures = 0 if self._try(self._step) else failures + 1
                if failures:
                    self._wait(min(0.1 * 2**failures, BACK_OFF_SECONDS_MAX))
        finally:
            self._close()

    def _try(self, what: Callable[[], object]) -> bool:
        try:
            what()
        except Exception as error:
            self.standing_still = type(error).__name__
            # Loud, but without the traceback's values: they could be personal.
            logger.error(  # noqa: TRY400
                "standing still", duty=self.name, error=type(error).__name__, why=_short(error)
            )
            return False
        self.standing_still = None
        return True

    def _wait(self, seconds: float) -> None:
        while seconds > 0 and not self._stop.wait(min(seconds, SLICE_SECONDS)):
            seconds -= SLICE_SECONDS
            if not self._try(self._pulse):
                return


def _short(error: Exception) -> str:
    """What may be logged: words of our own, of the broker and of connections; never of values."""
    if isinstance(error, DBAPIError):
        return str(getattr(error.orig, "pgcode", None) or type(error.orig).__name__)
    ours = type(error).__module__.partition(".")[0] in _SAY_NO_VALUES
    return str(error).partition("\n")[0][:200] if ours or isinstance(error, OSError) else ""


_SAY_NO_VALUES = ("shared", "services", "amqp", "kombu")
