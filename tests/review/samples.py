"""A household of three and its case, played step by step: pasts for the tests of review.

Officers: o-1, o-2 (case officers), b-1 (bureau), h-1, h-2 (heads). Rural, in March 2024: the
standard of April is 455 yuan; an income of 600 yuan leaves an allowance of 765.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from services.review import commands as c
from services.review.domain.bureau import BureauOnRecord
from services.review.domain.investigators import VisitorsOnRecord
from services.review.domain.review import CASE as DECIDER
from services.review.domain.verification import REGISTERS
from shared.context import Context
from shared.facts.base import Fact
from shared.facts.intake import ApplicationAccepted, Household
from shared.facts.means import Income
from shared.facts.people import Member, NamedMember, Payee
from shared.facts.review import RegisterAnswer, VisitForm
from shared.facts.words import IncomeKind
from shared.testing.decisions import Given, Outcome, context

CASE, HOUSEHOLD = "case-1", "hh-1"
INCOME_FEN, ALLOWANCE_FEN = 60_000, 76_500
PERSONS = ("p-1", "p-2", "p-3")
NUMBERS = ("999999198001010011", "999999198202020021", "999999201503030033")
PAYEE = Payee("甲某", NUMBERS[0], "某银行", "6200000000000000")
SEALED = Household(
    "甲某",
    tuple(
        NamedMember(person, f"{person}某", number)
        for person, number in zip(PERSONS, NUMBERS, strict=True)
    ),
    None,
    None,
    PAYEE,
)
ACCEPTED = ApplicationAccepted(
    case=CASE,
    household=HOUSEHOLD,
    programme="SUBSISTENCE_ALLOWANCE",
    category="RURAL",
    township="411603101",
    village="某村",
    applicant="p-1",
    members=tuple(Member(person, "HEAD" if person == "p-1" else "CHILD") for person in PERSONS),
    monthly_income_fen=INCOME_FEN,
    property_fen=0,
    accepted_on=date(2024, 3, 1),
    personal=SEALED,
)
FORM = VisitForm("IN_PERSON", ("o-1", "o-2"), None, ())
VISIT = c.RecordHouseholdVisit(CASE, ("o-1", "o-2"), date(2024, 3, 4), True, 3, INCOME_FEN, 0, FORM)

Step = tuple[Any, Context]


def act(
    command: Any,
    today: str,
    officer: str = "o-1",
    acting_for: str | None = None,
    on_record: VisitorsOnRecord | None = None,
) -> Step:
    """A command with its surroundings; visitors are case officers unless `on_record` says else."""
    if isinstance(command, c.RecordHouseholdVisit) and on_record is None:
        on_record = VisitorsOnRecord(frozenset(command.visitors), frozenset(), frozenset())
    return command, context(today, officer, acting_for, gathered=on_record)


def visit(today: str, officer: str = "o-1", other: str = "o-2", **changes: Any) -> Step:
    """A visit of that day by two, who sign its form."""
    made = visit_by((officer, other), date.fromisoformat(today), **changes)
    return act(made, today, officer)


def visit_by(visitors: tuple[str, ...], day: date, **changes: Any) -> c.RecordHouseholdVisit:
    """A visit whose form they all sign."""
    form = replace(FORM, signed_by_visitors=visitors)
    return replace(VISIT, visitors=visitors, visited_on=day, form=form, **changes)


def refused(kind: str, day: str, officer: str = "o-1", warned: bool = False) -> Step:
    """The household was asked that day and refused (57号 Art 29)."""
    asked_on = date.fromisoformat(day)
    return act(c.RecordNonCooperation(CASE, kind, asked_on, warned, "拒不配合"), day, officer)


def answers(*differing: str) -> tuple[RegisterAnswer, ...]:
    """Every register agrees with what was declared, but for these."""
    return tuple(
        RegisterAnswer(register, "DIFFERS" if register in differing else "CONSISTENT")
        for register in REGISTERS
    )


# 220号 Art 19 names no commercial insurance and no internet finance.
OLD_ANSWERS = tuple(
    one for one in answers() if one.register not in ("COMMERCIAL_INSURANCE", "INTERNET_FINANCE")
)
OPEN = act(c.OpenCase(ACCEPTED), "2024-03-01", "SYSTEM/review")
VISITED = visit("2024-03-04")
ASKED = act(c.RequestVerification(CASE), "2024-03-04")
REPORTED = act(c.ReportVerification(CASE, INCOME_FEN, 0, answers()), "2024-03-05", "b-1")
DIFFERING = act(
    c.ReportVerification(CASE, 200_000, 0, answers("SOCIAL_INSURANCE")), "2024-03-05", "b-1"
)
TOLD = act(c.TellMismatch(CASE, "APPLICANT", "WRITTEN", date(2024, 3, 5)), "2024-03-05")
OPINION = act(c.GivePreliminaryOpinion(CASE, INCOME_FEN), "2024-03-06")
POSTED = act(c.PostPublicNotice(CASE, "村委会公示栏"), "2024-03-07")
NOTICE_CLOSED = act(c.ClosePublicNotice(CASE), "2024-03-15")
CONFIRMED = act(c.ConfirmEligibility(CASE), "2024-03-18", "h-1")
SURVEYED = (OPEN, VISITED, ASKED, REPORTED)
UP = (*SURVEYED, OPINION, POSTED)
READY = (*UP, NOTICE_CLOSED)

MEANS = act(
    c.RecordMeans(
        CASE,
        c.HouseholdMeans(
            members=(
                c.TheirMeans(member=1, incomes=(Income(IncomeKind.WAGE, INCOME_FEN),)),
                c.TheirMeans(member=2),
                c.TheirMeans(member=3),
            )
        ),
    ),
    "2024-03-06",
)
WITH_MEANS = (*SURVEYED, MEANS, OPINION, POSTED)

TOO_RICH = (
    OPEN,
    visit("2024-03-04", monthly_income_fen=136_500),
    ASKED,
    REPORTED,
    act(c.GivePreliminaryOpinion(CASE, 136_500), "2024-03-06"),
)
DECLINED = act(c.DeclineEligibility(CASE, ("INCOME_NOT_BELOW_STANDARD",)), "2024-03-07", "h-1")
OBJECTED = act(c.RaiseObjection(CASE, "反映收入不实"), "2024-03-08", "o-2")
REVISITED = visit("2024-03-11", "o-2", "o-3")
ANSWERED = act(c.AnswerObjection(CASE, 1, False), "2024-03-12", "o-2")

COMPLAINED = act(c.ReceiveComplaint(CASE, False, "反映瞒报收入"), "2024-03-08", "o-2")
COMPLAINT_ANSWERED = act(
    c.AnswerComplaintByBureau(CASE, 1, "BUREAU_VISIT", False), "2024-03-14", "b-4"
)


def bureau_visit(
    today: str, conclusion: str = "SUPPORTS", by: tuple[str, ...] = ("b-2", "b-3"), **on_record: str
) -> Step:
    """A visit of that day by officers of the bureau, the first of whom records it."""
    command = c.RecordBureauVisit(CASE, by, date.fromisoformat(today), conclusion, "房屋一间")
    known = BureauOnRecord(
        frozenset(on_record.get("officers", " ".join(by)).split()),
        frozenset(on_record.get("relatives", "").split()),
    )
    return command, context(today, by[0], gathered=known)


def road(*steps: Step) -> Given:
    """The facts that these steps make, one after another; a refusal on the way is a failure."""
    facts: list[Fact] = []
    for command, surroundings in steps:
        facts += the_facts(Given(tuple(facts)).when(DECIDER, command, surroundings))
    return Given(tuple(facts))


def the_facts(outcome: Outcome) -> list[Fact]:
    """What an outcome holds, none of it on another stream."""
    assert outcome.refusal is None, outcome.refusal
    facts = [fact for fact in outcome.facts if isinstance(fact, Fact)]
    assert len(outcome.facts) == len(facts)
    return facts


def taking(past: tuple[Step, ...], step: Step) -> Outcome:
    """What comes of one more step."""
    command, surroundings = step
    return road(*past).when(DECIDER, command, surroundings)


def fact_of(past: tuple[Step, ...], step: Step) -> Any:
    """The one fact that the step makes."""
    [fact] = the_facts(taking(past, step))
    return fact
