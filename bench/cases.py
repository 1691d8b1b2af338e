"""Cases of twenty facts in review's log, and a case officer of their township."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from bench.district import District
from shared.clock import FileClock
from shared.decider import Frame, UnitOfWork
from shared.envelope import About, Actor
from shared.facts import review as f
from shared.facts.base import Fact
from shared.facts.gateway import OfficerAppointed
from shared.facts.intake import Household
from shared.facts.people import Member, NamedMember, Payee
from shared.service import Service

TOWNSHIP, VILLAGE = "411603101", "王庄村"
OFFICER, BUREAU = f"{TOWNSHIP}-1", "bureau-1"
ACTOR = Actor(OFFICER, "王勤", "民政经办员", TOWNSHIP)
OPENED = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
DAY = date(2024, 3, 1)
VISITS = 9  # request and report each, after the opening and before one visit: twenty in all
AT_ONCE = 50


@dataclass
class CaseLoad:
    """Cases that nobody has asked to verify since their last report."""

    officer: str
    cases: list[str]

    def take(self, wanted: int) -> list[str]:
        """Each case once."""
        taken, self.cases = self.cases[:wanted], self.cases[wanted:]
        if len(taken) < wanted:
            raise ValueError("too few cases were opened")
        return taken


def open_cases(place: District, wanted: int) -> CaseLoad:
    """Open them in review's database by its own facts and projections; appoint the officer."""
    review = place.site.services["review"]
    FileClock(place.cluster.home.clock_file).set(OPENED + timedelta(days=10))
    _appoint(place.site.services["gateway"], review)
    names = [f"case-{number:020x}" for number in range(wanted)]
    numbers = iter(names)
    while part := list(islice(numbers, AT_ONCE)):
        _open(review, part)
    return CaseLoad(OFFICER, names)


def _appoint(gateway: Service, review: Service) -> None:
    appointed = OfficerAppointed(
        "appointment-1", OFFICER, "王勤", "民政经办员", "CASE_OFFICER", TOWNSHIP, TOWNSHIP,
        None, None, date(2021, 2, 1),
    )  # fmt: skip
    _record(gateway, {f"officer/{OFFICER}": ((appointed,), About())})
    follower = review.follow(gateway.source)
    while follower.step():
        pass


def _open(review: Service, cases: Sequence[str]) -> None:
    _record(review, {f"case/{case}": (history(case), about(case)) for case in cases})


def _record(service: Service, streams: dict[str, tuple[Sequence[Fact], About]]) -> None:
    with service.database.engine.begin() as conn:
        uow = UnitOfWork(conn, service.books)
        for stream, (facts, whom) in streams.items():
            uow.record(stream, whom, facts, Frame(ACTOR, OPENED, "57号 Art 15", f"bench/{stream}"))
        uow.flush()


def about(case: str) -> About:
    """A household of two."""
    number = case.removeprefix("case-")
    persons = (f"{number:0>32}", f"{number:f>32}")
    return About(case, f"hh-{number}", persons, VILLAGE, TOWNSHIP)


def history(case: str) -> list[Fact]:
    """Twenty facts: opened, visited, then asked and answered nine times."""
    whom = about(case)
    members = (Member(whom.persons[0], "HEAD"), Member(whom.persons[1], "SPOUSE"))
    named = (
        NamedMember(whom.persons[0], "张一", ""),
        NamedMember(whom.persons[1], "李二", ""),
    )
    household = Household("张一", named, None, None, Payee("张一", "", "农商行", "6222"))
    facts: list[Fact] = [
        f.CaseOpened(case, whom.household or "", "urban", "URBAN", TOWNSHIP, VILLAGE,
                     whom.persons[0], members, 20_000, 500_000, DAY, False, "TOWNSHIP", (), DAY, DAY, {}, "2024",
                     household),
        f.HouseholdVisited(case, (OFFICER, "other"), (OFFICER,), DAY, True, 2, 20_000, 500_000,
                           None),
    ]  # fmt: skip
    for _ in range(VISITS):
        facts.append(f.VerificationRequested(case, (OFFICER,), DAY, DAY, ()))
        facts.append(f.VerificationReported(case, (BUREAU,), DAY, 20_000, 500_000, (), ()))
    return facts
