"""Ids and keys: repeatable where they must be, unlike where they must be."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.identity import (
    content_uuid,
    fact_id,
    named_id,
    payload_digest,
    pseudonym,
    random_keys,
    seeded_keys,
)
from tests.shared.log.samples import untimed

AT = datetime(2024, 3, 4, 1, 0, 0, 123_000, tzinfo=UTC)
INSTANTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)


@untimed
@given(INSTANTS, st.text(max_size=20), st.integers(0, 10_000))
def test_a_fact_id_is_a_uuid_of_version_7_that_holds_its_instant(
    at: datetime, cause: str, number: int
) -> None:
    """The first 48 bits are milliseconds; version and variant stand where RFC 9562 puts them."""
    made = UUID(fact_id(at, "411603/intake", cause, number))
    assert (7, "specified in RFC 4122") == (made.version, made.variant)
    assert int(at.timestamp() * 1000) == made.int >> 80


def test_a_fact_id_follows_from_its_cause() -> None:
    """The same cause and number give it again; another log, cause or number gives another."""
    first = fact_id(AT, "411603/intake", "cause", 0)
    assert first == fact_id(AT, "411603/intake", "cause", 0)
    others = {
        fact_id(AT, "411603/review", "cause", 0),
        fact_id(AT, "411603/intake", "cause", 1),
        fact_id(AT, "411603/intake", "other", 0),
        fact_id(AT + timedelta(milliseconds=1), "411603/intake", "cause", 0),
    }
    assert 5 == len({first, *others})


def test_later_facts_have_greater_ids() -> None:
    """Ids sort as their instants do."""
    ids = [fact_id(AT + timedelta(seconds=n), "411603/intake", str(n), 0) for n in range(50)]
    assert sorted(ids) == ids


def test_a_name_follows_from_what_caused_it() -> None:
    """Eighty bits in hexadecimal behind a prefix; the parts don't run together."""
    assert named_id("case", "a", "b") == named_id("case", "a", "b")
    assert named_id("case", "a", "b") != named_id("case", "ab")
    assert re.fullmatch(r"case-[0-9a-f]{20}", named_id("case", "a"))


@untimed
@given(st.lists(st.text() | st.binary(), max_size=4), st.lists(st.text() | st.binary(), max_size=4))
def test_equal_contents_and_only_they_have_equal_ids(
    one: list[str | bytes], other: list[str | bytes]
) -> None:
    """Parts are counted by length, so that moving a border makes another content."""
    raw = [[p.encode() if isinstance(p, str) else p for p in parts] for parts in (one, other)]
    assert (raw[0] == raw[1]) == (content_uuid(*one) == content_uuid(*other))
    assert 8 == content_uuid(*one).version


def test_a_person_is_named_by_a_keyed_hash() -> None:
    """The number doesn't show, and without the site's key it can't be guessed at."""
    name = pseudonym(b"k" * 32, "999999195001010018")
    assert re.fullmatch(r"[0-9a-f]{32}", name)
    assert name == pseudonym(b"k" * 32, "999999195001010018")
    assert name != pseudonym(b"q" * 32, "999999195001010018")
    assert name != pseudonym(b"k" * 32, "999999198005050010")


def test_the_parts_of_a_digest_don_t_run_together() -> None:
    """A command's name and its payload can't trade letters."""
    assert payload_digest(b"k", b"ab", b"c") != payload_digest(b"k", b"a", b"bc")
    assert payload_digest(b"k", b"ab", b"c") == payload_digest(b"k", b"ab", b"c")
    assert payload_digest(b"k", b"ab") != payload_digest(b"q", b"ab")


def test_seeded_keys_are_repeatable_and_differ_by_purpose_and_seed() -> None:
    """A trial run again has the same secrets; no two purposes share one."""
    assert seeded_keys(1)("household", "a") == seeded_keys(1)("household", "a")
    made = {
        seeded_keys(1)("household", "a"),
        seeded_keys(1)("household", "b"),
        seeded_keys(2)("household", "a"),
        seeded_keys(1)("master", "a"),
    }
    assert (4, {32}) == (len(made), {len(key) for key in made})


def test_real_keys_are_never_the_same_twice() -> None:
    """Thirty-two bytes from the operating system each time."""
    made = {random_keys("household", "a") for _ in range(20)}
    assert (20, {32}) == (len(made), {len(key) for key in made})
