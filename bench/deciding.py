"""What one decision costs: a case of sixty facts read, folded and judged, in CPU time."""

import time
from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Any

from bench import samples
from bench.figures import Figure, at_most
from bench.stage import Stage
from services.review import commands as c
from services.review.domain.investigators import VisitorsOnRecord
from services.review.domain.review import CASE
from shared import codec
from shared.context import Context
from shared.facts.base import Fact
from shared.facts.intake import ApplicationAccepted, Household
from shared.facts.means import Income
from shared.facts.people import Member, NamedMember
from shared.facts.review import RegisterAnswer, VerificationRequested, VisitForm
from shared.facts.words import IncomeKind
from shared.sealing import DataKey
from shared.testing.decisions import context

FACTS, TIMES = 60, 200
NAME, DAY, INCOME_FEN = "case-decided", "2024-03-04", 90_000
MEMBERS = 5
KEY = DataKey("hh-decided", "0123456789abcdef", bytes(range(32)))
OFFICER, OTHER, BUREAU = "o-1", "o-2", "b-1"
ON_RECORD = VisitorsOnRecord(frozenset({OFFICER, OTHER}), frozenset(), frozenset())
OPINION = c.GivePreliminaryOpinion(NAME, INCOME_FEN)


def decide(stage: Stage) -> Iterator[Figure]:
    """A household of five with incomes by kind, surveyed nineteen times: its opinion."""
    bodies, surroundings = bodies_of(history()), context(DAY)
    times = stage.count(TIMES)
    spent = median(_cpu_ms(bodies, surroundings, times) for _ in range(stage.rounds))
    yield Figure.alone(f"deciding a case of {FACTS} facts: CPU", spent, "ms", at_most(5))


def _cpu_ms(bodies: list[bytes], surroundings: Context, times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        judged(bodies, surroundings)
    return 1_000 * (time.process_time() - start) / times


def judged(bodies: list[bytes], surroundings: Context) -> Fact:
    """The opinion that follows from the log's own bytes."""
    state = CASE.fold(codec.Reading(bodies, {KEY.key: KEY}.get))
    (opinion,) = CASE.decide(state, OPINION, surroundings)
    if not isinstance(opinion, Fact):
        raise TypeError(type(opinion))
    return opinion


def bodies_of(facts: list[Fact]) -> list[bytes]:
    """As the log holds them, personal parts sealed."""
    stream = f"case/{NAME}"
    return [
        codec.encode(fact, samples.frame(stream, version, version), KEY).body
        for version, fact in enumerate(facts, start=1)
    ]


def history() -> list[Fact]:
    """Opened, surveyed again and again, means taken down at last: by the rules themselves."""
    facts: list[Fact] = []

    def give(command: Any, officer: str = OFFICER) -> None:
        gathered = ON_RECORD if isinstance(command, c.RecordHouseholdVisit) else None
        surroundings = context(DAY, officer, gathered=gathered)
        decided = CASE.decide(CASE.fold(facts), command, surroundings)
        facts.extend(fact for fact in decided if isinstance(fact, Fact))

    give(c.OpenCase(_accepted()), "SYSTEM/review")
    while len(facts) < FACTS - 2:
        give(_visit())
        give(c.RequestVerification(NAME))
        give(_report(facts[-1]), BUREAU)
    give(_visit())
    give(c.RecordMeans(NAME, _means()))
    return facts


def _accepted() -> ApplicationAccepted:
    persons = [f"p-{number}" for number in range(MEMBERS)]
    named = tuple(
        NamedMember(person, f"成员{number}", f"9999991980010100{number}0")
        for number, person in enumerate(persons)
    )
    return ApplicationAccepted(
        case=NAME,
        household=KEY.household,
        programme="SUBSISTENCE_ALLOWANCE",
        category="RURAL",
        township="411603101",
        village="王庄村",
        applicant=persons[0],
        members=tuple(Member(one, "HEAD" if one == "p-0" else "CHILD") for one in persons),
        monthly_income_fen=INCOME_FEN,
        property_fen=0,
        accepted_on=date(2024, 3, 1),
        personal=Household("成员0", named, None, None, None),
    )


def _visit() -> c.RecordHouseholdVisit:
    form = VisitForm("IN_PERSON", (OFFICER, OTHER), None, ())
    day = date.fromisoformat(DAY)
    return c.RecordHouseholdVisit(
        NAME, (OFFICER, OTHER), day, True, MEMBERS, INCOME_FEN, 0, form
    )  # fmt: skip


def _report(requested: Fact) -> c.ReportVerification:
    if not isinstance(requested, VerificationRequested):
        raise TypeError(type(requested))
    items = tuple(RegisterAnswer(register, "CONSISTENT") for register in requested.registers)
    return c.ReportVerification(NAME, INCOME_FEN, 0, items)


def _means() -> c.HouseholdMeans:
    """Six incomes a head."""
    kinds = (
        IncomeKind.WAGE, IncomeKind.BUSINESS, IncomeKind.SUPPORT, IncomeKind.PENSION,
        IncomeKind.SCHOLARSHIP, IncomeKind.GIFT,
    )  # fmt: skip
    incomes = tuple(Income(kind, INCOME_FEN // MEMBERS // len(kinds)) for kind in kinds)
    members = (c.TheirMeans(member=n, incomes=incomes) for n in range(1, MEMBERS + 1))
    return c.HouseholdMeans(members=tuple(members))
