"""Where a batch stands: what the bank was told, which file it has, which answers were taken."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from services.payments.refusals import NoSuchBatch
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.payments import BankFileWritten, BankResultTaken, BatchMade


@dataclass(frozen=True, slots=True)
class NoBatch:
    """Nothing has been made under this number."""


@dataclass(frozen=True, slots=True)
class Made:
    """With the bank. `taken` are the digests of result files; none is taken twice."""

    made: BatchMade
    file_digest: str | None = None
    taken: frozenset[str] = frozenset()


State: TypeAlias = NoBatch | Made


def require_made(state: State) -> Made:
    """The batch; raises NoSuchBatch."""
    match state:
        case Made():
            return state
        case NoBatch():
            raise NoSuchBatch("没有这个发放批次。")


def evolve(state: State, fact: Fact) -> State:
    """The state after one more fact."""
    match state, fact:
        case NoBatch(), BatchMade():
            return Made(fact)
        case Made(), BankFileWritten():
            return replace(state, file_digest=fact.file_digest)
        case Made(), BankResultTaken():
            return replace(state, taken=state.taken | {fact.file_digest})
        case _:
            raise ValueError(f"{fact.name} can't follow {type(state).__name__}")


def about(_state: State) -> About:
    """A batch concerns a bank and many households; its lines say which."""
    return About()
