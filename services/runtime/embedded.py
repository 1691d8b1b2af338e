"""An embedded site: five services in one process over SQLite, no broker.

Every command comes through the same door as in production; followers read the other service's
log directly. One process writes; `Reader`s may look at the databases beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import structlog

from services.runtime.home import Charter, Home, NoSite
from services.runtime.houses import DEFINITIONS, SERVICE_OF
from services.runtime.lock import SiteLock
from services.runtime.signers import log_signer, witness_signer
from services.runtime.sites import build_site, require_policy
from services.runtime.tokens import issue_token
from shared.answer import Answer
from shared.carrying.follower import Follower, Status
from shared.daily import DayKeeper
from shared.log.integrator import Integrator
from shared.migration import require_current
from shared.service import Service
from shared.sqlite import SqliteDatabase

ROUNDS_MAX = 10_000


logger = structlog.get_logger("site")


class SigningFailed(RuntimeError):
    """Some logs could not be signed; what was committed stands, its signature is due."""

    def __init__(self, logs: tuple[str, ...]) -> None:
        super().__init__("、".join(logs))
        self.logs = logs


class NotSettling(RuntimeError):
    """Followers keep each other busy for ever; a reaction loop."""


class EmbeddedSite:
    """A running site. `open` takes the writer's lock; `close` gives it back."""

    def __init__(self, home: Home, charter: Charter, lock: SiteLock) -> None:
        self.home, self.charter, self._lock = home, charter, lock
        self.secrets = home.secrets
        self.site = build_site(home, charter, self.secrets)
        self.services = {d.name: self._start(d) for d in DEFINITIONS}
        self.followers = [
            service.follow(self.services[source].source)
            for service in self.services.values()
            for source in service.definition.follows
        ]
        self.day_keepers = [DayKeeper(service) for service in self.services.values()]
        self._seen: dict[tuple[str, str], int] = {}
        cosigner = witness_signer(self.secrets, charter)
        self.integrators = {
            name: Integrator(
                service.log,
                service.database,
                log_signer(self.secrets, charter, name),
                cosigner,
                self.site.clock,
                home.signer_state(name),
            )
            for name, service in self.services.items()
        }

    @classmethod
    def open(cls, path: Path, policy: Path | None = None) -> Self:
        """Start the site in this folder, `policy` its own policy file.

        Raises NoSite, SiteBusy, SchemaNotCurrent, PolicyRefused.
        """
        home = Home(path, policy=policy)
        charter = home.charter()
        if not home.database("gateway").exists():  # another's folder, or a distributed site's
            raise NoSite(str(path))
        lock = SiteLock(path / "site.lock").take()
        try:
            return cls(home, charter, lock)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Stop; what was committed stays."""
        for service in self.services.values():
            service.database.close()
        self._lock.release()

    def execute(
        self,
        name: str,
        payload: Any,
        actor: str,
        command_id: str,
        not_after: datetime | None = None,
    ) -> Answer:
        """Carry a command to the door of the service that takes it."""
        service = self.services[SERVICE_OF.get(str(name), "gateway")]
        return service.door.execute(name, payload, actor, command_id, not_after)

    def token(self, officer: str, acting_for: str | None = None, minutes: int = 30) -> str:
        """Issue an officer's token, as the gateway does."""
        return issue_token(self.home, officer, acting_for, minutes)

    def settle(self) -> int:
        """Let followers catch up, in a fixed order, until nobody has anything left to do."""
        moved = 0
        for _ in range(ROUNDS_MAX):
            step = sum(self._drain(follower) for follower in self.followers)
            if step == 0:
                return moved
            moved += step
        raise NotSettling("followers don't come to rest")

    def retry_parked(self) -> int:
        """Try parked streams whose time has come."""
        return sum(follower.retry_parked() for follower in self.followers)

    def keep_day(self) -> int:
        """What the day asks for: limits that have passed are noted; give how many facts it made."""
        return sum(keeper.step() for keeper in self.day_keepers)

    def checkpoint(self) -> None:
        """Integrate and sign every log, then hold the record's copies against the sources.

        A log that can't be signed doesn't keep the others from it; raises SigningFailed at the end.
        """
        failed = [name for name in self.integrators if not self._sign(name)]
        if failed:
            raise SigningFailed(tuple(self.site.log_name(name) for name in failed))

    def _sign(self, name: str) -> bool:
        signed = False
        try:
            while self.integrators[name].step() is not None:  # each signs a bounded number
                signed = True
            if signed and name in self.services["reporting"].definition.follows:
                self._compare(name)
        except Exception as error:
            logger.exception("not signed", log=self.site.log_name(name), error=str(error))
            return False
        return True

    def _compare(self, name: str) -> None:
        service = self.services[name]
        note = service.newest_checkpoint()
        verifier = log_signer(self.secrets, self.charter, name).verifier
        if note is not None:
            self.services["reporting"].compare(service.log, note, verifier)

    def status(self) -> list[Status]:
        """How far every follower is."""
        return [follower.status() for follower in self.followers]

    def _start(self, definition: Any) -> Service:
        database = SqliteDatabase(self.home.database(definition.name))
        require_current(database, definition.migrations)
        master = self.secrets.get(f"master-{definition.name}")
        service = Service(definition, self.site, database, master)
        require_policy(service)
        return service

    def _drain(self, follower: Follower) -> int:
        moved = 0
        key = follower.service, follower.log
        while self._head(follower) != self._seen.get(key):
            step = follower.step()
            if step == 0:
                self._seen[key] = self._head(follower)
                break
            moved += step
        return moved

    def _head(self, follower: Follower) -> int:
        return self.services[follower.log.rpartition("/")[2]].source.head()


@contextmanager
def open_site(path: Path, policy: Path | None = None) -> Iterator[EmbeddedSite]:
    """`with open_site(path) as site:`"""
    site = EmbeddedSite.open(path, policy)
    try:
        yield site
    finally:
        site.close()
