"""A house of payments alone, on SQLite or PostgreSQL: officers on record, households by hand.

Officers: t1-a, t1-b, t1-head of 411603101; t2-a of 411603102; bureau-1, -2; finance-1, -2;
rural and postal (bank desks); both (a post in the township and one in the bureau).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from stdnum.cn.ric import calc_check_digit

from services.payments.commands import EndEntitlement, OpenEntitlement
from services.payments.read_models import Totals, totals
from services.payments.read_models.rosters import roster_row
from services.payments.service import PAYMENTS
from shared.answer import Answer
from shared.attempt import run_system
from shared.calendar import WorkCalendar
from shared.clock import CHINA, FixedClock, day_of
from shared.codec import Recorded
from shared.competence import by_type
from shared.database import Database
from shared.decider import UnitOfWork
from shared.facts.base import Fact
from shared.facts.payments import Receiver
from shared.facts.people import Payee
from shared.identity import seeded_keys
from shared.log import store
from shared.migration import migrate
from shared.policy.loader import load_policy
from shared.service import Service
from shared.site import Site
from shared.sqlite import SqliteDatabase
from shared.token import Identity, issue

T1, T2 = "411603101", "411603102"
PROGRAMME = "SUBSISTENCE_ALLOWANCE"
RURAL_BANK, POSTAL_BANK = "淮阳农商银行", "邮储银行淮阳支行"
OFFICERS = (
    ("t1-a", "CASE_OFFICER", "新站镇人民政府", T1),
    ("t1-b", "CASE_OFFICER", "新站镇人民政府", T1),
    ("t1-head", "TOWNSHIP_HEAD", "新站镇人民政府", T1),
    ("t2-a", "CASE_OFFICER", "鲁台镇人民政府", T2),
    ("bureau-1", "CIVIL_AFFAIRS", "淮阳区民政局", None),
    ("bureau-2", "CIVIL_AFFAIRS", "淮阳区民政局", None),
    ("finance-1", "FINANCE", "淮阳区财政局", None),
    ("finance-2", "FINANCE", "淮阳区财政局", None),
    ("rural", "BANK_DESK", RURAL_BANK, None),
    ("postal", "BANK_DESK", POSTAL_BANK, None),
    ("both", "CASE_OFFICER", "新站镇人民政府", T1),
    ("both", "CIVIL_AFFAIRS", "淮阳区民政局", None),
    ("both", "FINANCE", "淮阳区财政局", None),
)
TOKEN_KEY = Ed25519PrivateKey.from_private_bytes(b"t" * 32)


def id_number(number: int) -> str:
    """The ID number of a person who doesn't exist (no county has 999999)."""
    first17 = f"99999919800101{number:03}"
    return first17 + str(calc_check_digit(first17 + "0"))


def payee(number: int = 1, bank: str = RURAL_BANK, account: str | None = None) -> Payee:
    """The account of household `number`."""
    return Payee(f"某户{number}", id_number(number), bank, account or f"62999900000{number:05}")


def receiver(number: int = 1, bank: str = RURAL_BANK, account: str | None = None) -> Receiver:
    """Household `number`: its head and, another member's, its account."""
    return Receiver(f"户主{number}", payee(number, bank, account))


