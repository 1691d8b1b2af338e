"""A trial site for tests with units and officers: embedded, or any running site."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, TypeVar
from uuid import UUID

import pytest

from services.runtime.embedded import EmbeddedSite
from services.runtime.founding import appoint_first_administrator, found
from services.runtime.home import Charter, Home
from services.runtime.running_site import RunningSite
from shared.answer import Answer
from shared.clock import CHINA, FileClock
from tests.numbers import officer_number

TOWNSHIPS = {"411603101": "新站镇", "411603102": "鲁台镇"}
DISTRICT_OFFICERS = {
    "bureau-1": ("CIVIL_AFFAIRS", "区民政局"),
    "bureau-2": ("CIVIL_AFFAIRS", "区民政局"),
    "finance-1": ("FINANCE", "区财政局"),
    "finance-2": ("FINANCE", "区财政局"),
    "bank-1": ("BANK_DESK", "代理银行"),
    "inspector-1": ("INSPECTOR", "区纪委"),
}


SiteT = TypeVar("SiteT", bound=RunningSite)


class Office(Generic[SiteT]):
    """A site with short ways: `do(officer, command, **payload)`, `at(day)`, `settle()`.

    Officers are `<township>-head`, `<township>-deputy`, `<township>-1`, -2, -3 (case officers),
    those of DISTRICT_OFFICERS, and `admin`.
    """

    def __init__(self, site: SiteT, first_id: int = 1) -> None:
        self.site, self.path = site, site.home.path
        self._numbers = count(first_id)

    def open(self) -> None:
        """Appoint the first administrator and everybody else."""
        appoint_first_administrator(
            self.site.services["gateway"], "admin", "管某某", "411603", date(2021, 2, 1)
        )
        self._appoint_all()
        self.settle()

    def at(self, day: str, hour: int = 9) -> None:
        """Move the site's clock."""
        FileClock(self.path / "clock").set(_nine(day, hour))

    def do(self, officer: str, name: str, /, **payload: Any) -> Answer:
        """Give a command as this officer and let the followers settle; must be done."""
        answer = self.give(officer, name, **payload)
        assert answer.outcome == "done", answer
        self.settle()
        return answer

    def give(
        self, officer: str, name: str, /, acting_for: str | None = None, **payload: Any
    ) -> Answer:
        """Give a command as this officer, whatever comes of it."""
        token = self.site.token(officer, acting_for)
        return self.site.execute(name, payload, token, self.command_id())

    def command_id(self) -> str:
        """A fresh id, the same in every run."""
        return str(UUID(int=next(self._numbers), version=5))

    def settle(self) -> None:
        self.site.settle()

    def close(self) -> None:
        self.site.close()

    def _appoint_all(self) -> None:
        for code, title in TOWNSHIPS.items():
            self.do("admin", "register_unit", unit=code, title=title, kind="TOWNSHIP",
                    from_on="2021-02-01")  # fmt: skip
            self._appoint(f"{code}-head", "镇长", "TOWNSHIP_HEAD", code, code)
            for suffix in ("deputy", "1", "2", "3"):
                self._appoint(f"{code}-{suffix}", "民政所经办", "CASE_OFFICER", code, code)
        for officer, (role, post) in DISTRICT_OFFICERS.items():
            self._appoint(officer, post, role, "411603", None)

    def _appoint(
        self, officer: str, post: str, role: str, organisation: str, township: str | None
    ) -> None:
        self.do("admin", "appoint_officer", officer=officer, officer_name=f"{officer}某", post=post,
                role=role, organisation=organisation, township=township, from_on="2021-02-01",
                resident_id=officer_number(officer))  # fmt: skip


class TrialSite(Office[EmbeddedSite]):
    """An office on an embedded site of its own, on 2024-03-01: the copy of one opened before."""

    def __init__(self, path: Path) -> None:
        shutil.copytree(Path(_opened().name), path)
        super().__init__(EmbeddedSite.open(path), first_id=1_000)


@cache
def _opened() -> TemporaryDirectory[str]:
    """A site founded and its office opened, once in each test process; gone with the process."""
    folder = TemporaryDirectory(prefix="yingbao-office-")
    path = Path(folder.name)
    found(Home(path), Charter("411603", trial=True, clock="file", seed=1), _nine("2024-03-01"))
    office = Office(EmbeddedSite.open(path))
    office.open()
    office.close()
    return folder


def _nine(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), CHINA).astimezone(UTC)


@pytest.fixture
def trial_site(tmp_path: Path) -> Iterator[TrialSite]:
    """A fresh trial site on 2024-03-01."""
    site = TrialSite(tmp_path / "site")
    yield site
    site.close()
