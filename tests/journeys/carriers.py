"""Who carries a story: it acts through the doors and asks the record, whatever carries the facts."""

from base64 import b64decode
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from services.payments.documents import bank_file
from services.payments.read_models import Totals, totals
from services.reporting.mirror import Entry, timeline
from services.reporting.read_models import monthly_table
from services.runtime.distributed import DistributedSite
from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS
from services.runtime.verifying import verify_log
from shared.answer import Answer
from shared.facts.reporting import TownshipRow
from shared.log.verification import Report
from tests.sites import Office, TrialSite


class Carrier(Protocol):
    """What a story needs: four acts and five questions."""

    def do(self, officer: str, name: str, /, **payload: Any) -> Answer: ...
    def give(
        self, officer: str, name: str, /, acting_for: str | None = None, **payload: Any
    ) -> Answer: ...
    def at(self, day: str) -> None: ...
    def settle(self) -> None: ...
    def timeline(self, **filters: Any) -> list[Entry]: ...
    def monthly_table(self, programme: str, month: str) -> tuple[TownshipRow, ...]: ...
    def totals(self, programme: str, month: str) -> tuple[Totals, ...]: ...
    def bank_file(self, batch: str) -> bytes: ...
    def verified(self) -> list[Report]: ...


READER, PAYER = "bureau-1", "finance-1"


@dataclass
class Distributed:
    """A process for each service, RabbitMQ and PostgreSQL: everything is asked over RPC."""

    office: Office[DistributedSite]

    def do(self, officer: str, name: str, /, **payload: Any) -> Answer:
        return self.office.do(officer, name, **payload)

    def give(
        self, officer: str, name: str, /, acting_for: str | None = None, **payload: Any
    ) -> Answer:
        return self.office.give(officer, name, acting_for=acting_for, **payload)

    def at(self, day: str) -> None:
        """The next day opens; the one before is signed."""
        self.office.site.checkpoint()
        self.office.at(day)

    def settle(self) -> None:
        self.office.settle()

    def timeline(self, **filters: Any) -> list[Entry]:
        """Page by page."""
        found: list[Entry] = []
        after: dict[str, Any] = {}
        while page := self._ask("reporting", "timeline", READER, **filters, **after):
            found += msgspec.convert(page, list[Entry])
            after = {"after": list(found[-1].place)}
        return found

    def monthly_table(self, programme: str, month: str) -> tuple[TownshipRow, ...]:
        rows = self._ask("reporting", "monthly_table", READER, programme=programme, month=month)
        return msgspec.convert(rows, tuple[TownshipRow, ...])

    def totals(self, programme: str, month: str) -> tuple[Totals, ...]:
        rows = self._ask("payments", "totals", READER, programme=programme, month=month)
        return msgspec.convert(rows, tuple[Totals, ...])

    def bank_file(self, batch: str) -> bytes:
        return b64decode(self._ask("payments", "bank_file", PAYER, batch=batch))

    def verified(self) -> list[Report]:
        """Every log, signed to its end and verified."""
        self.office.settle()
        self.office.site.checkpoint()
        return [verify_log(self.office.site.home, d.name) for d in DEFINITIONS]

    def _ask(self, service: str, name: str, officer: str, **arguments: Any) -> Any:
        site = self.office.site
        answer = site.query(service, name, site.token(officer), **arguments)
        assert answer.done, answer
        return answer.details["result"]


@dataclass
class Embedded:
    """One process, SQLite, no broker."""

    trial: TrialSite

    def do(self, officer: str, name: str, /, **payload: Any) -> Answer:
        return self.trial.do(officer, name, **payload)

    def give(
        self, officer: str, name: str, /, acting_for: str | None = None, **payload: Any
    ) -> Answer:
        return self.trial.give(officer, name, acting_for=acting_for, **payload)

    def at(self, day: str) -> None:
        """The next day opens; the one before is signed."""
        self.trial.site.checkpoint()
        self.trial.at(day)

    def settle(self) -> None:
        self.trial.settle()

    def timeline(self, **filters: Any) -> list[Entry]:
        with self.trial.site.services["reporting"].database.read() as conn:
            return list(timeline(conn, **filters))

    def monthly_table(self, programme: str, month: str) -> tuple[TownshipRow, ...]:
        with self.trial.site.services["reporting"].database.read() as conn:
            return monthly_table(conn, programme, month)

    def totals(self, programme: str, month: str) -> tuple[Totals, ...]:
        with self.trial.site.services["payments"].database.read() as conn:
            return totals(conn, programme, month)

    def bank_file(self, batch: str) -> bytes:
        return bank_file(self.trial.site.services["payments"], batch)

    def verified(self) -> list[Report]:
        """Every log, signed to its end and verified."""
        self.trial.site.checkpoint()
        return [verify_log(Home(self.trial.path), d.name) for d in DEFINITIONS]
