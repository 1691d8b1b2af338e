"""The site's own commands and its five services, each a process of its own."""

import os
import subprocess
import sys
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from deploy.native.processes import HOST
from services.cli.topology import site_topology
from shared.carrying.rabbit.declaring import declare
from shared.settings import load_settings

_KEPT = ("YINGBAO_LOG_FORMAT", "YINGBAO_LOG_LEVEL")
ANSWER_SECONDS_MAX = 10.0


class NotFounded(Exception):
    """The site couldn't be founded or migrated; the message is what the command said."""


def command(*words: str) -> list[str]:
    """`yingbao WORDS` with this very Python."""
    return [sys.executable, "-m", "services.cli", *words]


def environment(home: Path) -> dict[str, str]:
    """The caller's, but the site's servers are those of its own settings.env."""
    others = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or not name.startswith("YINGBAO_")
    }
    return others | {"YINGBAO_HOME": str(home)}


def found_site(home: Path, mark: Path) -> None:
    """Found a trial site with a simulated clock, or migrate the one that is there.

    `mark` is touched once founding is through: an interrupted one is repeated.
    """
    if mark.exists():
        _yingbao(home, "migrate")
        return
    _yingbao(home, "init", "--trial")
    mark.touch()


def declare_topology(home: Path) -> None:
    """What the broker loaded at its start, and what somebody has deleted since."""
    declare(load_settings(environment(home)).broker_url(), site_topology())


def is_ready(port: int) -> bool:
    """Whether a service says that it may be given work."""
    connection = HTTPConnection(HOST, port, timeout=ANSWER_SECONDS_MAX)
    try:
        with suppress(OSError, HTTPException):
            connection.request("GET", "/ready")
            return connection.getresponse().status == 200
        return False
    finally:
        connection.close()


def _yingbao(home: Path, *words: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        command(*words), env=environment(home), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise NotFounded(f"yingbao {' '.join(words)}：{done.stderr.strip() or done.stdout.strip()}")
