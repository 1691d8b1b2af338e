"""A finished demo, played once for all tests and all their processes. Look, or copy it; don't write."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import yingbao

# 25 households that meet nearly every fate, and some of the rare turns: objections upheld and rejected, a withdrawal, payments
# returned, corrected and pending, a death after the roster was drawn, a second application.
HOUSEHOLDS, SEED = 25, 262
PLAY = ("demo", "--households", str(HOUSEHOLDS), "--seed", str(SEED))


@dataclass(frozen=True, slots=True)
class Play:
    """Where it was played, and what it said; logged at level debug in JSON."""

    home: Path
    out: str
    err: str


@contextmanager
def shared_once(
    factory: pytest.TempPathFactory, worker: str, name: str
) -> Iterator[tuple[Path, bool]]:
    """A folder that all test processes share, and whether it is ready; the others wait meanwhile."""
    base = factory.getbasetemp()
    folder = (base if worker == "master" else base.parent) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder, (folder / "ready").exists()
        (folder / "ready").touch()


@pytest.fixture(scope="session")
def finished_play(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Play:
    """The play; whichever test process comes first plays it."""
    with shared_once(tmp_path_factory, worker_id, "finished-play") as (shared, ready):
        if not ready:
            said = yingbao(shared / "home", *PLAY, YINGBAO_LOG_LEVEL="debug",
                           YINGBAO_LOG_FORMAT="json")  # fmt: skip
            assert said.returncode == 0, said.stderr
            (shared / "said.json").write_text(json.dumps([said.stdout, said.stderr]), "utf-8")
        out, err = json.loads((shared / "said.json").read_text("utf-8"))
        return Play(shared / "home", out, err)


@pytest.fixture
def copied_play(finished_play: Play, tmp_path: Path) -> Callable[[], Path]:
    """Makes a copy of the finished play to do anything with."""

    def copy() -> Path:
        return shutil.copytree(finished_play.home, tmp_path / "copy")

    return copy
