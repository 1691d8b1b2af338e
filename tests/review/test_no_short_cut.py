"""Whatever anybody tries, in whatever order: nothing is confirmed past the law.

A machine gives commands by any officer, in their own name or standing in for another, with days
passing between; the judge reads the facts alone.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.review import commands as c
from services.review.domain.bureau import BureauOnRecord
from services.review.domain.investigators import VisitorsOnRecord
from services.review.domain.review import CASE as DECIDER
from shared.facts import review as f
from shared.facts.base import Fact
from shared.facts.evidence import EvidenceFile
from shared.refusal import Refusal
from shared.testing.decisions import context
from tests.review.judge import of, promises_broken
from tests.review.samples import (
    ACCEPTED,
    ASKED,
    CASE,
    INCOME_FEN,
    NOTICE_CLOSED,
    OBJECTED,
    OPEN,
    OPINION,
    POSTED,
    REPORTED,
    VISITED,
    act,
    answers,
    road,
    visit_by,
)

CASE_OFFICERS = ("o-1", "o-2", "o-3")
BUREAU = ("b-1", "b-2", "b-3")
EVERYBODY = (*CASE_OFFICERS, *BUREAU, "h-1", "h-2")
RELATIVE = act(c.OpenCase(replace(ACCEPTED, relative_registered=True)), "2024-03-01")
PROPER = (OPEN, VISITED, ASKED, REPORTED, OPINION, POSTED, NOTICE_CLOSED)
RICH_FEN = 200_000
OFFICER = st.sampled_from(EVERYBODY)
STAND_IN = st.none() | OFFICER
INCOME = st.sampled_from((INCOME_FEN, INCOME_FEN, RICH_FEN))
ON_RECORD = VisitorsOnRecord(frozenset(CASE_OFFICERS), frozenset({"h-2"}), frozenset({"o-3"}))
OF_BUREAU = BureauOnRecord(frozenset({*BUREAU, "o-2"}), frozenset({"b-3"}))


class AnyCase(RuleBasedStateMachine):
    """One case in the hands of officers who try everything."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[Fact] = []
        self.today = date(2024, 3, 1)

    @initialize(
        steps=st.sampled_from((1, 2, 4, 5, 6, 7)), objected=st.booleans(), relative=st.booleans()
    )
    def begin_properly(self, steps: int, objected: bool, relative: bool = False) -> None:
        """Some way down the road, so that the end of it is reached often."""
        first = RELATIVE if relative else OPEN
        taken = (first, *(PROPER[1:6] if objected else PROPER[1:steps]))
        taken = (*taken, OBJECTED) if objected else taken
        self.facts = list(road(*taken).facts)
        self.today = taken[-1][1].today

    def decide(self, command: Any, officer: str, acting_for: str | None) -> list[Fact]:
        """What would come of a command: no fact where it is refused."""
        stands_in = None if acting_for == officer else acting_for
        known = OF_BUREAU if isinstance(command, c.RecordBureauVisit) else ON_RECORD
        surroundings = context(str(self.today), officer, stands_in, gathered=known)
        try:
            decided = DECIDER.decide(DECIDER.fold(self.facts), command, surroundings)
        except Refusal:
            return []
        return [fact for fact in decided if isinstance(fact, Fact)]

    def give(self, command: Any, officer: str, acting_for: str | None) -> None:
        """A refusal leaves everything as it was."""
        self.facts += self.decide(command, officer, acting_for)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(
        others=st.lists(OFFICER, max_size=2),
        income=INCOME,
        officer=OFFICER,
        acting_for=STAND_IN,
        ago=st.integers(0, 3),
    )
    def visit(
        self, others: list[str], income: int, officer: str, acting_for: str | None, ago: int
    ) -> None:
        day = self.today - timedelta(days=ago)
        visitors = (officer, *others)
        visit = visit_by(visitors, day, monthly_income_fen=income)
        self.give(visit, officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def ask(self, officer: str, acting_for: str | None) -> None:
        self.give(c.RequestVerification(CASE), officer, acting_for)

    @rule(income=INCOME, officer=OFFICER, acting_for=STAND_IN)
    def report(self, income: int, officer: str, acting_for: str | None) -> None:
        self.give(c.ReportVerification(CASE, income, 0, answers()), officer, acting_for)

    @rule(officer=OFFICER)
    def fail_to_verify(self, officer: str) -> None:
        self.give(c.RecordVerificationAbsence(CASE, "PLATFORM_DOWN"), officer, None)

    @rule(officer=OFFICER)
    def tell(self, officer: str) -> None:
        self.give(c.TellMismatch(CASE, "APPLICANT", "WRITTEN", self.today), officer, None)

    @rule(officer=OFFICER)
    def dispute(self, officer: str) -> None:
        paper = EvidenceFile("PAPER", "0a" * 32, 1_000, self.today)
        self.give(c.DisputeVerification(CASE, (paper,), "工资已停发"), officer, None)

    @rule(income=INCOME, officer=OFFICER, acting_for=STAND_IN)
    def give_opinion(self, income: int, officer: str, acting_for: str | None) -> None:
        self.give(c.GivePreliminaryOpinion(CASE, income), officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def post(self, officer: str, acting_for: str | None) -> None:
        self.give(c.PostPublicNotice(CASE, "村委会公示栏"), officer, acting_for)

    @rule(officer=OFFICER)
    def take_notice_down(self, officer: str) -> None:
        self.give(c.ClosePublicNotice(CASE), officer, None)

    @rule(officer=OFFICER)
    def object(self, officer: str) -> None:
        self.give(c.RaiseObjection(CASE, "反映收入不实"), officer, None)

    @rule(number=st.integers(1, 3), upheld=st.booleans(), officer=OFFICER, acting_for=STAND_IN)
    def answer(self, number: int, upheld: bool, officer: str, acting_for: str | None) -> None:
        self.give(c.AnswerObjection(CASE, number, upheld), officer, acting_for)

    @rule(income=INCOME)
    def investigate_again(self, income: int) -> None:
        """All that an objection asks for, so that what comes after it is reached too."""
        visit = visit_by(("o-1", "o-2"), self.today, monthly_income_fen=income)
        self.give(visit, "o-1", None)
        for number in (1, 2, 3):
            self.give(c.AnswerObjection(CASE, number, income == RICH_FEN), "o-1", None)
        self.give(c.GivePreliminaryOpinion(CASE, income), "o-1", None)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def confirm(self, officer: str, acting_for: str | None) -> None:
        self.give(c.ConfirmEligibility(CASE), officer, acting_for)

    @rule(officer=OFFICER)
    def complain(self, officer: str) -> None:
        self.give(c.ReceiveComplaint(CASE, False, "反映瞒报收入"), officer, None)

    @rule(number=st.integers(1, 3), upheld=st.booleans(), officer=OFFICER, acting_for=STAND_IN)
    def answer_complaint(
        self, number: int, upheld: bool, officer: str, acting_for: str | None
    ) -> None:
        answer = c.AnswerComplaint(CASE, number, "REGISTERS", upheld)
        self.give(answer, officer, acting_for)

    @rule(
        others=st.lists(OFFICER, max_size=2),
        contradicts=st.booleans(),
        officer=OFFICER,
        acting_for=STAND_IN,
    )
    def bureau_visits(
        self, others: list[str], contradicts: bool, officer: str, acting_for: str | None
    ) -> None:
        conclusion = "CONTRADICTS" if contradicts else "SUPPORTS"
        visitors = (officer, *others)
        visit = c.RecordBureauVisit(CASE, visitors, self.today, conclusion, "房屋一间")
        self.give(visit, officer, acting_for)

    @rule()
    def the_bureau_does_its_part(self) -> None:
        """So that a relative's case, and one complained of, are decided, too."""
        self.give(
            c.RecordBureauVisit(CASE, ("b-1", "b-2"), self.today, "SUPPORTS", "房屋一间"),
            "b-1",
            None,
        )
        for number in (1, 2, 3):
            answer = c.AnswerComplaintByBureau(CASE, number, "BUREAU_VISIT", False)
            self.give(answer, "b-1", None)

    @rule()
    def the_notice_runs(self) -> None:
        """Put up, hung, taken down."""
        self.give(c.PostPublicNotice(CASE, "村委会公示栏"), "o-1", None)
        self.today += timedelta(days=12)
        self.give(c.ClosePublicNotice(CASE), "o-1", None)

    @rule(officer=OFFICER, warned=st.booleans())
    def refuse_to_cooperate(self, officer: str, warned: bool) -> None:
        refused = c.RecordNonCooperation(CASE, "WITHHELD_MATERIAL", self.today, warned, "拒不提供")
        self.give(refused, officer, None)

    @rule(reason=st.sampled_from(("INCOME_NOT_BELOW_STANDARD", "NO_COOPERATION")))
    def end_otherwise(self, reason: str) -> None:
        """Declined, ended, or else withdrawn; late enough to leave room for confirmations."""
        if len(self.facts) > 2 * len(PROPER):
            self.give(c.DeclineEligibility(CASE, (reason,)), "h-1", None)
            self.give(c.TerminateProcedure(CASE), "h-1", None)
            self.give(c.CloseCase(CASE), "SYSTEM/review", None)

    @invariant()
    def nothing_can_be_confirmed_past_the_law(self) -> None:
        """Wherever the case stands: whoever could confirm it now would do so by the law."""
        for officer in EVERYBODY:
            for acting_for in (None, "o-3", "h-1"):
                for confirmed in self.decide(c.ConfirmEligibility(CASE), officer, acting_for):
                    assert [] == promises_broken([*self.facts, confirmed])

    @invariant()
    def a_case_is_decided_once(self) -> None:
        """One decision at most, and no case closed and decided but by a late withdrawal."""
        decisions = of(
            self.facts, f.EligibilityConfirmed, f.EligibilityDeclined, f.ProcedureTerminated
        )
        early = [fact for fact in of(self.facts, f.CaseClosed) if not fact.late]
        assert len(decisions) + len(early) <= 1


AnyCase.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestNothingIsConfirmedPastTheLaw = AnyCase.TestCase


def test_the_judge_accepts_the_proper_road() -> None:
    """Otherwise its silence above would mean nothing."""
    machine = AnyCase()
    machine.begin_properly(len(PROPER), objected=False)
    machine.confirm("h-1", None)

    assert isinstance(machine.facts[-1], f.EligibilityConfirmed)
    assert [] == promises_broken(machine.facts)


def test_the_judge_accepts_a_relatives_case_complained_of_and_sees_what_is_left_out() -> None:
    """The bureau's visit, after the complaint, and the complaint's answer."""
    machine = AnyCase()
    machine.begin_properly(len(PROPER), objected=False, relative=True)
    machine.complain("o-1")
    machine.the_bureau_does_its_part()
    machine.confirm("h-1", None)
    missing = {
        kind: promises_broken([fact for fact in machine.facts if not isinstance(fact, kind)])
        for kind in (f.CaseClosed, f.BureauVisited, f.ComplaintAnswered)
    }

    assert isinstance(machine.facts[-1], f.EligibilityConfirmed)
    assert {
        f.CaseClosed: [],
        f.BureauVisited: ["the bureau there where due"],
        f.ComplaintAnswered: ["every complaint answered"],
    } == missing


def test_the_judge_sees_every_step_that_is_missing() -> None:
    """Each step left out of the proper road, and a confirmation by one of the visitors."""
    machine = AnyCase()
    machine.begin_properly(len(PROPER), objected=False)
    machine.confirm("h-1", None)
    missing = {
        kind: promises_broken([fact for fact in machine.facts if not isinstance(fact, kind)])
        for kind in (f.HouseholdVisited, f.VerificationReported, f.PublicNoticeClosed)
    }

    assert {
        f.HouseholdVisited: ["visit by two"],
        f.VerificationReported: ["verification report"],
        f.PublicNoticeClosed: ["notice that ran"],
    } == missing
