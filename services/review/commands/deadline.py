"""A limit has passed: what happens by itself."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NoteMissedDeadline:
    """The step's limit ended on `due_on` with nothing done; happens by itself, once."""

    case: str
    step: str
    item: int
    due_on: date
