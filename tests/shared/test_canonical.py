"""Canonical bytes, compared with a plain reading of RFC 8785."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.canonical import DEPTH_MAX, INTEGER_MAX, NotCanonical, decode, encode
from tests.shared.log.samples import untimed

SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
SCALARS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(SCALARS | st.characters(max_codepoint=0x9F))
KEYS = st.text(st.characters(max_codepoint=0x7F))
LEAVES = st.none() | st.booleans() | st.integers(-INTEGER_MAX, INTEGER_MAX) | TEXTS
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=15
)


def naive(value: Any) -> str:
    """RFC 8785, sections 3.2.2 and 3.2.3, sign by sign."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(naive_sign(ord(sign)) for sign in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(naive(item) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{naive(key)}:{naive(value[key])}" for key in keys) + "}"


def naive_sign(code: int) -> str:
    """Escaped only where it must be, with small hexadecimal digits."""
    if code in SHORT:
        return SHORT[code]
    return f"\\u{code:04x}" if code < 0x20 else chr(code)


def nested(levels: int) -> Any:
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


@untimed
@given(TREES)
def test_the_bytes_are_those_of_rfc_8785(tree: Any) -> None:
    """One value, one row of bytes, whatever library writes it."""
    assert naive(tree).encode() == encode(tree)


@untimed
@given(st.dictionaries(KEYS, TREES, max_size=4))
def test_reading_gives_back_what_was_written(tree: dict[str, Any]) -> None:
    """And writing again gives the same bytes."""
    body = encode(tree)
    assert tree == decode(body)
    assert body == encode(decode(body))


@untimed
@given(st.dictionaries(KEYS, LEAVES, min_size=2))
def test_the_order_of_making_does_not_show(tree: dict[str, Any]) -> None:
    """Keys come sorted, in whatever order they were put in."""
    assert encode(tree) == encode(dict(reversed(tree.items())))


def test_every_control_sign_is_escaped_as_the_rfc_says() -> None:
    """Five have short forms; delete and the C1 signs stand as they are."""
    signs = "".join(map(chr, range(0xA0)))
    assert naive(signs).encode() == encode(signs)


def test_a_tuple_reads_as_a_list() -> None:
    """Facts hold tuples; JSON has one kind of row."""
    assert b"[1,[2]]" == encode((1, (2,)))


@pytest.mark.parametrize(
    "value",
    [
        *(0.0, 1.0, float("nan"), float("inf"), -0.0),
        *(2**53, -(2**53), 10**5000),
        *({"é": 1}, {"姓名": 1}, {1: 1}, {None: 1}, {"\ud800": 1}, {b"a": 1}),
        *("\ud800", "甲\udfff", ["\ud834"], {"a": "\udc00"}),
        *(b"bytes", bytearray(b"x"), {1}, frozenset(), object(), range(3), 1j),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    """Floats, large integers, keys outside ASCII, half characters, other kinds."""
    with pytest.raises(NotCanonical):
        encode(value)
    with pytest.raises(NotCanonical):
        encode({"a": [value]})


@pytest.mark.parametrize("number", [INTEGER_MAX, -INTEGER_MAX])
def test_the_largest_integers_pass(number: int) -> None:
    """±(2^53−1) are the same in every JSON reader."""
    assert str(number).encode() == encode(number)


def test_depth_has_a_limit() -> None:
    """At the limit it is written; one deeper, or without end, is refused."""
    assert b"[" * DEPTH_MAX + b"]" * DEPTH_MAX == encode(nested(DEPTH_MAX))
    endless: list[Any] = []
    endless.append(endless)
    for value in (nested(DEPTH_MAX + 1), nested(1_000), endless):
        with pytest.raises(NotCanonical):
            encode(value)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"1", b"null", b'{"a":1', b'{"a":1}x', b"\xff", b'{"a":"\xed\xa0\x80"}'),
        *(b"[" * 40_000, b'{"a":' * 30_000),
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_object_is_not_read(body: bytes) -> None:
    """Damaged bytes, and bytes nested to overflow a reader, have one named answer."""
    with pytest.raises(NotCanonical):
        decode(body)
