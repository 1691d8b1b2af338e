"""Rounds: each side works once in every round, so that all meet the same moods of the machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import TypeVar

Made = TypeVar("Made")
Side = Callable[[], float]
"""Does one round's work and gives its rate, in units per second."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The rates of each side, round by round."""

    rates: Mapping[str, list[float]]

    def rate(self, side: str) -> float:
        """The median of a side's rates, in units per second."""
        return median(self.rates[side])

    def ratio(self, side: str, other: str) -> float:
        """The median over rounds of how many times as fast `side` was as `other`."""
        pairs = zip(self.rates[side], self.rates[other], strict=True)
        return median(one / another for one, another in pairs)


def timed(work: Callable[[], int]) -> Side:
    """A side out of a fixed amount of work, which returns how many units it did."""

    def side() -> float:
        start = perf_counter()
        done = work()
        return done / (perf_counter() - start)

    return side


def for_seconds(seconds: float, step: Callable[[], int]) -> Side:
    """A side that repeats a step for so long."""

    def side() -> float:
        done, start = 0, perf_counter()
        while (spent := perf_counter() - start) < seconds:
            done += step()
        return done / spent

    return side


def interleave(sides: Mapping[str, Side], rounds: int) -> Taken:
    """One warm-up that isn't counted, then `rounds` rounds, every other in reversed order."""
    rates: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        order = list(sides) if number % 2 else list(sides)[::-1]
        for name in order:
            rate = sides[name]()
            if number:
                rates[name].append(rate)
    return Taken(rates)


def prepared(make: Callable[[], Made], work: Callable[[Made], int]) -> Side:
    """A side whose material is made before its clock starts."""

    def side() -> float:
        return timed(partial(work, make()))()

    return side
