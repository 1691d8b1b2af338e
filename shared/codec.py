"""Facts to bodies and back: the only place where a dataclass meets its stored form."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from shared.envelope import Envelope, Row, filled, from_body
from shared.facts.base import Fact, current
from shared.sealing import DataKey, place_of, seal, unseal

F_co = TypeVar("F_co", bound=Fact, covariant=True)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[F_co]):
    """A fact with what surrounds it; `position` is None until it has been appended."""

    envelope: Envelope
    fact: F_co
    position: int | None = None

    @property
    def household(self) -> str | None:
        return self.envelope.about.household


def encode(fact: Fact, frame: Envelope, key: DataKey | None) -> Row:
    """The row to append: `frame` gives everything but the fact's own name, version and content."""
    data: dict[str, Any] = msgspec.to_builtins(fact)
    personal = data.pop("personal", None)
    sealed = None
    if personal is not None:
        if key is None:
            raise ValueError(f"{fact.name}: a personal part needs a household's key")
        place = place_of(frame.log, frame.stream, frame.version, frame.id)
        sealed = seal(personal, key, place, frame.id)
    return filled(frame, fact.name, fact.v, data, sealed)


def key_of(body: bytes) -> str | None:
    """The name of the key that a body's sealed part needs; None where nothing is sealed."""
    part = _sealed_decoder.decode(body).personal
    return None if part is None else part.key


def decode(body: bytes, key: DataKey | None = None, position: int | None = None) -> Recorded[Fact]:
    """Read a body through the upcasters. Without its key the personal part reads as None."""
    return read(from_body(body), key, position)


def read(envelope: Envelope, key: DataKey | None, position: int | None) -> Recorded[Fact]:
    """The same of an envelope."""
    cls, data = current(envelope.fact, envelope.v, envelope.data)
    if "personal" in cls.__dataclass_fields__:
        data = {**data, "personal": _opened(envelope, key)}
    return Recorded(envelope, msgspec.convert(data, cls), position)


def _opened(envelope: Envelope, key: DataKey | None) -> dict[str, Any] | None:
    part = envelope.personal
    if part is None or key is None or key.key != part["key"]:
        return None
    place = place_of(envelope.log, envelope.stream, envelope.version, envelope.id)
    return unseal(part, key, place, envelope.id)


class _SealedPart(msgspec.Struct):
    key: str


class _SealedOnly(msgspec.Struct):
    personal: _SealedPart | None = None


_sealed_decoder = msgspec.json.Decoder(_SealedOnly)
