"""What a spool is given it gives back, in order, as often as it is asked."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import spool
from shared.spool import Spool


@dataclass(frozen=True, slots=True)
class Part:
    """A value with a value within it, and bytes."""

    name: str | None
    persons: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Whole:
    """Like a line or a row."""

    number: int
    part: Part


parts = st.builds(
    Part, st.none() | st.text(max_size=5), st.tuples(st.text(max_size=3)), st.binary(max_size=9)
)
wholes = st.lists(st.builds(Whole, st.integers(-(2**53), 2**53), parts), max_size=9)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=wholes, second=wholes, memory_max=st.sampled_from([1, 100_000]))
def test_what_comes_out_is_what_went_in(
    first: list[Whole], second: list[Whole], memory_max: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In memory and on disk; more than a page; added in two goes and read between them."""
    monkeypatch.setattr(spool, "PAGE", 2)
    monkeypatch.setattr(spool, "MEMORY_MAX", memory_max)
    kept = Spool(Whole, iter(first))
    assert first == list(kept)
    kept.extend(second)

    assert (first + second, len(first + second)) == (list(kept), len(kept))
    assert all(len(page) <= 2 for page in kept.pages())


def test_two_may_go_through_it_side_by_side() -> None:
    """Each at its own place, though there is one file."""
    kept = Spool(int, range(2_500))

    assert [(number, number) for number in range(2_500)] == list(zip(kept, kept, strict=True))
