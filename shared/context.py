"""What a decision may know besides its state and its command. Nothing else comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.calendar import WorkCalendar
from shared.envelope import Actor
from shared.policy.model import Policy, PolicyOn


@dataclass(frozen=True, slots=True)
class Behind:
    """The persons behind an act: every officer id that is theirs, and their pseudonyms, as far as
    their appointments tell. One person has one id (the gateway sees to it), but for two that were
    appointed at once, or before a number was asked for.
    """

    ids: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()


NOBODY = Behind()


@dataclass(frozen=True, slots=True)
class Context:
    """The day, the calendar, the law, the actor; and what the command's row gathered for it."""

    now: datetime
    today: date
    calendar: WorkCalendar
    policy: Policy
    actor: Actor
    command_id: str
    pseudonym: Callable[[str], str]
    gathered: Any = None
    behind: Behind = NOBODY

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone who answers for this act: the officer, and whom they stand in for.

        Duties stay apart by person, delegation included (PLAN §4: 权责一致).
        """
        actor = self.actor
        return (actor.officer,) if actor.acting_for is None else (actor.officer, actor.acting_for)

    @property
    def ids(self) -> frozenset[str]:
        """Those people under any id: what somebody did under one of theirs, they did."""
        return self.behind.ids.union(self.people)

    def rules(self, on: date, township: str | None) -> PolicyOn:
        """The parameters in force on a day in a township, which may have values of its own."""
        return self.policy.at(on, township)
