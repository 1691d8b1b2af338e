"""One clock for a whole site. Instants are UTC; days are decided in Asia/Shanghai."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991
_LENGTH_MAX = 64


class Clock(Protocol):
    """What time it is at this site."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """A simulated time that all processes of a trial site read from one file.

    Written in place under a lock: a file put in the old one's place would cost the disk more than
    a command does.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        with self._locked(os.O_RDONLY, fcntl.LOCK_SH) as file:
            return datetime.fromisoformat(os.read(file, _LENGTH_MAX).decode("ascii").strip())

    def set(self, now: datetime) -> None:
        """Move the site's time; readers see the old instant or the new one, never half of it."""
        text = now.astimezone(UTC).isoformat(timespec="microseconds").encode("ascii")
        with self._locked(os.O_WRONLY | os.O_CREAT, fcntl.LOCK_EX) as file:
            os.write(file, text)
            os.ftruncate(file, len(text))  # a hand may have written a longer one

    @contextmanager
    def _locked(self, flags: int, lock: int) -> Iterator[int]:
        file = os.open(self.path, flags, 0o666)
        try:
            fcntl.flock(file, lock)  # until it is closed
            yield file
        finally:
            os.close(file)


class FixedClock:
    """A time held in memory and moved by hand; for tests and for one process alone."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now


def day_of(instant: datetime) -> date:
    """The calendar day of an instant in China."""
    return instant.astimezone(CHINA).date()


def instant_text(instant: datetime) -> str:
    """Fixed width, UTC, sorts as time does: 2024-03-01T01:00:00.000000Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
