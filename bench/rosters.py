"""Rosters of townships with 10,000 and 100,000 households, drawn through payments' door."""

import ctypes
import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

from psycopg2 import extensions
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.figures import Figure, at_least, at_most
from bench.stage import Stage
from services.runtime.embedded import EmbeddedSite
from services.runtime.founding import found
from services.runtime.home import Charter, Home
from services.runtime.houses import definition
from shared.database import PostgresDatabase
from shared.decider import Frame, UnitOfWork
from shared.envelope import About, Actor
from shared.facts.base import Fact
from shared.facts.gateway import OfficerAppointed
from shared.facts.payments import EntitlementOpened
from shared.migration import migrate
from shared.service import Service

SMALL, LARGE, FILL = 10_000, 100_000, 1_000
PROGRAMME = "SUBSISTENCE_ALLOWANCE"
ACTOR = Actor("SYSTEM/payments", "系统", "SYSTEM", "payments")
AT = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
FLAT = 1.5  # of the small roster's peak: what is flat doesn't grow with its lines
_ids = count(1)


@dataclass
class Payments:
    """Payments on PostgreSQL, with a case officer for each of two townships."""

    site: EmbeddedSite
    service: Service

    @classmethod
    def on(cls, stage: Stage) -> "Payments":
        """Found it; its authority follows from gateway's log as everywhere."""
        home = Home(stage.folder / "rosters")
        found(home, Charter("411603", trial=True, clock="file", seed=1), AT)
        site = EmbeddedSite.open(home.path)
        stage.things.callback(site.close)
        database = PostgresDatabase(stage.postgres.url(stage.postgres.create_database()))
        stage.things.callback(database.close)
        migrate(database, definition("payments").migrations)
        master = site.secrets.get("master-payments")
        return cls(site, Service(definition("payments"), site.site, database, master))

    def township(self, code: str, households: int) -> None:
        """An officer, and entitlements as if review had confirmed so many households."""
        gateway = self.site.services["gateway"]
        appointed = OfficerAppointed(
            f"appointment-{code}", f"officer-{code}", "王勤", "民政经办员", "CASE_OFFICER", code,
            code, None, None, date(2021, 2, 1),
        )  # fmt: skip
        record(gateway, [(f"officer/{code}", appointed, About())], f"bench/{code}")
        follower = self.service.follow(gateway.source)
        while follower.step():
            pass
        for start in range(0, households, FILL):
            numbers = range(start, min(start + FILL, households))
            record(self.service, [_entitlement(code, n) for n in numbers], f"{code}/{start}")
        with self.service.database.engine.begin() as conn:  # as autovacuum does within minutes
            conn.exec_driver_sql("ANALYZE")

    def draw(self, code: str, month: str) -> int:
        """The roster of a month; how many lines."""
        answer = self.service.door.execute(
            "draw_roster", {"township": code, "programme": PROGRAMME, "month": month},
            self.site.token(f"officer-{code}"), str(UUID(int=next(_ids), version=5)),
        )  # fmt: skip
        if not answer.done:
            raise RuntimeError(answer.sentence)
        with self.service.database.read() as conn:
            lines = conn.exec_driver_sql(_LINES, (code, month)).scalar_one()
        return int(lines)


_LINES = "SELECT count(*) FROM roster_line WHERE township = %s AND month = %s"


def record(service: Service, facts: Sequence[tuple[str, Fact, About]], cause: str) -> None:
    """In one transaction, with the service's own projections."""
    with service.database.engine.begin() as conn:
        uow = UnitOfWork(conn, service.books)
        for number, (stream, fact, about) in enumerate(facts):
            uow.record(stream, about, [fact], Frame(ACTOR, AT, "57号 Art 21", f"{cause}/{number}"))
        uow.flush()


def _entitlement(code: str, number: int) -> tuple[str, Fact, About]:
    household = f"hh-{code}-{number:08}"
    persons = (f"{code}{number:023x}",)
    case = f"case-{code}-{number}"
    fact = EntitlementOpened(household, PROGRAMME, "RURAL", case, code, "王庄村", persons, 1,
                             30_000 + number % 40_000, "2022-01", None)  # fmt: skip
    about = About(case, household, persons, "王庄村", code)
    return f"entitlement/{household}/{PROGRAMME}", fact, about


@dataclass
class Statements:
    """How many an engine's connections are given, past SQLAlchemy too; one for many rows is one."""

    count: int = 0

    def watch(self, engine: Engine) -> None:
        """From the next connection on that is taken from the pool."""
        event.listen(engine, "checkout", self._on_checkout)

    def _on_checkout(self, driver: Any, record: Any, _proxy: object) -> None:
        kind: Any = record.info.setdefault("cursor", driver.cursor_factory or extensions.cursor)
        statements = self

        class Counting(kind):
            def execute(self, query: Any, values: Any = None) -> None:
                statements.count += 1
                super().execute(query, values)

            def executemany(self, query: Any, rows: Any) -> None:
                statements.count += len(rows)  # the driver sends each by itself
                super().executemany(query, rows)

            def copy_expert(self, *arguments: Any) -> None:
                statements.count += 1
                super().copy_expert(*arguments)

        driver.cursor_factory = Counting


def rosters(stage: Stage) -> Iterator[Figure]:
    """Load who is due, decide, a fact and a row for each line, in one transaction.

    Memory: how far the process grows while it draws, by the kernel's count of its pages.
    """
    payments = Payments.on(stage)
    grown = {}
    for code, full, rounds in (("411603101", SMALL, min(stage.rounds, 3)), ("411603102", LARGE, 1)):
        households = stage.count(full)
        payments.township(code, households)
        before = _peak_mib()
        yield from _drawn(payments, code, households, rounds)
        grown[full] = _peak_mib(reset=False) - before
    ratio = grown[LARGE] / max(grown[SMALL], 1.0)  # nothing at all is as good as a MiB
    name = f"roster of {LARGE:,}: growth of memory, beside {SMALL:,}"
    yield Figure.beside(name, grown[LARGE], "MiB", grown[SMALL], ratio, at_most(FLAT))


def _peak_mib(*, reset: bool = True) -> float:
    """The most memory that this process has held since the last reset.

    What other rows have left behind goes back to the kernel before, lest it be grown into unseen.
    """
    if reset:
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _drawn(payments: Payments, code: str, households: int, rounds: int) -> Iterator[Figure]:
    statements, rates = Statements(), []
    engine = payments.service.database.engine
    statements.watch(engine)
    for number in range(rounds):
        start = perf_counter()
        if payments.draw(code, f"2023-{number + 1:02}") != households:
            raise RuntimeError("lines are missing")
        rates.append(households / (perf_counter() - start))
    each = 1_000 * statements.count / (rounds * households)
    yield Figure.alone(f"roster of {households:,}", median(rates), "lines/s", at_least(5_000))
    yield Figure.alone(
        f"roster of {households:,}: statements", each, "per 1,000 lines", at_most(50)
    )
