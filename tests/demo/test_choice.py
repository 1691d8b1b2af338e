"""Choices by hash: repeatable, apart from one another, in their bounds."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.demo.choice import Choices, Key

KEYS = st.lists(st.integers(-5, 10**9) | st.text(max_size=8), max_size=4)


def test_a_choice_is_the_hash_of_seed_block_and_keys_and_of_nothing_else() -> None:
    """The bytes are fixed for ever: another release gives the same demo."""
    told = b'[1,0,"household",7,"bank"]'
    assert hashlib.sha256(told).digest() == Choices(1).bytes(32, "household", 7, "bank")


@given(st.integers(0, 100), st.integers(1, 10**6), KEYS)
def test_a_number_stays_below_its_bound_and_comes_again(
    seed: int, count: int, keys: list[Key]
) -> None:
    """`below` is in range and depends on its arguments alone."""
    first = Choices(seed).below(count, *keys)
    assert 0 <= first < count
    assert first == Choices(seed).below(count, *keys)


@given(st.integers(0, 100), KEYS, KEYS)
def test_a_narrowed_source_is_the_same_source_with_keys_before(
    seed: int, before: list[Key], after: list[Key]
) -> None:
    """`within(a)(b)` is `(a, b)`."""
    whole = Choices(seed).bytes(40, *before, *after)
    assert whole == Choices(seed).within(*before).bytes(40, *after)


def test_keys_that_only_look_alike_choose_apart() -> None:
    """The borders between keys and their types count."""
    keys: list[tuple[Key, ...]] = [("ab", "c"), ("a", "bc"), ("abc",), (1,), ("1",), (), (1, 1)]
    assert len(keys) == len({Choices(1).uuid(*some) for some in keys})


def test_another_seed_chooses_otherwise() -> None:
    """A hundred seeds give a hundred ids."""
    assert len({Choices(seed).uuid("command") for seed in range(100)}) == 100


def test_an_id_says_that_its_bits_are_of_our_own_making() -> None:
    """RFC 9562: version 8 and the variant."""
    made = Choices(1).uuid("household", 1, "submit")
    assert (made.version, made.variant) == (8, "specified in RFC 4122")


def test_a_chance_comes_true_about_as_often_as_it_says() -> None:
    """70 per mille of ten thousand, within four standard deviations."""
    hits = sum(Choices(1).chance(70, number) for number in range(10_000))
    assert 600 < hits < 800
    assert not any(Choices(1).chance(0, number) for number in range(100))
    assert all(Choices(1).chance(1000, number) for number in range(100))


@given(st.lists(st.integers(), max_size=12), st.integers(0, 50))
def test_a_shuffle_keeps_everything(items: list[int], seed: int) -> None:
    """Nothing is lost or doubled."""
    assert sorted(items) == sorted(Choices(seed).shuffled(items, "order"))


@pytest.mark.parametrize("count", [0, -1])
def test_there_is_no_choice_from_nothing(count: int) -> None:
    """An empty range is a bug of the caller."""
    with pytest.raises(ValueError, match="nothing below"):
        Choices(1).below(count)