@dataclass
class House:
    """Payments with its door; a clock that is moved by hand."""

    service: Service
    clock: FixedClock
    numbers: "count[int]"

    def at(self, day: str) -> None:
        """Nine in the morning of that day."""
        self.clock.set(_nine(day))

    @property
    def today(self) -> date:
        """The day at the site."""
        return day_of(self.clock.now())

    def give(
        self, officer: str, name: str, /, acting_for: str | None = None, **payload: Any
    ) -> Answer:
        """A command through the door, whatever comes of it."""
        token = issue(TOKEN_KEY, "411603", Identity(officer, acting_for), self.clock.now())
        command_id = str(UUID(int=next(self.numbers), version=5))
        return self.service.door.execute(name, payload, token, command_id)

    def do(self, officer: str, name: str, /, **payload: Any) -> Answer:
        """A command that must be done."""
        answer = self.give(officer, name, **payload)
        assert answer.done, answer
        return answer

    def open(
        self, number: int, township: str = T1, fen: int = 30_000, month: str = "2024-04",
        bank: str = RURAL_BANK, case: str | None = None, village: str = "东湖村",
    ) -> str:  # fmt: skip
        """Household `number` is confirmed, as review would say it."""
        household, case = f"hh-{number}", case or f"case-{number}"
        person = self.service.site.pseudonym_of(id_number(number))
        command = OpenEntitlement(
            household, PROGRAMME, "RURAL", case, township, village, (person,), 2, fen, month,
            receiver(number, bank),
        )  # fmt: skip
        self.by_itself(command)
        return household

    def end(self, number: int, stops_from: str, case: str | None = None) -> None:
        """Its allowance is terminated, as review would say it."""
        household, case = f"hh-{number}", case or f"case-{number}"
        self.by_itself(EndEntitlement(household, PROGRAMME, case, "DECEASED", stops_from))

    def by_itself(self, command: Any) -> None:
        """A command of the system."""
        row = by_type(PAYMENTS.commands)[type(command)]
        cause = f"fact-{next(self.numbers)}"

        def work(conn: sa.engine.Connection) -> None:
            uow = UnitOfWork(conn, self.service.books)
            run_system(uow, self.service.site, row, command, cause, "payments")
            uow.flush()

        self.service.database.write(work)

    def facts(self, kind: type[Fact] | None = None) -> list[Recorded[Any]]:
        """What the log holds, in order."""
        with self.service.database.read() as conn:
            recorded = self.service.open(list(store.read_all(conn)), conn)
        return [r for r in recorded if kind is None or isinstance(r.fact, kind)]

    def totals(self, month: str = "2024-04") -> tuple[Totals, ...]:
        with self.service.database.read() as conn:
            return totals(conn, PROGRAMME, month)

    def rows(self, table: sa.Table) -> list[tuple[Any, ...]]:
        """A table's rows, in the order of its key."""
        with self.service.database.read() as conn:
            query = sa.select(table).order_by(*table.primary_key.columns)
            return [tuple(row) for row in conn.execute(query)]

    # --- the road of a roster ------------------------------------------------------------------

    def draw(self, township: str = T1, officer: str = "t1-a", month: str = "2024-04") -> Answer:
        return self.give(officer, "draw_roster", **roster(township, month))

    def approve(self, township: str = T1, month: str = "2024-04") -> Answer:
        """Submit and approve what is drawn."""
        self.do("t1-head" if township == T1 else "t2-a", "submit_roster", **roster(township, month))
        drawn = self.sheet(township, month)
        return self.do("bureau-1", "approve_roster", **roster(township, month), **drawn)

    def sheet(self, township: str = T1, month: str = "2024-04") -> dict[str, Any]:
        """The drawn roster's count and sum, as the bureau would name them."""
        with self.service.database.read() as conn:
            row = roster_row(conn, township, PROGRAMME, month)
        assert row is not None
        return {"lines_count": row.lines_count, "amount_fen": row.amount_fen}

    def release(self, township: str = T1, month: str = "2024-04") -> Answer:
        """Draw, submit, approve, request and release."""
        drawer = "t1-a" if township == T1 else "t2-a"
        self.do(drawer, "draw_roster", **roster(township, month))
        self.approve(township, month)
        self.do("bureau-2", "request_funds", **roster(township, month))
        amount_fen = self.sheet(township, month)["amount_fen"]
        return self.do(
            "finance-1", "release_funds", **roster(township, month), amount_fen=amount_fen
        )

    def batch(self, bank: str = RURAL_BANK, month: str = "2024-04") -> Answer:
        return self.give("finance-2", "make_batch", programme=PROGRAMME, month=month, bank=bank)


def roster(township: str = T1, month: str = "2024-04") -> dict[str, Any]:
    """Which roster."""
    return {"township": township, "programme": PROGRAMME, "month": month}


def house(database: Database) -> House:
    """Payments over a migrated database, on the 25th of March 2024."""
    clock = FixedClock(_nine("2024-03-25"))
    site = Site(
        "411603", True, clock, WorkCalendar(), load_policy(), TOKEN_KEY.public_key(),
        b"p" * 32, b"c" * 32, seeded_keys(1),
    )  # fmt: skip
    return House(Service(PAYMENTS, site, database, b"m" * 32), clock, count(1))


def prepare(database: Database) -> None:
    """Migrate, and put the officers on record."""
    migrate(database, PAYMENTS.migrations)
    appointment = PAYMENTS.metadata.tables["appointment"]
    rows = [
        {
            "appointment": f"{officer}-{number}", "officer": officer, "name": f"{officer}某",
            "post": "经办", "role": role, "organisation": organisation, "township": township,
            "from_on": date(2021, 2, 1),
        }
        for number, (officer, role, organisation, township) in enumerate(OFFICERS)
    ]  # fmt: skip
    unit = PAYMENTS.metadata.tables["unit"]
    units = [
        {"unit": code, "name": name, "kind": "TOWN", "from_on": date(2021, 2, 1)}
        for code, name in ((T1, "新站镇"), (T2, "鲁台镇"))
    ]
    database.write(lambda conn: conn.execute(sa.insert(appointment), rows))
    database.write(lambda conn: conn.execute(sa.insert(unit), units))
    _delegate(database, "t1-b", "t1-a")
    _delegate(database, "bureau-2", "bureau-1")


def _delegate(database: Database, delegate: str, delegator: str) -> None:
    values = {
        "delegation": f"{delegate}-{delegator}", "delegator": delegator, "delegate": delegate,
        "from_on": date(2024, 1, 1), "to_on": date(2024, 12, 31),
    }  # fmt: skip
    table = PAYMENTS.metadata.tables["delegation"]
    database.write(lambda conn: conn.execute(sa.insert(table), values))


def on_sqlite(folder: Path) -> House:
    """A fresh house in this folder, from a template that is made once."""
    path = folder / "payments.db"
    path.write_bytes(_template())
    return house(SqliteDatabase(path))


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        database = SqliteDatabase(Path(folder) / "template.db")
        prepare(database)
        database.close()
        return database.path.read_bytes()


def digest_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(content).hexdigest()


def codes(answers: Sequence[Answer]) -> list[str | None]:
    """What became of commands, without their order: codes of refusals, None for done."""
    return sorted((answer.code for answer in answers), key=lambda code: code or "")


def _nine(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9), CHINA).astimezone(UTC)
