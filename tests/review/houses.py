"""Intake and review as running houses over real databases, with their officers appointed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.intake.service import INTAKE
from services.review.domain.verification import REGISTERS
from services.review.service import REVIEW
from shared.answer import Answer
from shared.calendar import WorkCalendar
from shared.clock import CHINA, FixedClock
from shared.database import Database, PostgresDatabase
from shared.identity import seeded_keys
from shared.migration import migrate
from shared.policy.loader import load_policy
from shared.service import Definition, Service
from shared.site import Site
from shared.sqlite import SqliteDatabase
from shared.token import Identity, issue
from tests.review.samples import NUMBERS

ITEMS = [{"register": register, "result": "CONSISTENT"} for register in REGISTERS]
TOWN, OTHER_TOWN = "411603101", "411603102"
POSTS = (
    *((f"o-{n}", "CASE_OFFICER", TOWN) for n in (1, 2, 3)),
    ("a-1", "VILLAGE_AIDE", TOWN),
    ("h-1", "TOWNSHIP_HEAD", TOWN),
    ("x-1", "CASE_OFFICER", OTHER_TOWN),
    *((f"b-{n}", "CIVIL_AFFAIRS", None) for n in (1, 2, 3)),
)


def form_of(officers: tuple[str, ...]) -> dict[str, Any]:
    """The form of a visit in person that all have signed."""
    return {"way": "IN_PERSON", "signed_by_visitors": list(officers)}


class Houses:
    """Two houses with short ways: `at(day)`, `give(officer, command, …)`, `do(…)`."""

    def __init__(self, folder: Path, review_database: Database) -> None:
        self._token_key, self._numbers = Ed25519PrivateKey.generate(), count(1)
        self.clock = FixedClock(datetime(2024, 3, 1, 1, tzinfo=UTC))
        site = Site(
            "411603", True, self.clock, WorkCalendar(), load_policy(),
            self._token_key.public_key(), b"p" * 32, b"c" * 32, seeded_keys(1),
        )  # fmt: skip
        self.intake = _start(INTAKE, site, SqliteDatabase(folder / "intake.db"))
        self.review = _start(REVIEW, site, review_database)
        self._follower = self.review.follow(self.intake.source)

    def at(self, day: str) -> None:
        """Nine in the morning of that day."""
        self.clock.set(datetime.combine(date.fromisoformat(day), time(9), CHINA).astimezone(UTC))

    def give(
        self, officer: str, name: str, /, acting_for: str | None = None, **payload: Any
    ) -> Answer:
        """Give a command, whatever comes of it; review hears intake out afterwards."""
        rows = self.review.definition.commands
        house = self.review if name in {row.name for row in rows} else self.intake
        identity = Identity(officer, acting_for)
        token = issue(self._token_key, "411603", identity, self.clock.now())
        command_id = str(UUID(int=next(self._numbers), version=5))
        answer = house.door.execute(name, payload, token, command_id)
        while self._follower.step():
            continue
        return answer

    def token(self, officer: str) -> str:
        """As the gateway issues it."""
        return issue(self._token_key, "411603", Identity(officer, None), self.clock.now())

    def do(self, officer: str, name: str, /, **payload: Any) -> Answer:
        """Give a command that must be done."""
        answer = self.give(officer, name, **payload)
        assert answer.done, answer
        return answer

    def accepted_case(self, **changes: Any) -> str:
        """A household of three applies and is accepted today."""
        names = ("甲某", "乙某", "丙某")
        relations = ("HEAD", "SPOUSE", "CHILD")
        members = [
            {"name": name, "relation": relation, "resident_id": number}
            for name, relation, number in zip(names, relations, NUMBERS, strict=True)
        ]
        account = {
            "holder_name": "甲某", "holder_resident_id": NUMBERS[0], "bank": "某银行",
            "account": "6200000000000000",
        }  # fmt: skip
        applied = self.do(
            "o-1", "submit_application", township=TOWN, village="某村", category="RURAL",
            programme="SUBSISTENCE_ALLOWANCE", members=members, applied_on="2024-03-01",
            source="COUNTER", signed_authorisation=True, honesty_statement=True,
            monthly_income_fen=60_000, property_fen=0, account=account, **changes,
        )  # fmt: skip
        case = str(applied.stream).removeprefix("application/")
        self.do("o-1", "accept_application", case=case)
        return case

    def visit(self, case: str, day: str, officers: tuple[str, ...] = ("o-1", "o-2")) -> Answer:
        """A visit of that day by these, recorded by the first."""
        return self.give(
            officers[0], "record_household_visit", case=case, visitors=list(officers),
            visited_on=day, signed_by_member=True, members_count=3, monthly_income_fen=60_000,
            property_fen=0, form=form_of(officers),
        )  # fmt: skip

    def survey(self, case: str) -> None:
        """Visited, verified, an opinion given, all on 2024-03-04."""
        self.at("2024-03-04")
        assert self.visit(case, "2024-03-04").done
        self.do("o-1", "request_verification", case=case)
        self.do("b-1", "report_verification", case=case, monthly_income_fen=60_000,
                property_fen=0, items=ITEMS)  # fmt: skip
        self.do("o-1", "give_preliminary_opinion", case=case, monthly_income_fen=60_000)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that review's own read models hold."""
        with self.review.database.read() as conn:
            return {
                table.name: sorted(
                    (tuple(row) for row in conn.execute(sa.select(table))), key=lambda row: row[:2]
                )
                for table in REVIEW.read_models
            }

    def insert(self, table: str, **values: Any) -> None:
        """A row that would follow from the gateway's log, in both houses."""
        for house in (self.intake, self.review):
            statement = sa.insert(house.definition.metadata.tables[table]).values(**values)
            house.database.write(lambda conn, statement=statement: conn.execute(statement))  # type: ignore[misc]

    def close(self) -> None:
        """Stop both."""
        self.intake.database.close()
        self.review.database.close()


def _start(definition: Definition, site: Site, database: Database) -> Service:
    migrate(database, definition.migrations)
    service = Service(definition, site, database, b"m" * 32)
    posts = [
        {
            "appointment": f"ap-{officer}", "officer": officer, "name": "某", "post": role,
            "role": role, "organisation": "411603", "township": township, "village": None,
            "person": None, "from_on": date(2021, 2, 1), "to_on": None,
        }
        for officer, role, township in POSTS
    ]  # fmt: skip
    appointment = definition.metadata.tables["appointment"]
    database.write(lambda conn: conn.execute(sa.insert(appointment), posts))
    return service


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[Houses]:
    """Both on SQLite."""
    both = Houses(tmp_path, SqliteDatabase(tmp_path / "review.db"))
    yield both
    both.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def houses_on_each(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Houses]:
    """Review on SQLite, then on PostgreSQL; intake on SQLite."""
    if request.param == "sqlite":
        database: Database = SqliteDatabase(tmp_path / "review.db")
    else:
        database = PostgresDatabase(request.getfixturevalue("postgres_database").url())
    both = Houses(tmp_path, database)
    yield both
    both.close()
