"""Where the tests write: in memory where there is room for it, else where files usually go.

Servers and services still ask for every fsync that they ask for in production; a process that is
killed loses nothing that memory holds. What only a disk could lose is lost in no test.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM_BYTES_MIN = 6 * 2**30  # a run takes up to two


def write_in_memory() -> None:
    """For this process and those it starts, unless somebody has said where by TMPDIR."""
    if "TMPDIR" not in os.environ and _fits(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def open_to_all() -> str | None:
    """Where a server that runs as somebody else may have its folder; None is the usual place.

    As root TMPDIR may lie where the server's user can't enter.
    """
    if os.geteuid() != 0 or Path(tempfile.gettempdir()) == MEMORY:
        return None
    return "/tmp"


def _fits(place: Path) -> bool:
    """Whether it is there, writable, may hold programs, and has room."""
    if not os.access(place, os.W_OK | os.X_OK) or os.statvfs(place).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(place).free >= ROOM_BYTES_MIN
