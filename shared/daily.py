"""What a house does by itself because a day has come: it asks its rows what is due, and does it.

Looked for again and again, so that nothing is lost while a site is down and several processes may
look side by side: whoever comes second finds it done, or is told so by the stream's version.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.engine import Connection

from shared.attempt import run_system
from shared.clock import day_of
from shared.competence import by_type
from shared.decider import UnitOfWork
from shared.log.store import Conflict

if TYPE_CHECKING:
    from shared.service import Service
    from shared.site import Site

PAGE = 500
TRIES_MAX = 5
PAUSE_SECONDS = 0.01
logger = structlog.get_logger("daily")


@dataclass(frozen=True, slots=True)
class Due:
    """A command that a day asks for. `place`: where it stands in the list, to go on behind it;
    `cause`: its own name, the same whoever finds it.
    """

    place: Any
    command: Any
    cause: str


Find = Callable[[Connection, date, int, Any], Sequence[Due]]
Count = Callable[[Connection, "Site", date], Mapping[tuple[str, str], int]]


@dataclass(frozen=True, slots=True)
class Daily:
    """`find`: a page of what is due on a day, behind a place; `count`: what waits, by township and
    state, without any person or case.
    """

    find: Find
    count: Count


class DayKeeper:
    """Does what is due in one service. One for each process."""

    def __init__(self, service: "Service") -> None:
        self._service = service
        self._rows = by_type(service.definition.commands)
        self._told_on: date | None = None

    def step(self) -> int:
        """All that is due today by the site's clock; give how many facts it made.

        One that fails keeps none of the others from theirs; the first failure is raised at last.
        """
        daily = self._service.definition.daily
        if daily is None:
            return 0
        today, count = day_of(self._service.site.clock.now()), 0
        failures: list[Exception] = []
        place: Any = None
        while page := self._page(daily, today, place):
            place = page[-1].place
            for due in page:
                try:
                    count += self._do(due)
                except Exception as error:
                    logger.warning("not done", log=self._service.log, error=type(error).__name__)
                    failures.append(error)
        self._tell(daily, today)
        if failures:
            raise failures[0]
        return count

    def _page(self, daily: Daily, today: date, place: Any) -> Sequence[Due]:
        with self._service.database.look() as conn:
            return daily.find(conn, today, PAGE, place)

    def _do(self, due: Due) -> int:
        """In one transaction; when somebody was first on the same stream, a few times."""
        for attempt in range(1, TRIES_MAX):
            try:
                return self._service.database.write(partial(self._give, due))
            except Conflict:
                time.sleep(PAUSE_SECONDS * attempt)
        return self._service.database.write(partial(self._give, due))

    def _give(self, due: Due, conn: Connection) -> int:
        service = self._service
        uow = UnitOfWork(conn, service.books)
        row = self._rows[type(due.command)]
        run_system(uow, service.site, row, due.command, due.cause, service.definition.name)
        uow.flush()
        return len(uow.recorded)

    def _tell(self, daily: Daily, today: date) -> None:
        """Once a day, what waits in each township: the warning before a limit passes."""
        if self._told_on == today:
            return
        with self._service.database.look() as conn:
            counted = daily.count(conn, self._service.site, today)
        for (township, state), count in sorted(counted.items()):
            if count == 0:
                continue
            logger.info(
                "limits", log=self._service.log, township=township, state=state, count=count
            )
        self._told_on = today
