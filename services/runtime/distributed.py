"""A distributed site, seen from the operator's terminal: commands go to its services over RabbitMQ.

Only this process speaks here; the services run elsewhere, each on its own.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
import structlog

from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS, SERVICE_OF
from services.runtime.sites import build_site
from services.runtime.tokens import issue_token
from shared.answer import Answer
from shared.carrying.rabbit.calling import Caller, CallFailed, RemoteError
from shared.clock import day_of
from shared.daily import PAGE
from shared.database import PostgresDatabase
from shared.service import Service
from shared.settings import Settings

CALL_SECONDS = 10.0  # for one call; then the same command is asked for again, under its old id
LOOK_SECONDS = 0.05
T = TypeVar("T")
logger = structlog.get_logger("site")


class NotComingToRest(RuntimeError):
    """For a long time nothing moved, and still something is waiting; says what."""


class DistributedSite:
    """The site's doors over RPC, and its databases for looking and for documents.

    `patience_seconds`: how long a service that doesn't answer is asked again, and how long
    followers may stand still before it is trouble.
    """

    def __init__(self, home: Home, settings: Settings, patience_seconds: float) -> None:
        self.home, self.charter = home, home.charter()
        self._patience = patience_seconds
        self._call_seconds = min(CALL_SECONDS, patience_seconds)
        secrets = home.secrets
        self.site = build_site(home, self.charter, secrets)
        self.services = {
            one.name: Service(
                one,
                self.site,
                PostgresDatabase(settings.database_url(one.name), 2),
                secrets.get(f"master-{one.name}"),
            )
            for one in DEFINITIONS
        }
        self._caller = Caller(settings.broker_url(), "operator")

    def close(self) -> None:
        """Let all connections go."""
        self._caller.close()
        for service in self.services.values():
            service.database.close()

    def execute(
        self,
        name: str,
        payload: Any,
        actor: str,
        command_id: str,
        not_after: datetime | None = None,
    ) -> Answer:
        """Ask until there is an answer or patience ends: the id makes every repetition harmless.

        Outcome `unavailable` where no service answered; the command may still have been done.
        """
        service = SERVICE_OF.get(str(name), "gateway")
        arguments = {"name": name, "payload": payload, "actor": actor, "command_id": command_id}

        def once() -> Answer:
            limit = self.site.clock.now() + timedelta(seconds=self._call_seconds)
            until = limit if not_after is None else min(limit, not_after)
            said = self._caller.call(
                service, "execute", self._call_seconds, **arguments, not_after=until.isoformat()
            )
            return Answer(**said)

        return self._patiently(service, once)

    def query(self, service: str, name: str, actor: str, **arguments: Any) -> Answer:
        """Put a question to a service."""

        def once() -> Answer:
            asked = {"name": name, "arguments": arguments, "actor": actor}
            return Answer(**self._caller.call(service, "query", self._call_seconds, **asked))

        return self._patiently(service, once)

    def token(self, officer: str, acting_for: str | None = None, minutes: int = 30) -> str:
        """Issue an officer's token, as the gateway does."""
        return issue_token(self.home, officer, acting_for, minutes)

    def settle(self) -> int:
        """Wait until every follower stands at its source's head and stays there."""
        self._wait_for(self._unsettled, twice=True)
        return 0

    def keep_day(self) -> int:
        """Wait until the services find nothing more that the day asks for."""
        self._wait_for(self._unkept, twice=False)
        return 0

    def checkpoint(self) -> None:
        """Wait until every log is signed to its end."""
        self._wait_for(self._unsigned, twice=False)

    def _patiently(self, service: str, once: Callable[[], Answer]) -> Answer:
        end, pause = time.monotonic() + self._patience, 0.05
        while True:
            try:
                return once()
            except (CallFailed, RemoteError) as error:
                logger.warning("no answer", service=service, why=str(error))
                if time.monotonic() + pause > end:
                    break
            time.sleep(pause)
            pause = min(2 * pause, 2.0)
        sentence = "服务暂时没有应答，请稍后用同一请求编号重试；已办理的不会重复办理。"
        return Answer("unavailable", code="UNAVAILABLE", sentence=sentence)

    def _wait_for(self, left: Callable[[], dict[str, int]], *, twice: bool) -> None:
        """Until nothing is left; with `twice` also at a second look. Patience is for standing still."""
        before: dict[str, int] = {}
        end = time.monotonic() + self._patience
        while True:
            now = self._read(left)
            waiting = {name: value for name, value in now.items() if value and name[0] != "@"}
            if not waiting and (now == before or not twice):
                return
            if now != before:
                before, end = now, time.monotonic() + self._patience
            elif time.monotonic() > end:
                raise NotComingToRest(str(waiting))
            time.sleep(LOOK_SECONDS)

    def _read(self, left: Callable[[], dict[str, int]]) -> dict[str, int]:
        """A database that is down for a moment is waited for."""
        end = time.monotonic() + self._patience
        while True:
            try:
                return left()
            except sa.exc.DBAPIError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _unsettled(self) -> dict[str, int]:
        """How far each follower is behind and what is parked; heads under "@"."""
        heads: dict[str, int] = {}
        cursors: dict[tuple[str, str], int] = {}
        found: dict[str, int] = {}
        for name, service in self.services.items():
            with service.database.read() as conn:
                heads[service.log] = int(conn.exec_driver_sql(_HEAD).scalar_one())
                cursors |= {(name, row.log): int(row.position) for row in conn.execute(_CURSORS)}
                found[f"{name} parked"] = int(conn.exec_driver_sql(_PARKED).scalar_one())
        for name, service in self.services.items():
            for source in service.definition.follows:
                log = self.site.log_name(source)
                found[f"{name} behind {log}"] = heads[log] - cursors.get((name, log), -1)
        return found | {f"@{log}": head for log, head in heads.items()}

    def _unkept(self) -> dict[str, int]:
        """How much of what the day asks for isn't done, a page of it at most."""
        today, found = day_of(self.site.clock.now()), {}
        for name, service in self.services.items():
            if (daily := service.definition.daily) is not None:
                with service.database.read() as conn:
                    found[f"{name} today"] = len(daily.find(conn, today, PAGE, None))
        return found

    def _unsigned(self) -> dict[str, int]:
        """How many facts of each log are not signed yet."""
        found = {}
        for service in self.services.values():
            with service.database.read() as conn:
                found[service.log] = int(conn.exec_driver_sql(_UNSIGNED).scalar_one())
        return found


_HEAD = "SELECT coalesce(max(position), -1) FROM fact"
_CURSORS = sa.text("SELECT log, position FROM follow_cursor")
_PARKED = "SELECT count(*) FROM parked"
_UNSIGNED = (
    "SELECT (SELECT coalesce(max(position), -1) + 1 FROM fact) "
    "- (SELECT coalesce(max(size), 0) FROM checkpoint)"
)
