"""The demo's hands: it acts through the same doors as officers do, and moves a trial site's clock.

Every command id is a hash of seed, household and step; so a demo that was killed is started again
and finds its first answers.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from services.demo.choice import Choices, Key
from services.demo.officers import DemoOfficer
from services.runtime.running_site import RunningSite
from shared.answer import Answer
from shared.clock import CHINA, FileClock
from shared.refusal import Refusal

OPENING = time(9)
BETWEEN_COMMANDS = timedelta(seconds=1)


class DemoFailed(RuntimeError):
    """A step that must go through did not."""


class DemoInterrupted(Refusal):
    """A service stayed silent for longer than the play's patience."""

    code = "DEMO_INTERRUPTED"


class Stage:
    """A site under simulated time, and the officers' tokens of the day."""

    def __init__(
        self, site: RunningSite, clock: FileClock, choices: Choices, tick: Callable[[int], None]
    ) -> None:
        self.site, self.clock, self.choices = site, clock, choices
        self._tick = tick
        self._tokens: dict[DemoOfficer, str] = {}
        self._planned = clock.now()

    def day(self, day: date) -> None:
        """Let followers rest, sign, and open the next day at nine; time never goes back."""
        self.site.settle()
        if self.site.home.settings is None:  # services on servers do this by themselves
            self.site.checkpoint()
        self._planned = datetime.combine(day, OPENING, CHINA).astimezone(UTC)
        self._reach_planned()
        if self.site.home.settings is None:
            self.site.keep_day()
        self._tokens.clear()

    def rest(self) -> None:
        """Followers catch up and every log is signed."""
        self.site.settle()
        self.site.checkpoint()

    def token(self, officer: DemoOfficer) -> str:
        """The officer's token of this day."""
        if officer not in self._tokens:
            self._tokens[officer] = self.site.token(officer.officer, officer.acting_for, 600)
        return self._tokens[officer]

    def give(
        self, officer: DemoOfficer, name: str, step: tuple[Key, ...], /, **payload: Any
    ) -> Answer:
        """Give a command, whatever is decided. `step` names it within the seed.

        Raises DemoInterrupted where nobody answered: that is no decision.
        """
        self._planned += BETWEEN_COMMANDS
        self._reach_planned()
        command_id = str(self.choices.uuid("command", name, *step))
        answer = self.site.execute(name, payload, self.token(officer), command_id)
        if answer.outcome == "unavailable":
            raise DemoInterrupted(
                f"服务长时间没有应答，演示停在 {name}；已记录的都在，恢复后可用 demo --resume 继续。"
            )
        return answer

    def _reach_planned(self) -> None:
        """A play that was killed and goes on finds the clock ahead, and leaves it there."""
        if self._planned > self.clock.now():
            self.clock.set(self._planned)

    def do(
        self, officer: DemoOfficer, name: str, step: tuple[Key, ...], /, **payload: Any
    ) -> Answer:
        """Give a command that must be done."""
        answer = self.give(officer, name, step, **payload)
        if not answer.done:
            raise DemoFailed(f"{name} {step}: {answer.code} {answer.sentence} {answer.details}")
        return answer

    def refused(
        self, officer: DemoOfficer, name: str, step: tuple[Key, ...], code: str, /, **payload: Any
    ) -> None:
        """Give a command that must not be done, and why it isn't."""
        answer = self.give(officer, name, step, **payload)
        if answer.code != code:
            raise DemoFailed(f"{name} {step}: {code} expected: {answer}")

    def moved(self, count: int = 1) -> None:
        """Tell the progress bar."""
        self._tick(count)
