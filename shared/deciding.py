"""What a decider is: pure, and all that a house's `domain` needs to know of the loop.

decide(state, command, context) -> facts | raises Refusal
evolve(state, fact) -> state
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.context import Context
from shared.envelope import About
from shared.facts.base import Fact

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class On:
    """A fact that belongs on another stream than the command's, with what it is about."""

    stream: str
    fact: Fact
    about: About


Decided = Sequence[Fact | On]


@dataclass(frozen=True, slots=True)
class Decider(Generic[S]):
    """The rules of one kind of stream."""

    initial: S
    decide: Callable[[S, Any, Context], Decided]
    evolve: Callable[[S, Fact], S]
    about: Callable[[S], About]

    def fold(self, facts: Iterable[Fact], state: S | None = None) -> S:
        """The state after these facts."""
        state = self.initial if state is None else state
        for fact in facts:
            state = self.evolve(state, fact)
        return state
