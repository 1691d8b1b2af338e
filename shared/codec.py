"""Facts to bodies and back: the only place where a dataclass meets its stored form."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, Literal, TypeVar

import msgspec

from shared.canonical import NotCanonical
from shared.envelope import Envelope, Row, filled, from_body
from shared.facts.base import REGISTRY, Fact, current
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
    _decoder(cls)
    if "personal" in cls.__dataclass_fields__:
        data = {**data, "personal": _opened(envelope, key)}
    return Recorded(envelope, msgspec.convert(data, cls), position)


class Core(msgspec.Struct, frozen=True, gc=False):
    """What folding needs of a body: the fact, and where its sealed part belongs.

    A long stream is loaded for every command on it; the rest isn't made into objects, nor are
    these watched by the collector.
    """

    log: str
    stream: str
    version: int
    id: str
    fact: str
    v: int
    data: msgspec.Raw
    personal: dict[str, str] | None

    @property
    def key(self) -> str:
        """The name of the key that the sealed part needs; empty where nothing is sealed."""
        return self.personal["key"] if self.personal else ""


def core_of(body: bytes | memoryview) -> Core:
    """Raises NotCanonical for bytes that are no fact's body."""
    try:
        return _core(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonical("not the body of a fact") from error


def fact_of(core: Core, key: DataKey | None) -> Fact:
    """The fact alone, as `decode` reads it."""
    cls = REGISTRY.get(core.fact)
    if cls is not None and core.v == cls.v and "personal" not in cls.__dataclass_fields__:
        return _decoder(cls)(core.data)
    cls, data = current(core.fact, core.v, msgspec.json.decode(core.data))
    _decoder(cls)
    if "personal" in cls.__dataclass_fields__:
        data = {**data, "personal": _opened(core, key)}
    return msgspec.convert(data, cls)


class Reading:
    """One stream's facts, as `decode` reads each; `version` is that of the last one so far.

    A long stream is long by facts of one kind. So whoever comes after two of a kind is read as a
    third, all in one pass; whoever isn't one is read as any other.
    """

    def __init__(
        self,
        bodies: Iterable[bytes | memoryview],
        key_named: Callable[[str], DataKey | None],
    ) -> None:
        self._bodies, self._key_named = bodies, key_named
        self.version = 0

    def __iter__(self) -> Iterator[Fact]:
        """Raises as core_of and fact_of."""
        kind = ""
        third: Callable[[bytes | memoryview], Any] | None = None
        for body in self._bodies:
            try:
                whole = None if third is None else third(body)
            except _NOT_SO:
                whole = None
            if whole is not None:
                self.version = whole.version
                yield whole.data
                continue
            core = core_of(body)
            third = _third(core) if core.fact == kind else None
            kind = core.fact
            self.version = core.version
            yield fact_of(core, self._key_named(core.key) if core.personal else None)


def _third(core: Core) -> Callable[[bytes | memoryview], Any] | None:
    """Reads one more body of this kind, if it is one that is written today and seals nothing."""
    cls = REGISTRY.get(core.fact)
    if cls is None or core.v != cls.v or "personal" in cls.__dataclass_fields__:
        return None
    if cls not in _thirds:
        _decoder(cls)
        only: Any = Literal
        fields = [("fact", only[cls.name]), ("v", only[cls.v]), ("data", cls), ("personal", None)]
        whole = msgspec.defstruct("Whole", fields, bases=(Core,), frozen=True, gc=False)
        _thirds[cls] = msgspec.json.Decoder(whole).decode
    return _thirds[cls]


_NOT_SO = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_thirds: dict[type[Fact], Callable[[bytes | memoryview], Any]] = {}


def _decoder(cls: type[Fact]) -> Callable[[msgspec.Raw], Fact]:
    """Made by one thread at a time, and before anything is converted to `cls`.

    msgspec looks into a dataclass when it first meets it; a second thread that comes by meanwhile
    finds that half done, and the process dies.
    """
    if cls not in _decoders:
        with _making:
            _decoders[cls] = msgspec.json.Decoder(cls).decode
    return _decoders[cls]


_making = Lock()
_decoders: dict[type[Fact], Callable[[msgspec.Raw], Fact]] = {}


def _opened(envelope: Envelope | Core, key: DataKey | None) -> dict[str, Any] | None:
    part = envelope.personal
    if part is None or key is None or key.key != part["key"]:
        return None
    place = place_of(envelope.log, envelope.stream, envelope.version, envelope.id)
    return unseal(part, key, place, envelope.id)


_core = msgspec.json.Decoder(Core).decode


class _SealedPart(msgspec.Struct):
    key: str


class _SealedOnly(msgspec.Struct):
    personal: _SealedPart | None = None


_sealed_decoder = msgspec.json.Decoder(_SealedOnly)
