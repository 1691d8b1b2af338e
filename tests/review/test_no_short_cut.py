"""Whatever anybody tries, in whatever order: nothing is decided past the law.

A machine gives every command of review by any officer, in their own name or standing in for
another, with days passing between, under either law and either organ; the judge reads the facts.
"""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from services.review import commands as c
from shared.facts import review as f
from shared.facts.base import Fact
from tests.review.hands import CASE, RICH, SETTINGS
from tests.review.judge import of, promises_broken
from tests.review.rules_of_bureau import EVENTS, PARTS, Oversight
from tests.review.rules_of_township import WITHOUT

CONFIRMING = (c.ConfirmEligibility(CASE), c.ConfirmByBureau(CASE))
DECLINING = (
    c.DeclineEligibility(CASE, ("INCOME_NOT_BELOW_STANDARD",)),
    c.DeclineByBureau(CASE, ("INCOME_NOT_BELOW_STANDARD",)),
)


class AnyCase(Oversight):
    """One case in the hands of officers who try everything."""

    @initialize(
        law=st.sampled_from(sorted(SETTINGS)), event=st.sampled_from(EVENTS), rich=RICH,
        without=st.sampled_from(WITHOUT), relative=st.booleans(), steps=st.integers(1, 6),
    )  # fmt: skip
    def begin(
        self, law: str, event: str, rich: bool, without: str, relative: bool, steps: int
    ) -> None:
        """Some way down the road, so that the end of it is reached often."""
        self.open(SETTINGS[law], relative=relative)
        for go in self.road(event, rich, without)[:steps]:
            go()

    def road(self, event: str, rich: bool, without: str) -> tuple[Callable[[], None], ...]:
        """Something comes between, and the new investigation leaves a step out."""
        return (
            lambda: self.investigate(rich and event == "disputed"),
            lambda: self.happens(event),
            lambda: self.investigate(rich, without),
            self.the_notice_runs,
            self.the_bureau_does_its_part,
            self.the_notice_runs,
        )

    @invariant()
    def nothing_can_be_decided_past_the_law(self) -> None:
        """Wherever the case stands: whoever could decide it now would do so by the law."""
        for decision in self.whoever_could(*CONFIRMING, *DECLINING):
            assert [] == self.broken(decision)

    def broken(self, decision: Fact) -> list[str]:
        """What the judge misses."""
        remote = self.setting.remote_allowed
        return promises_broken([*self.facts, decision], remote_allowed=remote)

    @invariant()
    def a_case_is_decided_once(self) -> None:
        """One decision at most, and no case closed and decided but by a late withdrawal."""
        decisions = of(
            self.facts, f.EligibilityConfirmed, f.EligibilityDeclined, f.ProcedureTerminated
        )
        early = [fact for fact in of(self.facts, f.CaseClosed) if not fact.late]
        assert len(decisions) + len(early) <= 1


AnyCase.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestNothingIsDecidedPastTheLaw = AnyCase.TestCase


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("law", SETTINGS)
def test_no_step_of_a_new_investigation_can_be_left_out(law: str, event: str) -> None:
    """Each one, whatever made it necessary, found poor or rich."""
    for rich, without in product((False, True), WITHOUT):
        case = AnyCase()
        case.begin(law, event, rich, without, relative=True, steps=6)
        case.nothing_can_be_decided_past_the_law()


@pytest.mark.parametrize("without", PARTS)
@pytest.mark.parametrize("law", SETTINGS)
def test_no_part_of_the_bureau_can_be_left_out(law: str, without: str) -> None:
    """In a case complained of: its visit, the answer by others than those who investigated."""
    for rich in (False, True):
        case = AnyCase()
        case.begin(law, "complained", rich, "", relative=False, steps=4)
        case.the_bureau_does_its_part(without)
        case.the_notice_runs()
        case.nothing_can_be_decided_past_the_law()


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("law", SETTINGS)
def test_with_every_step_the_case_is_decided(law: str, event: str) -> None:
    """So that the silence above isn't that of cases which nobody can decide."""
    for rich, commands in ((False, CONFIRMING), (True, DECLINING)):
        case = AnyCase()
        case.begin(law, event, rich, "", relative=True, steps=6)
        assert [] != list(case.whoever_could(*commands)), rich
