"""What a decider is: pure, and all that a house's `domain` needs to know of the loop.

decide(state, command, context) -> facts | raises Refusal
evolve(state, fact) -> state
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.context import Context
from shared.envelope import About
from shared.facts.base import Fact

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class On:
    """A fact that belongs on another stream than the command's, with what it is about.

    `after` is told in a Flow alone: how many of its facts come before this one on that stream.
    """

    stream: str
    fact: Fact
    about: About
    after: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """Facts too many to hold at once: made anew, and always the same, by each who goes through.

    Whoever decides has refused before; nobody does on the way.
    """

    make: Callable[[], Iterator[Fact | On]]

    def __iter__(self) -> Iterator[Fact | On]:
        return self.make()


Decided = Sequence[Fact | On] | Flow


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
