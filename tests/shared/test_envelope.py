"""Envelopes: bytes within bounds, columns that follow from the bytes alone."""

from dataclasses import replace
from typing import Any

import pytest

from shared.canonical import NotCanonical
from shared.envelope import BODY_MAX, BodyTooLarge, Envelope, from_body, row_of, to_row
from shared.log.merkle import leaf_hash
from tests.shared.facts.specimen import published, sample_of

ENVELOPE = from_body(sample_of("intake.application_withdrawn", 1).read_bytes())


def of_size(text: str) -> Envelope:
    return replace(ENVELOPE, data={"text": text})


def test_there_are_facts_to_speak_of() -> None:
    """The sample belongs to a published fact."""
    assert ENVELOPE.fact in published()


def test_a_row_and_its_envelope_follow_from_the_bytes() -> None:
    """To bytes and back; the columns are those of the body."""
    row = to_row(ENVELOPE)
    assert (ENVELOPE, row) == (from_body(row.body), row_of(row.body))
    assert leaf_hash(row.body) == row.leaf
    assert (ENVELOPE.id, ENVELOPE.stream, ENVELOPE.version, ENVELOPE.fact, ENVELOPE.at) == (
        row.id, row.stream, row.version, row.name, row.at,
    )  # fmt: skip
    about = ENVELOPE.about
    assert (ENVELOPE.actor.officer, ENVELOPE.journey) == (row.officer, row.journey)
    assert (about.household, about.township, about.village, about.persons) == (
        row.household, row.township, row.village, row.persons,
    )  # fmt: skip


def test_a_person_named_twice_is_found_once() -> None:
    """The body says it as it was written; the column holds each person once, in order."""
    about = replace(ENVELOPE.about, persons=("b", "a", "b"))
    row = to_row(replace(ENVELOPE, about=about))
    assert (("b", "a"), ("b", "a", "b")) == (row.persons, from_body(row.body).about.persons)


def test_a_body_stays_under_64_kibibytes() -> None:
    """To the byte."""
    frame = len(to_row(of_size("")).body)
    assert BODY_MAX == len(to_row(of_size("x" * (BODY_MAX - frame))).body)
    with pytest.raises(BodyTooLarge):
        to_row(of_size("x" * (BODY_MAX - frame + 1)))


@pytest.mark.parametrize(
    "data", [{"a": 1.5}, {"姓名": "x"}, {"a": 2**53}, {"a": "\ud800"}], ids=ascii
)
def test_what_has_no_canonical_form_becomes_no_row(data: dict[str, Any]) -> None:
    """Before anything is written."""
    with pytest.raises(NotCanonical):
        to_row(replace(ENVELOPE, data=data))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"about":{}}', b"\xff"])
def test_bytes_that_are_no_fact_have_no_columns(body: bytes) -> None:
    """Whoever verifies a log hears so by name."""
    with pytest.raises((NotCanonical, KeyError)):
        row_of(body)
