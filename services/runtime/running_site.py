"""A running site as commands and the demo see it, whichever mode it runs in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from services.runtime.home import Charter, Home
from shared.answer import Answer
from shared.service import Service
from shared.site import Site


class RunningSite(Protocol):
    """Its doors, and a look at its services."""

    @property
    def home(self) -> Home: ...
    @property
    def charter(self) -> Charter: ...
    @property
    def site(self) -> Site: ...
    @property
    def services(self) -> Mapping[str, Service]: ...

    def execute(
        self,
        name: str,
        payload: Any,
        actor: str,
        command_id: str,
        not_after: datetime | None = None,
    ) -> Answer:
        """Carry a command to the door of the service that takes it."""
        ...

    def token(self, officer: str, acting_for: str | None = None, minutes: int = 30) -> str:
        """Issue an officer's token, as the gateway does."""
        ...

    def settle(self) -> int:
        """Return when no follower has anything left to do."""
        ...

    def keep_day(self) -> int:
        """Return when what the day asks for is done: limits that have passed are noted."""
        ...

    def checkpoint(self) -> None:
        """Return when every log is signed to its end."""
        ...

    def close(self) -> None: ...


@contextmanager
def open_site(home: Home, patience_seconds: float = 30.0) -> Iterator[RunningSite]:
    """The site of this home: opened here in embedded mode, reached over RabbitMQ otherwise.

    Patience is for servers and services that don't answer; an embedded site needs none.
    """
    # Each mode imports what it needs: an embedded site knows no broker.
    if home.settings is None:
        from services.runtime.embedded import EmbeddedSite  # noqa: PLC0415

        site: RunningSite = EmbeddedSite.open(home.path, home.policy)
    else:
        from services.runtime.distributed import DistributedSite  # noqa: PLC0415

        site = DistributedSite(home, home.settings, patience_seconds)
    try:
        yield site
    finally:
        site.close()
