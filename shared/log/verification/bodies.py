"""Many bodies read at once, as facts that are as they should be; any doubt is for `columns`."""

from typing import Annotated, Final

import msgspec

from shared.canonical import INTEGER_MAX, allowed
from shared.envelope import BODY_MAX

_BATCH: Final = 64
"""Bodies read together: what is made of them still lies in the processor's own memory."""
_Int = Annotated[int, msgspec.Meta(ge=-INTEGER_MAX, le=INTEGER_MAX)]
# What may stand in a fact's data by the profile of `canonical`, less its keys, some levels deep.
_Plain = None | bool | _Int | str
_Nested = _Plain | list[_Plain] | dict[str, _Plain]
_Deeper = _Plain | list[_Nested] | dict[str, _Nested]
_Deepest = _Plain | list[_Deeper] | dict[str, _Deeper]


class _About(msgspec.Struct, gc=False):
    case: str | None
    household: str | None
    persons: tuple[str, ...]
    township: str | None
    village: str | None


class _Actor(msgspec.Struct, gc=False):
    acting_for: str | None
    name: str
    officer: str
    organisation: str
    post: str


class Fact(msgspec.Struct, gc=False):
    """An envelope whose fields stand in canonical order, so that none need be sorted again."""

    about: _About
    actor: _Actor
    at: str
    basis: str
    cause: str
    data: dict[str, _Deepest]
    fact: str
    id: str
    journey: str
    log: str
    personal: dict[str, str] | None
    stream: str
    v: _Int
    version: _Int


def read_facts(bodies: list[bytes]) -> list[Fact] | None:
    """The facts behind bodies that are all canonical; None where one may not be."""
    facts: list[Fact] = []
    try:
        for start in range(0, len(bodies), _BATCH):
            read = _read(bodies[start : start + _BATCH])
            if read is None:
                return None
            facts += read
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return facts


def _read(bodies: list[bytes]) -> list[Fact] | None:
    """As `read_facts`, raising what msgspec raises.

    The encoding, a line for each, must come to the same bytes. No canonical body has a line feed
    in it, so that the lines can't be divided otherwise than the bodies were.
    """
    lines = b"\n".join([*bodies, b""])
    facts = _decode(lines)
    whole = len(facts) == len(bodies) and _encode(facts) == lines
    if not whole or max(map(len, bodies)) > BODY_MAX:
        return None
    keys = set[str]().union(*[fact.data for fact in facts])
    if not "".join(keys).isascii():
        return None
    objects = _OBJECTS * len(facts) + sum(fact.personal is not None for fact in facts)
    if lines.count(b"{") == objects or all(allowed(fact.data, 1) for fact in facts):
        return facts  # objects in the data, or braces in a text, are looked into
    return None


_OBJECTS: Final = 4
"""A fact without objects in its data is an object and has three: about, actor, data."""
_decode: Final = msgspec.json.Decoder(Fact).decode_lines
_encode: Final = msgspec.json.Encoder(order="deterministic").encode_lines
