"""given / when / then for deciders.

given(CaseOpened(...)).when(DECIDER, ConfirmEligibility(...), context).then_refused(NoticeRunning)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from shared.calendar import WorkCalendar
from shared.clock import CHINA
from shared.context import NOBODY, Context
from shared.deciding import Decider, On
from shared.envelope import Actor
from shared.facts.base import Fact
from shared.policy.loader import load_policy
from shared.refusal import Refusal

_CALENDAR, _POLICY = WorkCalendar(), load_policy()


def context(
    today: str = "2024-03-04", officer: str = "o-1", acting_for: str | None = None, **more: Any
) -> Context:
    """A decision's surroundings at nine in the morning of a day, with the real rules."""
    now = datetime.combine(date.fromisoformat(today), time(9), CHINA).astimezone(UTC)
    actor = Actor(officer, "某经办", "经办人", "411603101", acting_for)
    command_id = more.pop("command_id", "00000000-0000-8000-8000-000000000001")
    return Context(
        now, date.fromisoformat(today), _CALENDAR, _POLICY, actor, command_id,
        lambda number: f"p-{number[-6:]}", more.pop("gathered", None),
        more.pop("behind", NOBODY),
    )  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of it: facts, or a refusal."""

    facts: Sequence[Fact | On] = ()
    refusal: Refusal | None = None

    def then(self, *expected: Any) -> None:
        """Exactly these facts, in this order."""
        assert self.refusal is None, self.refusal
        assert list(expected) == list(self.facts)

    def then_refused(self, kind: type[Refusal]) -> None:
        """This refusal and no fact."""
        assert isinstance(self.refusal, kind), (self.refusal, self.facts)


@dataclass(frozen=True)
class Given:
    """A stream's past."""

    facts: tuple[Fact, ...] = field(default=())

    def when(self, decider: Decider[Any], command: Any, context: Context) -> Outcome:
        """Decide on the state that this past makes."""
        state = decider.fold(self.facts)
        try:
            return Outcome(tuple(decider.decide(state, command, context)))
        except Refusal as refusal:
            return Outcome(refusal=refusal)


def given(*facts: Fact) -> Given:
    """Start from these facts."""
    return Given(facts)


__all__ = ["Given", "Outcome", "context", "given"]
