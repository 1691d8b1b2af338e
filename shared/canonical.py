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


class NotCanonical(ValueError):
    """The value has no canonical form; says where it breaks the profile."""


def encode(value: Any) -> bytes:
    """The canonical bytes of a plain tree of dict, list, tuple, str, int, bool and None."""
    _check(value, "$", 0)
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


def _check(value: Any, where: str, depth: int) -> None:
    """Refuse what has no canonical form. Plain items pass without a call of their own."""
    kind = type(value)
    if kind in _PLAIN:
        return
    if kind is int:
        if not -INTEGER_MAX <= value <= INTEGER_MAX:
            raise NotCanonical(f"{where}: integer outside ±(2^53−1)")
    elif depth >= DEPTH_MAX:
        raise NotCanonical(f"{where}: nested deeper than {DEPTH_MAX}")
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonical(f"{where}: key is not ASCII text")
            if type(item) not in _PLAIN:
                _check(item, f"{where}.{key}", depth + 1)
    elif kind is list or kind is tuple:
        for item in value:
            if type(item) not in _PLAIN:
                _check(item, where, depth + 1)
    else:
        raise NotCanonical(f"{where}: {kind.__name__} has no place in a fact")
