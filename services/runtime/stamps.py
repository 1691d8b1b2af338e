"""When each log was last verified, and with what result: `<home>/verified/<service>.json`.

Written by `yingbao verify`, read by the service's metrics. It proves nothing to anybody: whoever
can write the folder can write the stamp. It is there so that a verification that isn't run, or
that fails, raises an alarm.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from services.runtime.home import ClockForbidden, Home
from shared.clock import Clock, instant_text
from shared.log.verification import Report


class Verified(msgspec.Struct, frozen=True):
    """One verification: `at` by the site's clock, `machine_at` by the machine's, both UTC.

    `findings` names kind and position of what was wrong; `root` is hexadecimal.
    """

    ok: bool
    size: int
    root: str
    at: str
    machine_at: str
    findings: tuple[tuple[str, int | None], ...] = ()


class Stamp(msgspec.Struct, frozen=True):
    """The last verification of a log, and the last that found nothing wrong."""

    log: str
    last: Verified
    last_ok: Verified | None = None

    def ok_age_seconds(self, now: datetime) -> float:
        """How long ago the log was last found whole, by the machine's time; infinite if never."""
        if self.last_ok is None:
            return float("inf")
        return (now - datetime.fromisoformat(self.last_ok.machine_at)).total_seconds()


def stamp_file(home: Path, service: str) -> Path:
    """Where a service's stamp lies."""
    return home / "verified" / f"{service}.json"


def read_stamp(home: Path, service: str) -> Stamp | None:
    """The stamp; None where there is none that can be read, which counts as never verified."""
    try:
        return _decode(stamp_file(home, service).read_bytes())
    except (OSError, ValueError):
        return None


def stamp(home: Home, service: str, report: Report) -> bool:
    """Write down what a verification found; False where the folder can't be written.

    An inspector's copy on a read-only medium is verified all the same.
    """
    before = read_stamp(home.path, service)
    path = stamp_file(home.path, service)
    try:
        last = _verified(report, home.clock(home.charter()))
        last_ok = last if last.ok else before.last_ok if before is not None else None
        path.parent.mkdir(mode=0o755, exist_ok=True)
        _replace(path, msgspec.json.format(msgspec.json.encode(Stamp(report.log, last, last_ok))))
    except (OSError, ValueError, ClockForbidden):  # the last two: a copy without its clock
        return False
    return True


def _verified(report: Report, clock: Clock) -> Verified:
    return Verified(
        ok=report.ok,
        size=report.size,
        root=report.root.hex(),
        at=instant_text(clock.now()),
        machine_at=instant_text(datetime.now(UTC)),
        findings=tuple((str(found.kind), found.position) for found in report.findings),
    )


def _replace(path: Path, content: bytes) -> None:
    """In one move: who reads meanwhile sees the old stamp or the new one."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


_decode = msgspec.json.Decoder(Stamp).decode
