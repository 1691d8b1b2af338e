"""REACTIONS: a followed log and a fact → a command of this house, or rows of its own.

Knows no carrier: the same table serves the embedded mode and RabbitMQ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from shared.codec import Recorded
from shared.facts.base import Fact

ToCommand = Callable[[Recorded[Any]], Any]
ToRows = Callable[[Connection, Sequence[Recorded[Any]]], None]


@dataclass(frozen=True, slots=True)
class Reaction:
    """When `service` says `fact`: give `command` (None: nothing to do), or write `rows`."""

    service: str
    fact: type[Fact]
    command: ToCommand | None = None
    rows: ToRows | None = None

    def __post_init__(self) -> None:
        if (self.command is None) == (self.rows is None):
            raise ValueError(f"{self.fact.name}: a reaction is a command or rows, not both")
