"""One clock for a whole site. Instants are UTC; days are decided in Asia/Shanghai."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991


class Clock(Protocol):
    """What time it is at this site."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """A simulated time that all processes of a trial site read from one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self.path.read_text("ascii").strip())

    def set(self, now: datetime) -> None:
        """Move the site's time; readers see the old instant or the new one, never half of it."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(now.astimezone(UTC).isoformat(), "ascii")
        fresh.replace(self.path)


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
