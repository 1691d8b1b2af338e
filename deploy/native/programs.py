"""Where the servers' programs are, or how to get them."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

POSTGRES_MIN = 15
RABBITMQ_MIN = (3, 10)
_RABBITMQ = Path("/usr/lib/rabbitmq")


class ServerMissing(Exception):
    """The programs of a server are not installed; the message says how to get them."""


def postgres_bin(folders: list[Path] | None = None) -> Path:
    """The folder of PostgreSQL's programs, 15 or newer; raises ServerMissing."""
    on_path = [Path(name) for name in os.get_exec_path()]
    for folder in _debian_postgres() + on_path if folders is None else folders:
        if (folder / "initdb").exists() and _major(folder / "postgres") >= POSTGRES_MIN:
            return folder
    raise ServerMissing(
        "缺少 PostgreSQL 15 或更新版本，请运行 apt-get install postgresql。"
        "PostgreSQL 15 or newer is missing: apt-get install postgresql"
    )


def rabbitmq_bin(place: Path = _RABBITMQ) -> Path:
    """The folder of RabbitMQ's own scripts, 3.10 or newer; raises ServerMissing.

    Not those on the PATH: Debian's wrappers there insist on the account `rabbitmq`.
    """
    tools = all(shutil.which(tool) for tool in ("erl", "epmd", "erl_call"))
    if tools and (place / "bin/rabbitmq-server").exists() and _newest(place) >= RABBITMQ_MIN:
        return place / "bin"
    raise ServerMissing(
        "缺少 RabbitMQ 3.10 或更新版本，请运行 apt-get install rabbitmq-server。"
        "RabbitMQ 3.10 or newer is missing: apt-get install rabbitmq-server"
    )


def _debian_postgres() -> list[Path]:
    """Where Debian keeps PostgreSQL's programs, off the PATH; newest version first."""
    folders = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    return sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)


def _major(program: Path) -> int:
    if not program.exists():
        return 0
    command = [str(program), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - as found
    found = re.search(r"\d+", told.stdout)
    return int(found[0]) if found else 0


def _newest(place: Path) -> tuple[int, int]:
    """RabbitMQ doesn't tell its version without starting; the folder of its code names it."""
    return max(_versions(place.glob("lib/rabbitmq_server-*")), default=(0, 0))


def _versions(folders: Iterable[Path]) -> Iterable[tuple[int, int]]:
    for folder in folders:
        if found := re.search(r"-(\d+)\.(\d+)", folder.name):
            yield int(found[1]), int(found[2])
