"""A fact on the wire: what comes out is what went in, or nothing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.carrying.source import Carried
from shared.carrying.wire import POSITION_MAX, NotOurs, Stamp
from shared.sealing import TravellingKey

LOG = "411603/intake"
STAMP = Stamp(bytes([7]) * 32)
KEY = TravellingKey("hh-1", "k-1", b"\x01\x02wrapped")
FACTS = st.builds(
    Carried,
    st.just(LOG),
    st.integers(0, POSITION_MAX),
    st.binary(max_size=300),
    st.none() | st.builds(TravellingKey, st.text(max_size=9), st.text(max_size=9), st.binary()),
)


@given(FACTS)
def test_a_fact_comes_out_as_it_went_in(fact: Carried) -> None:
    """As a message and as JSON, with its key or without."""
    assert fact == STAMP.carried(STAMP.headers(fact), fact.body, LOG)
    assert fact == STAMP.from_json(STAMP.to_json(fact), LOG)


@given(FACTS, FACTS)
def test_no_fact_passes_under_anothers_code(one: Carried, other: Carried) -> None:
    """Whatever is exchanged between two: bytes, position, key."""
    mixed = {**STAMP.headers(one), "mac": STAMP.headers(other)["mac"]}
    if one == other:
        assert one == STAMP.carried(mixed, one.body, LOG)
        return
    with pytest.raises(NotOurs) as refused:
        STAMP.carried(mixed, one.body, LOG)
    assert "stranger" == refused.value.reason


@pytest.mark.parametrize(
    "change",
    [
        lambda f: replace(f, body=f.body[:-1]),
        lambda f: replace(f, body=b"\x00" + f.body),
        lambda f: replace(f, position=f.position + 1),
        lambda f: replace(f, key=None),
        lambda f: replace(f, key=replace(KEY, household="hh-2")),
        lambda f: replace(f, key=replace(KEY, key="k-2")),
        lambda f: replace(f, key=replace(KEY, wrapped=b"other")),
    ],
)
def test_whatever_is_changed_on_the_way_is_found(change: Any) -> None:
    """Bytes cut off or added, another place, another key or none."""
    fact = Carried(LOG, 5, b'{"a":1}', KEY)
    changed = change(fact)
    headers = STAMP.headers(changed) | {"mac": STAMP.headers(fact)["mac"]}
    with pytest.raises(NotOurs):
        STAMP.carried(headers, changed.body, LOG)


def test_a_code_of_another_site_is_a_strangers() -> None:
    """Each site has a carrier key of its own."""
    fact = Carried(LOG, 5, b"{}")
    with pytest.raises(NotOurs):
        STAMP.carried(Stamp(bytes([8]) * 32).headers(fact), fact.body, LOG)


def test_a_fact_of_another_log_isnt_taken_though_its_code_is_right() -> None:
    """It was sent to somebody else's queue."""
    fact = Carried("411603/review", 5, b"{}")
    with pytest.raises(NotOurs, match="not of 411603/intake"):
        STAMP.carried(STAMP.headers(fact), fact.body, LOG)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log", None),
        ("log", 5),
        ("position", None),
        ("position", "5"),
        ("position", -1),
        ("position", True),
        ("position", 2**60),
        ("mac", None),
        ("mac", 1),
        ("mac", "ä"),
        ("wrapped", "no hex"),
        ("wrapped", None),
        ("household", None),
        ("key", 3),
    ],
)
def test_headers_of_a_wrong_form_are_refused(name: str, value: object) -> None:
    """Missing (None) or of a wrong type: never an error of another kind."""
    headers = STAMP.headers(Carried(LOG, 5, b"{}", KEY))
    wrong = headers | {name: value}
    if value is None:
        del wrong[name]
    with pytest.raises(NotOurs):
        STAMP.carried(wrong, b"{}", LOG)


@pytest.mark.parametrize("body", [None, 5, "no base64!", "AAA"])
def test_json_without_a_readable_body_is_refused(body: object) -> None:
    """What a lying service may answer."""
    item = STAMP.to_json(Carried(LOG, 5, b"{}")) | {"body": body}
    with pytest.raises(NotOurs):
        STAMP.from_json(item, LOG)
