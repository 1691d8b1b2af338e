"""Facts of review: a limit that passed with nothing done."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, Rules, fact


@dataclass(frozen=True, slots=True)
class Advice:
    """What the law then opens to the applicant: `from_on` to `until_on`, None where unlimited."""

    code: str
    article: str
    sentence: str
    from_on: date | None
    until_on: date | None


@fact("review.deadline_missed")
@dataclass(frozen=True, slots=True)
class DeadlineMissed(Fact):
    """The limit of a step ended on `due_on` and the step isn't done; noted once, by itself.

    `item` tells several of one step apart, else 0; `role` had to act.
    """

    case: str
    step: str
    item: int
    role: str
    due_on: date
    noted_on: date
    advice: tuple[Advice, ...]
    rules: Rules
