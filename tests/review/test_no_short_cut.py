"""Whatever anybody tries, in whatever order: nothing is decided past the law.

A machine gives every command of review by any officer, in their own name or standing in for
another, with days passing between, under either law and either organ; the judge reads the facts.
"""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from services.review import commands as c
from shared.facts import review as f
from shared.facts.base import Fact
from tests.review.hands import CASE, RICH, SETTINGS
from tests.review.judge import of, promises_broken
from tests.review.rules_of_bureau import Oversight
from tests.review.rules_of_township import WITHOUT

CONFIRMING = (c.ConfirmEligibility(CASE), c.ConfirmByBureau(CASE))
DECLINING = (
    c.DeclineEligibility(CASE, ("INCOME_NOT_BELOW_STANDARD",)),
    c.DeclineByBureau(CASE, ("INCOME_NOT_BELOW_STANDARD",)),
)
RARELY = st.sampled_from((False, False, True))


class AnyCase(Oversight):
    """One case in the hands of officers who try everything."""

    @initialize(
        law=st.sampled_from(sorted(SETTINGS)), rich=RICH, without=WITHOUT, relative=RARELY,
        complained=RARELY, objected=st.booleans(), disputed=RARELY,
        steps=st.sampled_from((0, 1, 2, 3, 5, 5, 5)),
    )  # fmt: skip
    def begin(
        self,
        law: str,
        rich: bool,
        without: str,
        relative: bool,
        complained: bool,
        objected: bool,
        disputed: bool,
        steps: int,
    ) -> None:
        """Some way down the road, one step left out, so that the end of it is reached often."""
        self.open(SETTINGS[law], relative=relative)
        road: tuple[Callable[[], None], ...] = (
            lambda: self.investigate(rich, "" if objected else without),
            lambda: self.in_dispute(rich, without, objected=objected, disputed=disputed),
            self.the_notice_runs,
            self.the_bureau_does_its_part,
            self.the_notice_runs,
        )
        if complained:
            self.complain("o-3", None)
        for go in road[:steps]:
            go()

    def in_dispute(self, rich: bool, without: str, *, objected: bool, disputed: bool) -> None:
        """Somebody objects to the notice; the household disputes what the registers hold."""
        if objected:
            self.post("o-1", None)
            self.object("o-1")
            self.investigate(rich, without)
        if disputed:
            self.dispute("o-1", None)

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


AnyCase.TestCase.settings = settings(max_examples=250, stateful_step_count=25, deadline=None)
TestNothingIsDecidedPastTheLaw = AnyCase.TestCase
