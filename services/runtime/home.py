"""A site's folder: what it is, where its databases, keys and signed records lie.

site.json      code, trial or not, seed, which clock
settings.env   where a distributed site's servers are; an embedded site has none
clock          the simulated time of a trial site
<service>.db   one SQLite database per service, its log in the table `fact`
keys/          secrets, readable by the owner only
public/        the logs' and the witness's verifier keys
signer/        a folder for each signer: what it signed last, apart from the databases
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

import msgspec

from services.runtime.houses import NAMES
from services.runtime.secrets import Secrets
from shared.clock import CHINA, Clock, FileClock, SystemClock
from shared.settings import Settings


class NoSite(Exception):
    """The folder holds no site."""


class CharterUnreadable(Exception):
    """The folder's site.json isn't one; the message is a sentence."""


class ClockForbidden(Exception):
    """A simulated clock on a site that isn't marked as a trial."""


@dataclass(frozen=True, slots=True)
class Charter:
    """What a site is. `seed` makes a trial site repeatable; a real site has none."""

    code: str
    trial: bool
    clock: Literal["system", "file"] = "system"
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Paths of one site. `settings` where its databases are on servers; None: embedded.

    `policy`: the site's own policy file, over the packs that come with the program.
    """

    path: Path
    settings: Settings | None = None
    policy: Path | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The site that the settings name."""
        return cls(settings.home, settings if settings.distributed else None, settings.policy)

    @property
    def secrets(self) -> Secrets:
        """The site's secrets, from the environment or from its key files."""
        return Secrets(self.settings.keys if self.settings else self.path / "keys")

    @property
    def charter_file(self) -> Path:
        return self.path / "site.json"

    @property
    def clock_file(self) -> Path:
        return self.path / "clock"

    def database(self, service: str) -> Path:
        return self.path / f"{service}.db"

    def signer_state(self, service: str) -> Path:
        return self.path / "signer" / service / "state.json"

    def adopt_signer_records(self) -> None:
        """Move what a signer of the first version kept as signer/<service>.json to its folder."""
        for name in NAMES:
            before, now = self.path / "signer" / f"{name}.json", self.signer_state(name)
            if before.exists() and not now.exists():
                now.parent.mkdir(mode=0o700, exist_ok=True)
                before.replace(now)

    def public_key(self, name: str) -> Path:
        return self.path / "public" / f"{name}.vkey"

    @property
    def is_founded(self) -> bool:
        return self.charter_file.exists()

    def found(self, charter: Charter, now: datetime | None = None) -> None:
        """Make the folder of a new site; `now` starts a simulated clock."""
        if charter.seed is not None and not charter.trial:
            raise ClockForbidden("只有试运行站点可以使用固定种子。")
        signers = (f"signer/{name}" for name in NAMES)
        for folder in ("", "keys", "public", "signer", *signers):
            (self.path / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        if charter.clock == "file" and not self.clock_file.exists():
            if now is None:
                raise ValueError("a simulated clock starts at an instant")
            FileClock(self.clock_file).set(now)
        fresh = self.charter_file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(charter), indent=2) + "\n", "utf-8")
        fresh.replace(self.charter_file)

    def charter(self) -> Charter:
        """Read what the site is; raises NoSite, CharterUnreadable."""
        try:
            return _charter(self.charter_file.read_bytes())
        except FileNotFoundError as error:
            raise NoSite(str(self.path)) from error
        except (ValueError, RecursionError, IsADirectoryError) as error:
            sentence = f"站点说明 {self.charter_file} 读不懂：不是 JSON 或缺少应有的内容。"
            raise CharterUnreadable(sentence) from error

    def clock(self, charter: Charter) -> Clock:
        """The site's clock; a simulated one only where the site is marked as a trial."""
        if charter.clock == "system":
            return SystemClock()
        if not charter.trial:
            raise ClockForbidden("模拟时钟只能用于试运行站点。")
        return FileClock(self.clock_file)


@contextmanager
def founding(home: Home) -> Iterator[Home]:
    """Build a site beside its place and move it there whole; a crash leaves no half-made site."""
    new = Home(home.path.with_name(f".{home.path.name}.founding"))
    shutil.rmtree(new.path, ignore_errors=True)
    yield new
    home.path.parent.mkdir(parents=True, exist_ok=True)
    new.path.rename(home.path)


def move_on(home: Home, charter: Charter, instant: datetime) -> None:
    """Move a simulated clock to a Chinese wall time; a bare day means nine in the morning.

    Raises ClockForbidden on a site with the system's clock, and where time would go back.
    """
    clock = home.clock(charter)
    if not isinstance(clock, FileClock):
        raise ClockForbidden("本站点使用系统时钟，不能调整。")
    if (instant.hour, instant.minute) == (0, 0):
        instant = instant.replace(hour=9)
    wanted = instant.replace(tzinfo=CHINA).astimezone(UTC)
    if wanted < clock.now():
        raise ClockForbidden("时钟不能往回拨。")
    clock.set(wanted)


_charter = msgspec.json.Decoder(Charter).decode
