"""What a decision may know besides its state and its command. Nothing else comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.calendar import WorkCalendar
from shared.envelope import Actor
from shared.policy.model import Policy, PolicyOn


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

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone who answers for this act: the officer, and whom they stand in for.

        Duties stay apart by person, delegation included (PLAN §4: 权责一致).
        """
        actor = self.actor
        return (actor.officer,) if actor.acting_for is None else (actor.officer, actor.acting_for)

    def rules(self, on: date, township: str | None) -> PolicyOn:
        """The parameters in force on a day in a township, which may have values of its own."""
        return self.policy.at(on, township)
