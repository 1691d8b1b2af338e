"""Before a play: a folder or a site it may be played in, and the mark of what is played there."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from services.demo.district import DISTRICT_CODE
from services.demo.schedule import Schedule
from services.demo.stage import OPENING
from services.runtime.founding import found
from services.runtime.home import Charter, Home
from services.runtime.lock import SiteLock
from services.runtime.running_site import RunningSite
from services.runtime.verifying import log_size
from shared.clock import CHINA, FileClock
from shared.refusal import Refusal

MARK = "demo.json"


class NotADemo(Refusal):
    """The folder holds something that the demo did not make; it is left alone."""

    code = "NOT_A_DEMO"


class NothingToResume(Refusal):
    """There is no interrupted demo with these parameters."""

    code = "NOTHING_TO_RESUME"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played: so many households of a seed, decided in a month."""

    households: int
    seed: int
    month: str


class SiteInUse(Refusal):
    """A distributed site whose logs already say something; nothing in them is ever replaced."""

    code = "SITE_IN_USE"


def prepare(home: Home, plan: Plan, days: Schedule, console: Console, *, resume: bool) -> None:
    """Found what is to be played in, or find it; raises a refusal and changes nothing otherwise."""
    path = home.path
    if home.settings is not None:
        _prepare_servers(home, plan, resume=resume)
        return
    if resume:
        if not (path / MARK).exists() or _mark(path) != asdict(plan):
            raise NothingToResume(f"{path} 中没有参数相同的未完成演示。")
        if home.is_founded:
            found(home, home.charter())
            return
    elif path.exists() and any(path.iterdir()):
        _clear(path, console)
    _write_mark(path, plan)
    charter = Charter(DISTRICT_CODE, trial=True, clock="file", seed=plan.seed)
    found(home, charter, _opening(days))


def _prepare_servers(home: Home, plan: Plan, *, resume: bool) -> None:
    """A site that was founded on its servers, with nothing in its logs yet."""
    charter = home.charter()
    if not (charter.trial and charter.clock == "file"):
        raise SiteInUse(f"{home.path} 不是使用模拟时钟的试运行站点，不能在上面演示。")
    same = (home.path / MARK).exists() and _mark(home.path) == asdict(plan)
    if resume and not same:
        raise NothingToResume(f"{home.path} 中没有参数相同的未完成演示。")
    if not resume and log_size(home, "gateway"):
        raise SiteInUse(
            f"{home.path} 的日志里已有记录，不会被替换；要接着演示请加 --resume，"
            "要重新演示请另建站点（make down 后 make up FRESH=1）。"
        )
    _write_mark(home.path, plan)


def open_clock(site: RunningSite, days: Schedule) -> None:
    """A site on servers was founded today; its play begins on the play's first day."""
    if site.home.settings is not None and site.services["gateway"].source.head() < 0:
        FileClock(site.home.clock_file).set(_opening(days))


def _opening(days: Schedule) -> datetime:
    return datetime.combine(days.decide[0], OPENING, CHINA).astimezone(UTC)


def _write_mark(path: Path, plan: Plan) -> None:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path / f"{MARK}.new"
    fresh.write_text(json.dumps(asdict(plan)) + "\n", "utf-8")
    fresh.replace(path / MARK)


def _clear(path: Path, console: Console) -> None:
    if not (path / MARK).exists():
        raise NotADemo(f"{path} 不是空目录，也不是演示目录；为免误删，没有改动。")
    lock = SiteLock(path / "site.lock").take()
    try:
        before = _mark(path)
        console.print(
            f"将替换 {path} 中的上一次演示"
            f"（{before['households']} 户，种子 {before['seed']}，{before['month']}）。"
        )
        for item in path.iterdir():
            if item.name not in ("site.lock", MARK):
                shutil.rmtree(item) if item.is_dir() else item.unlink()
    finally:
        lock.release()


def _mark(path: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((path / MARK).read_text("utf-8"))
    return content
