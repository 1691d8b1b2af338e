"""Canonical JSON: one value, one row of bytes (RFC 8785 for the profile that Yingbao allows).

The profile: ASCII keys, text, integers within ±(2^53−1), true/false/null, lists, objects.
Floats are refused: money and counts are integers, dates are text.
"""

from typing import Any

import msgspec

INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 32

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder().decode
_PLAIN = frozenset({str, bool, type(None)})
_CONTAINERS = frozenset({dict, list, tuple})


class NotCanonical(ValueError):
    """The value has no canonical form; says where it breaks the profile."""


def encode(value: Any) -> bytes:
    """The canonical bytes of a plain tree of dict, list, tuple, str, int, bool and None."""
    if not allowed(value):
        raise NotCanonical(_breach(value, "$", 0))
    try:
        return _encode(value)
    except UnicodeEncodeError as error:
        raise NotCanonical("text holds a lone surrogate") from error


def decode(body: bytes) -> dict[str, Any]:
    """The tree behind canonical bytes; raises NotCanonical for anything that is not an object."""
    try:
        tree = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonical("not JSON") from error
    if not isinstance(tree, dict):
        raise NotCanonical("not an object")
    return tree


def allowed(value: Any, depth: int = 0) -> bool:
    """Whether a value that lies `depth` deep in a tree keeps to the profile; lone surrogates aside.

    Every fact comes by here, when it is written and when a log is verified: plain items pass
    without a call of their own, and where a tree breaks the profile is looked for afterwards.
    """
    kind = type(value)
    if kind not in _CONTAINERS or depth >= DEPTH_MAX:
        return kind in _PLAIN or (kind is int and -INTEGER_MAX <= value <= INTEGER_MAX)
    if kind is dict:
        for key in value:
            if type(key) is not str or not key.isascii():
                return False
        value = value.values()
    for item in value:
        kind = type(item)
        if kind in _PLAIN or (kind is int and -INTEGER_MAX <= item <= INTEGER_MAX):
            continue
        if kind not in _CONTAINERS or not allowed(item, depth + 1):
            return False
    return True


def _breach(value: Any, where: str, depth: int) -> str:
    """Where a value that isn't allowed first breaks the profile."""
    kind = type(value)
    if kind is int:
        return f"{where}: integer outside ±(2^53−1)"
    if kind not in _CONTAINERS:
        return f"{where}: {kind.__name__} has no place in a fact"
    if depth >= DEPTH_MAX:
        return f"{where}: nested deeper than {DEPTH_MAX}"
    items = list(value.items()) if kind is dict else [("", item) for item in value]
    for key, item in items:
        if type(key) is not str or not key.isascii():
            return f"{where}: key is not ASCII text"
        if not allowed(item, depth + 1):
            return _breach(item, f"{where}.{key}" if key else where, depth + 1)
    raise AssertionError(f"{where} is allowed")
