"""Gateway and intake as running services on SQLite files, for tests of the kernel through them."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.engine import Connection

from services.gateway.commands import AppointFirstAdministrator
from services.gateway.service import GATEWAY
from services.intake.service import INTAKE
from shared.answer import Answer
from shared.attempt import run_system
from shared.calendar import WorkCalendar
from shared.clock import CHINA, FixedClock
from shared.codec import Recorded
from shared.competence import by_type
from shared.decider import UnitOfWork
from shared.facts.base import Fact
from shared.identity import KeySource, seeded_keys
from shared.log import store
from shared.migration import migrate
from shared.policy.loader import load_policy
from shared.policy.model import Policy
from shared.service import Definition, Service
from shared.site import Site
from shared.sqlite import SqliteDatabase
from shared.token import Identity, issue
from tests.numbers import officer_number

CODE = "411603"
TOWNSHIP, NEIGHBOUR = "411603101", "411603102"
HEAD_ID, CHILD_ID, OTHER_ID = "999999195001010018", "999999198005050010", "999999197003030011"
APPOINTED_ON = "2021-02-01"
TOKEN_KEY = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)


@cache
def rules() -> Policy:
    """The real packs, read once."""
    return load_policy()


def nine(day: str) -> datetime:
    """Nine in the morning of a day in China."""
    return datetime.combine(date.fromisoformat(day), time(9), CHINA).astimezone(UTC)


def site_at(clock: FixedClock, keys: KeySource | None = None) -> Site:
    """A trial site with known keys."""
    return Site(
        code=CODE,
        trial=True,
        clock=clock,
        calendar=WorkCalendar(),
        policy=rules(),
        token_key=TOKEN_KEY.public_key(),
        pseudonym_key=bytes([1]) * 32,
        carrier_key=bytes([2]) * 32,
        keys=keys or seeded_keys(1),
    )


def started(definition: Definition, site: Site, path: Path) -> Service:
    """A service on its own migrated file; an existing file is opened again."""
    known = path.exists()
    database = SqliteDatabase(path)
    if not known:
        migrate(database, definition.migrations)
    return Service(definition, site, database, bytes([3]) * 32)


def application(**changes: Any) -> dict[str, Any]:
    """A complete application of a head and a grown child in TOWNSHIP."""
    payload: dict[str, Any] = {
        "township": TOWNSHIP,
        "village": "王庄村",
        "programme": "SUBSISTENCE_ALLOWANCE",
        "category": "RURAL",
        "members": [
            {"name": "赵德厚", "relation": "HEAD", "resident_id": HEAD_ID},
            {"name": "赵小麦", "relation": "CHILD", "resident_id": CHILD_ID},
        ],
        "applied_on": "2024-03-01",
        "source": "COUNTER",
        "signed_authorisation": True,
        "honesty_statement": True,
        "monthly_income_fen": 60_000,
        "property_fen": 0,
        "account": {
            "holder_name": "赵德厚",
            "holder_resident_id": HEAD_ID,
            "bank": "农商银行",
            "account": "6299990000000000017",
        },
    }
    return {**payload, **changes}


@dataclass
class Houses:
    """`give(officer, command, payload)` at the door that takes it; `settle()` lets intake follow.

    Officers: admin; worker and second (case officers of TOWNSHIP), stranger (of NEIGHBOUR).
    Opened again, `first_id` must lie above the ids already given.
    """

    folder: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(nine("2024-03-04")))
    first_id: int = 1

    def __post_init__(self) -> None:
        self.numbers = count(self.first_id)
        self.site = site_at(self.clock)
        self.gateway = started(GATEWAY, self.site, self.folder / "gateway.db")
        self.intake = started(INTAKE, self.site, self.folder / "intake.db")
        self.follower = self.intake.follow(self.gateway.source)

    def found(self) -> None:
        """The first administrator, two townships, three case officers."""
        first = AppointFirstAdministrator("admin", "管某", CODE, date.fromisoformat(APPOINTED_ON))
        row = by_type(GATEWAY.commands)[AppointFirstAdministrator]

        def work(conn: Connection) -> None:
            uow = UnitOfWork(conn, self.gateway.books)
            run_system(uow, self.site, row, first, "founding", "gateway")
            uow.flush()

        self.gateway.database.write(work)
        for unit, title in ((TOWNSHIP, "新站镇"), (NEIGHBOUR, "鲁台镇")):
            self.must("admin", "register_unit", unit=unit, title=title, kind="TOWNSHIP",
                      from_on=APPOINTED_ON)  # fmt: skip
        self.appoint("worker", TOWNSHIP)
        self.appoint("second", TOWNSHIP)
        self.appoint("stranger", NEIGHBOUR)
        self.settle()

    def appoint(self, officer: str, township: str, **changes: Any) -> Answer:
        """A case officer of a township, unless changed."""
        payload = {
            "officer": officer,
            "officer_name": f"{officer}某",
            "post": "民政所经办",
            "role": "CASE_OFFICER",
            "organisation": township,
            "township": township,
            "from_on": APPOINTED_ON,
            "resident_id": officer_number(officer),
            **changes,
        }
        return self.must("admin", "appoint_officer", **payload)

    def token(self, officer: str, acting_for: str | None = None) -> str:
        """As the gateway issues it."""
        return issue(TOKEN_KEY, CODE, Identity(officer, acting_for), self.clock.now())

    def new_id(self) -> str:
        """A fresh command id, the same in every run."""
        return str(UUID(int=next(self.numbers), version=5))

    def give(
        self,
        officer: str,
        name: str,
        payload: Any,
        command_id: str | None = None,
        acting_for: str | None = None,
    ) -> Answer:
        """Give a command, whatever comes of it."""
        gateways = {row.name for row in GATEWAY.commands}
        door = (self.gateway if name in gateways else self.intake).door
        token = self.token(officer, acting_for)
        return door.execute(name, payload, token, command_id or self.new_id())

    def must(self, officer: str, name: str, /, **payload: Any) -> Answer:
        """Give a command that is done."""
        answer = self.give(officer, name, payload)
        assert answer.done, answer
        return answer

    def apply(self, **changes: Any) -> str:
        """Submit an application and give its case."""
        answer = self.must("worker", "submit_application", **application(**changes))
        return str(answer.stream).removeprefix("application/")

    def settle(self) -> None:
        """Intake follows the gateway to its end."""
        while self.follower.step():
            pass

    def close(self) -> None:
        """Both databases."""
        self.gateway.database.close()
        self.intake.database.close()


def facts_of(service: Service, stream: str | None = None) -> list[Recorded[Fact]]:
    """What a log, or one stream of it, holds."""
    with service.database.read() as conn:
        found = store.read(conn, 0, 10_000) if stream is None else store.stream(conn, stream)
        return service.open(found, conn)


def rows_of(service: Service, table: str) -> list[tuple[Any, ...]]:
    """A table's rows in a fixed order."""
    with service.database.read() as conn:
        rows = conn.exec_driver_sql(f'SELECT * FROM "{table}"').all()
    return sorted((tuple(row) for row in rows), key=repr)


def stored_bytes(service: Service) -> bytes:
    """The database file and its write-ahead log, as a thief would copy them."""
    path = Path(str(service.database.engine.url.database))
    return b"".join(
        p.read_bytes() for p in (path, path.with_name(f"{path.name}-wal")) if p.exists()
    )


def at_once(*tasks: Callable[[], Answer]) -> list[Answer]:
    """The answers of tasks that start together in threads."""
    barrier = threading.Barrier(len(tasks))
    answers: list[Answer | None] = [None] * len(tasks)

    def run(number: int) -> None:
        barrier.wait()
        answers[number] = tasks[number]()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer in answers if answer is not None]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of founded houses, to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    site = Houses(folder)
    site.found()
    site.close()
    return folder


@pytest.fixture
def houses(tmp_path: Path, founded: Path) -> Iterator[Houses]:
    """Founded houses on 2024-03-04."""
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    site = Houses(tmp_path, first_id=1_000)
    yield site
    site.close()
