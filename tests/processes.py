"""`yingbao` as a process of its own, its databases looked at from outside."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

YINGBAO = str(Path(sys.executable).with_name("yingbao"))
SERVICES = ("gateway", "intake", "review", "payments", "reporting")
ENDS_WITHIN_SECONDS = 300
LOOKS_EVERY_SECONDS = 0.02


def start(home: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Start `yingbao WORDS` on this home; both outputs are kept apart."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("YINGBAO_")}
    return subprocess.Popen(
        [YINGBAO, *words],
        env={**clean, "YINGBAO_HOME": str(home), "COLUMNS": "200", **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finished(
    process: subprocess.Popen[str], given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Wait for its end and take what it said."""
    out, err = process.communicate(given, timeout=ENDS_WITHIN_SECONDS)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def yingbao(
    home: Path, *words: str, given: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `yingbao WORDS` to its end."""
    return finished(start(home, *words, **environment), given)


def kill_at(
    process: subprocess.Popen[str], home: Path, facts: int, *, cleared_first: bool = False
) -> bool:
    """SIGKILL the process once the home's logs hold so many facts; False where it ended before.

    `cleared_first`: the home holds a former play, which must be gone before anything is counted.
    """
    while process.poll() is None and cleared_first and facts_count(home) > 0:
        time.sleep(LOOKS_EVERY_SECONDS)
    while process.poll() is None and facts_count(home) < facts:
        time.sleep(LOOKS_EVERY_SECONDS)
    if process.poll() is not None:
        return False
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=ENDS_WITHIN_SECONDS)
    return True


def facts_count(home: Path) -> int:
    """How many facts the logs of this home hold; a log that is being made holds none."""
    query = "SELECT count(*) FROM fact"
    return sum(int(str(rows(home, service, query, [(0,)])[0][0])) for service in SERVICES)


def rows(
    home: Path, service: str, query: str, absent: Sequence[tuple[int, ...]] = ()
) -> list[tuple[object, ...]]:
    """A question to a service's database; `absent` where it or its tables aren't there yet."""
    path = home / f"{service}.db"
    if not path.exists():
        return list(absent)
    try:  # a former play may go away between one look and the next
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as conn:
            return conn.execute(query).fetchall()
    except sqlite3.OperationalError:
        if not absent:
            raise
        return list(absent)


def facts_by_name(home: Path) -> Counter[tuple[str, str]]:
    """How often each fact stands in each log."""
    counted: Counter[tuple[str, str]] = Counter()
    for service in SERVICES:
        for name, count in rows(home, service, "SELECT name, count(*) FROM fact GROUP BY name"):
            counted[service, str(name)] = int(str(count))
    return counted
