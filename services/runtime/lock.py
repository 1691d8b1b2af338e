"""One writer process per embedded site; a second one is refused with a sentence."""

import fcntl
import os
from pathlib import Path
from typing import Self


class SiteBusy(Exception):
    """Another process writes to this site."""


class SiteLock:
    """Held from `take` to `release`, or to the end of the process, however that comes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> Self:
        """Raises SiteBusy at once when another process holds it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise SiteBusy(
                f"该站点正由另一进程（{holder or '未知'}）写入，请等它结束或先停止它。"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return self

    def release(self) -> None:
        """Let others write."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
