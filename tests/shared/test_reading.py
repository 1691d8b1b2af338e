"""A stream that is read as a whole gives the facts that each body gives alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import codec
from shared.canonical import NotCanonical
from shared.codec import Reading
from shared.facts.base import Fact
from shared.facts.review import HouseholdVisited
from shared.sealing import DataKey
from tests.shared.facts.specimen import GOLDEN, KEY, body_of, published, specimen

SAMPLES = [path.read_bytes() for path in sorted(GOLDEN.glob("*.json"))]
VISIT: bytes = body_of(specimen(HouseholdVisited))


def key_named(name: str) -> DataKey | None:
    return {KEY.key: KEY}.get(name)


def read(*bodies: bytes) -> list[Fact]:
    return list(Reading(bodies, key_named))


def alone(*bodies: bytes) -> list[Fact]:
    return [codec.decode(body, KEY).fact for body in bodies]


def changed(body: bytes, **fields: object) -> bytes:
    """The body with other fields; "gone" takes one away."""
    tree = json.loads(body) | fields
    return json.dumps({name: value for name, value in tree.items() if value != "gone"}).encode()


runs = st.lists(st.tuples(st.sampled_from(SAMPLES), st.integers(1, 4)), max_size=8)


@given(runs)
def test_runs_of_all_kinds_read_as_each_alone(runs: list[tuple[bytes, int]]) -> None:
    """Every published fact and version, once or repeatedly, with and without a sealed part."""
    assert published()
    bodies = [body for body, times in runs for _ in range(times)]
    assert alone(*bodies) == read(*bodies)


def test_the_version_is_that_of_the_last_one_read() -> None:
    """Of none it is 0."""
    reading = Reading([changed(VISIT, version=number) for number in range(1, 6)], key_named)
    seen = [reading.version, *(reading.version for _ in reading)]

    assert [0, 1, 2, 3, 4, 5] == seen


@pytest.mark.parametrize(
    "odd",
    [b"", b"{}", b"\xff", VISIT[:-1], *(changed(VISIT, **{n: "gone"}) for n in ("log", "id", "v"))],
)
def test_what_is_no_fact_is_not_read_as_one_because_others_came_before(odd: bytes) -> None:
    """The same error as at the beginning of a stream."""
    with pytest.raises(NotCanonical):
        read(odd)
    with pytest.raises(NotCanonical):
        read(VISIT, VISIT, VISIT, odd)


def test_a_sealed_part_that_a_kind_does_not_have_changes_nothing() -> None:
    """It is passed over, wherever the fact stands."""
    odd = changed(VISIT, personal={"household": "hh", "key": "k", "sealed": "s"})

    assert read(odd) * 5 == read(VISIT, VISIT, VISIT, odd, VISIT)
