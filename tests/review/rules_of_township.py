"""Rules of the machine: what the township can try, from the first visit to the notice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from services.review import commands as c
from services.review.domain.appraisal import CONCLUSIONS
from services.review.domain.steps import OBJECTION
from shared.facts.evidence import EvidenceFile
from shared.facts.intake import MemberDied
from shared.facts.means import Income
from shared.facts.people import Member
from shared.facts.words import IncomeKind
from tests.review.hands import CASE, OFFICER, RICH, STAND_IN, Hands
from tests.review.samples import PERSONS, SEALED, visit_by
from tests.review.test_appraisal import HELD

NUMBER = st.sampled_from((1, 1, 2))
WITHOUT = ("", "visit", "presence", "company", "report", "appraise", "answer", "tell", "opine")
PLACE = "村委会公示栏"


def paper(day: date) -> EvidenceFile:
    """Something in writing, of that day."""
    return EvidenceFile("PAPER", "0a" * 32, 1_000, day)


class Survey(Hands):
    """Visits, neighbours, letters, means, the registers, want of cooperation, a death."""

    @rule(
        others=st.lists(OFFICER, max_size=2), rich=RICH, officer=OFFICER, acting_for=STAND_IN,
        ago=st.integers(0, 3), way=st.sampled_from(("IN_PERSON", "IN_PERSON", "VIDEO")),
    )  # fmt: skip
    def visit(
        self,
        others: list[str],
        rich: bool,
        officer: str,
        acting_for: str | None,
        ago: int,
        way: str,
    ) -> None:
        self.give(self.visit_of((officer, *others), rich, ago, way), officer, acting_for)

    def visit_of(
        self, visitors: tuple[str, ...], rich: bool, ago: int = 0, way: str = "IN_PERSON"
    ) -> Any:
        """Some days ago, of the household as it is, signed by all."""
        day = self.today - timedelta(days=ago)
        made = visit_by(
            visitors,
            day,
            monthly_income_fen=self.income(rich),
            members_count=self.members_count,
        )
        return replace(made, form=replace(made.form, way=way))

    @rule(others=st.lists(OFFICER, max_size=2), officer=OFFICER, acting_for=STAND_IN)
    def ask_neighbours(self, others: list[str], officer: str, acting_for: str | None) -> None:
        there = (officer, *others)
        asked = c.RecordNeighbourInquiry(
            CASE, there, self.today, "IN_PERSON", 3, "SUPPORTS", "属实"
        )
        self.give(asked, officer, acting_for)

    @rule(number=NUMBER, officer=OFFICER, acting_for=STAND_IN)
    def write_letters(self, number: int, officer: str, acting_for: str | None) -> None:
        letter = c.SendEvidenceLetter(CASE, "某镇信用社", ("BANK_DEPOSIT",), self.today)
        self.give(letter, officer, acting_for)
        self.give(c.RecordLetterAnswer(CASE, number, "SUPPORTS", "属实"), officer, acting_for)

    @rule(rich=RICH, officer=OFFICER, acting_for=STAND_IN)
    def record_means(self, rich: bool, officer: str, acting_for: str | None) -> None:
        wage = (Income(IncomeKind.WAGE, self.income(rich)),)
        others = (c.TheirMeans(member=n) for n in range(2, self.members_count + 1))
        means = c.HouseholdMeans(members=(c.TheirMeans(member=1, incomes=wage), *others))
        self.give(c.RecordMeans(CASE, means), officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def ask(self, officer: str, acting_for: str | None) -> None:
        self.give(c.RequestVerification(CASE), officer, acting_for)

    @rule(rich=RICH, officer=OFFICER, acting_for=STAND_IN)
    def report(self, rich: bool, officer: str, acting_for: str | None) -> None:
        found = c.ReportVerification(CASE, self.income(rich), 0, self.setting.answers)
        self.give(found, officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def fail_to_verify(self, officer: str, acting_for: str | None) -> None:
        self.give(c.RecordVerificationAbsence(CASE, "PLATFORM_DOWN"), officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def tell(self, officer: str, acting_for: str | None) -> None:
        self.give(c.TellMismatch(CASE, "APPLICANT", "WRITTEN", self.today), officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def dispute(self, officer: str, acting_for: str | None) -> None:
        disputed = c.DisputeVerification(CASE, (paper(self.today),), "工资已停发")
        self.give(disputed, officer, acting_for)

    @rule(officer=OFFICER, warned=st.booleans())
    def refuse_to_cooperate(self, officer: str, warned: bool) -> None:
        refused = c.RecordNonCooperation(CASE, "WITHHELD_MATERIAL", self.today, warned, "拒不提供")
        self.give(refused, officer)

    @rule()
    def somebody_dies(self) -> None:
        """Once: the child, which leaves two."""
        left = (Member(PERSONS[0], "HEAD"), Member(PERSONS[1], "CHILD"))
        died = MemberDied(CASE, PERSONS[2], self.today, self.today, PERSONS[0], left, SEALED)
        if self.members_count > len(left):
            self.give(c.ChangeHousehold(died), "SYSTEM/review")
            self.members_count = len(left)


class Opinion(Survey):
    """The appraisal, the opinion, its notice, objections."""

    @rule(
        officer=OFFICER, acting_for=STAND_IN, conclusion=st.sampled_from(CONCLUSIONS),
        officers=st.lists(OFFICER, min_size=1, max_size=2, unique=True),
    )  # fmt: skip
    def appraise(
        self, officer: str, acting_for: str | None, conclusion: str, officers: list[str]
    ) -> None:
        self.give(self.appraisal(tuple(officers), conclusion), officer, acting_for)

    def appraisal(self, officers: tuple[str, ...], conclusion: str = "TRUE") -> Any:
        """Held today."""
        return replace(HELD, held_on=self.today, officers=officers, conclusion=conclusion)

    @rule(rich=RICH, officer=OFFICER, acting_for=STAND_IN)
    def give_opinion(self, rich: bool, officer: str, acting_for: str | None) -> None:
        self.give(c.GivePreliminaryOpinion(CASE, self.income(rich)), officer, acting_for)

    @rule(officer=OFFICER, acting_for=STAND_IN)
    def post(self, officer: str, acting_for: str | None) -> None:
        self.give(c.PostPublicNotice(CASE, PLACE), officer, acting_for)

    @rule(officer=OFFICER)
    def take_notice_down(self, officer: str) -> None:
        self.give(c.ClosePublicNotice(CASE), officer)

    @rule(officer=OFFICER)
    def object(self, officer: str) -> None:
        self.give(c.RaiseObjection(CASE, "反映收入不实"), officer)

    @rule(number=NUMBER, upheld=st.booleans(), officer=OFFICER, acting_for=STAND_IN)
    def answer(self, number: int, upheld: bool, officer: str, acting_for: str | None) -> None:
        self.give(c.AnswerObjection(CASE, number, upheld), officer, acting_for)

    @rule(reason=st.sampled_from((OBJECTION, "hard_to_investigate")), officer=OFFICER)
    def extend(self, reason: str, officer: str) -> None:
        self.give(c.ExtendLimit(CASE, reason), officer)

    @rule(rich=RICH, without=st.sampled_from(WITHOUT))
    def investigate(self, rich: bool, without: str = "") -> None:
        """All of the survey that is asked for, but one step: so that what comes after is reached."""
        income, way = self.income(rich), "VIDEO" if without == "presence" else "IN_PERSON"
        there = ("o-1",) if without == "company" else ("o-1", "o-2")
        steps = (
            ("visit", self.visit_of(there, rich, way=way), "o-1"),
            ("request", c.RequestVerification(CASE), "o-1"),
            ("report", c.ReportVerification(CASE, income, 0, self.setting.answers), "b-1"),
            ("appraise", self.appraisal(("o-2",)), "o-2"),
            *(("answer", c.AnswerObjection(CASE, n, rich), "o-1") for n in (1, 2, 3)),
            ("tell", c.TellMismatch(CASE, "APPLICANT", "WRITTEN", self.today), "o-1"),
            ("opine", c.GivePreliminaryOpinion(CASE, income), "o-1"),
        )
        for name, command, officer in steps:
            if name != without and (name != "appraise" or self.setting.appraised):
                self.give(command, officer)

    @rule(rich=RICH)
    def show_again(self, rich: bool) -> None:
        """A new opinion, and its notice."""
        self.give(c.GivePreliminaryOpinion(CASE, self.income(rich)), "o-1")
        self.the_notice_runs()

    @rule()
    def the_notice_runs(self) -> None:
        """Put up, hung, taken down."""
        self.give(c.PostPublicNotice(CASE, PLACE), "o-1")
        self.today += timedelta(days=12)
        self.give(c.ClosePublicNotice(CASE), "o-1")
