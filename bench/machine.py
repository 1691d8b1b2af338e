"""What the figures were taken on."""

import os
import platform
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from deploy.native.programs import postgres_bin

_FSYNCS = 200


def machine() -> dict[str, object]:
    """Processor, kernel, engines, and how many small durable writes its disk does in a second."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _postgres(),
        "rabbitmq": _rabbitmq(),
        "fsync_per_second": round(_fsync_rate()),
    }


def _cpu() -> str:
    text = Path("/proc/cpuinfo").read_text("utf-8")
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _postgres() -> str:
    command = [str(postgres_bin() / "postgres"), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return told.stdout.split()[2]


def _rabbitmq() -> str:
    folders = Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*")
    return max((folder.name.partition("-")[2] for folder in folders), default="")


def _fsync_rate() -> float:
    """Appends of 512 bytes, each made durable, in the folder where the servers keep their data."""
    with tempfile.TemporaryFile() as file:
        start = perf_counter()
        for _ in range(_FSYNCS):
            file.write(bytes(512))
            file.flush()
            os.fsync(file.fileno())
        return _FSYNCS / (perf_counter() - start)
