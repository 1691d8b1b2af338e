"""Where a server's programs are, or how to get them."""

import os
import re
import subprocess
from pathlib import Path


class ServerMissing(Exception):
    """The programs of a server are not installed; the message says how to get them."""


def debian_folders() -> list[Path]:
    """Where Debian keeps PostgreSQL's programs, off the PATH; newest version first."""
    folders = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    return sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)


def postgres_bin(folders: list[Path] | None = None) -> Path:
    """The folder of PostgreSQL's programs, 15 or newer; raises ServerMissing."""
    on_path = [Path(name) for name in os.get_exec_path()]
    for folder in debian_folders() + on_path if folders is None else folders:
        if (folder / "initdb").exists() and _major(folder / "postgres") >= 15:
            return folder
    raise ServerMissing(
        "缺少 PostgreSQL 15 或更新版本，请运行 apt-get install postgresql。"
        "PostgreSQL 15 or newer is missing: apt-get install postgresql"
    )


def _major(program: Path) -> int:
    if not program.exists():
        return 0
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+", told.stdout)
    return int(found[0]) if found else 0
