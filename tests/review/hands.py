"""A case in the hands of officers who try everything: what every rule of the machine needs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from services.review import commands as c
from services.review.domain.bureau import BureauOnRecord
from services.review.domain.investigators import VisitorsOnRecord
from services.review.domain.review import CASE as DECIDER
from shared.context import Context
from shared.facts.base import Fact
from shared.facts.intake import ApplicationAccepted
from shared.facts.review import RegisterAnswer
from shared.policy.layering import lay_over
from shared.policy.loader import load_policy
from shared.policy.model import Policy
from shared.refusal import Refusal
from shared.testing.decisions import context
from tests.review.samples import ACCEPTED, CASE, OLD_ANSWERS, answers

CASE_OFFICERS, BUREAU = ("o-1", "o-2", "o-3"), ("b-1", "b-2", "b-3")
EVERYBODY = (*CASE_OFFICERS, *BUREAU, "h-1", "h-2")
OFFICER = st.sampled_from(EVERYBODY)
STAND_IN = st.none() | OFFICER
RICH_FEN = 200_000
RICH = st.sampled_from((False, False, True))
ON_RECORD = VisitorsOnRecord(frozenset(CASE_OFFICERS), frozenset({"h-2"}), frozenset({"o-3"}))
OF_BUREAU = BureauOnRecord(frozenset({*BUREAU, "o-2"}), frozenset({"b-3"}))
LOCAL = """
pack: site
title: 某区
parameters:
  {name}:
    title: 地方另定
    unit: boolean
    values:
      - {{from: 2012-12-12, value: {value}, citation: 区政府通知, certainty: P}}
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """Under which law a case is, from which day on it is surveyed."""

    policy: Policy
    accepted: ApplicationAccepted
    surveyed_on: date
    answers: tuple[RegisterAnswer, ...]
    income_fen: int = 60_000
    remote_allowed: bool = False
    appraised: bool = False


def _with(name: str, value: str) -> Policy:
    pack = LOCAL.format(name=name, value=value)
    return lay_over(load_policy(), pack.encode(), "某区")


def _old(accepted: str) -> Setting:
    """Accepted under 220号 before the plan: appraisal, second notice, the bureau decides."""
    told = replace(ACCEPTED, accepted_on=date.fromisoformat(accepted), monthly_income_fen=30_000)
    return Setting(load_policy(), told, date(2021, 10, 11), OLD_ANSWERS, 30_000, appraised=True)


MARCH = date(2024, 3, 4)
SETTINGS = {
    "devolved": Setting(load_policy(), ACCEPTED, MARCH, answers()),
    "undevolved": Setting(_with("devolution.devolved", "否"), ACCEPTED, MARCH, answers()),
    "emergency": Setting(
        _with("survey.remote_allowed", "是"), ACCEPTED, MARCH, answers(), remote_allowed=True
    ),
    "before 18号": _old("2020-08-20"),
    "before the plan": _old("2021-01-25"),
}


class Hands(RuleBasedStateMachine):
    """The facts so far, the day, and a way to give a command that may be refused."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[Fact] = []
        self.setting = SETTINGS["devolved"]
        self.today, self.members_count = MARCH, len(ACCEPTED.members)

    def open(self, setting: Setting, *, relative: bool) -> None:
        """Opened on the day of acceptance; the survey begins later."""
        self.setting, self.today = setting, setting.accepted.accepted_on
        accepted = replace(setting.accepted, relative_registered=relative)
        self.give(c.OpenCase(accepted), "SYSTEM/review")
        self.today = setting.surveyed_on

    def income(self, rich: bool) -> int:
        """Per month, in fen: as declared, or above the standard."""
        return RICH_FEN if rich else self.setting.income_fen

    def give(self, command: Any, officer: str, acting_for: str | None = None) -> None:
        """A refusal leaves everything as it was."""
        self.facts += self.decide(DECIDER.fold(self.facts), command, officer, acting_for)

    def decide(self, state: Any, command: Any, officer: str, acting_for: str | None) -> list[Fact]:
        """What would come of a command: no fact where it is refused."""
        try:
            decided = DECIDER.decide(state, command, self._around(command, officer, acting_for))
        except Refusal:
            return []
        return [fact for fact in decided if isinstance(fact, Fact)]

    def whoever_could(self, *commands: Any) -> Iterator[Fact]:
        """What would come of them, by everybody, in their own name and standing in for some."""
        state = DECIDER.fold(self.facts)
        for command, officer, acting_for in product(commands, EVERYBODY, (None, "o-3", "h-1")):
            yield from self.decide(state, command, officer, acting_for)

    def _around(self, command: Any, officer: str, acting_for: str | None) -> Context:
        stands_in = None if acting_for == officer else acting_for
        known = OF_BUREAU if isinstance(command, c.RecordBureauVisit) else ON_RECORD
        around = context(str(self.today), officer, stands_in, gathered=known)
        return replace(around, policy=self.setting.policy)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)


__all__ = ["BUREAU", "CASE", "EVERYBODY", "OFFICER", "RICH", "SETTINGS", "STAND_IN", "Hands"]
