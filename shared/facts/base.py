"""What makes a dataclass a fact: a published name, a schema version, a place in the registry."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

FactType = TypeVar("FactType", bound="type[Fact]")
Upcast = Callable[[dict[str, Any]], dict[str, Any]]
Rules = dict[str, str]
"""Parameter → version: by which rules something was decided."""


class Fact:
    """Base of every fact; `name` and `v` are given by the `fact` decorator."""

    __slots__ = ()
    name: ClassVar[str]
    v: ClassVar[int]
    __dataclass_fields__: ClassVar[dict[str, Any]]


REGISTRY: dict[str, type[Fact]] = {}
UPCASTS: dict[tuple[str, int], Upcast] = {}


class UnknownFact(LookupError):
    """A fact of a name or version that this program does not know; it is newer than we are."""


def fact(name: str, v: int = 1) -> Callable[[FactType], FactType]:
    """Publish a dataclass under `name` at schema version `v`."""

    def publish(cls: FactType) -> FactType:
        if name in REGISTRY and REGISTRY[name].__qualname__ != cls.__qualname__:
            raise ValueError(f"{name} is published twice")
        cls.name, cls.v = name, v
        REGISTRY[name] = cls
        return cls

    return publish


def upcast(name: str, from_v: int) -> Callable[[Upcast], Upcast]:
    """Register how the data of `name` at `from_v` reads as version `from_v` + 1."""

    def register(change: Upcast) -> Upcast:
        UPCASTS[name, from_v] = change
        return change

    return register


def current(name: str, v: int, data: dict[str, Any]) -> tuple[type[Fact], dict[str, Any]]:
    """The class of today's version, and the data as that version would have written it."""
    cls = REGISTRY.get(name)
    if cls is None or v > cls.v:
        raise UnknownFact(f"{name} {v}")
    while v < cls.v:
        change = UPCASTS.get((name, v))
        if change is None:
            raise UnknownFact(f"{name} {v}: nothing leads to version {v + 1}")
        data, v = change(data), v + 1
    return cls, data
