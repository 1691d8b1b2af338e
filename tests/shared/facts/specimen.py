"""One made-up instance of every published fact, by the types and names of its fields."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from zlib import crc32

import msgspec

import shared.facts
from shared import codec
from shared.envelope import About, Actor, Envelope
from shared.facts.base import REGISTRY, Fact
from shared.sealing import DataKey

GOLDEN = Path(__file__).parent / "golden"
KEY = DataKey("hh-0123456789abcdef0123", "0123456789abcdef", bytes(range(32)))


def published() -> dict[str, type[Fact]]:
    """Every fact of every module of shared.facts, by name."""
    for module in pkgutil.iter_modules(shared.facts.__path__):
        importlib.import_module(f"shared.facts.{module.name}")
    return dict(sorted(REGISTRY.items()))


def sample_of(name: str, v: int) -> Path:
    """Where the body of this fact and version is kept."""
    return GOLDEN / f"{name}.v{v}.json"


def specimen(cls: type[Any]) -> Any:
    """An instance whose every field is filled, the same in every run."""
    hints = get_type_hints(cls)
    return cls(**{f.name: _value(hints[f.name], f.name) for f in fields(cls)})


def body_of(fact: Fact) -> bytes:
    """The fact as the log would hold it, its personal part sealed with KEY."""
    return codec.encode(fact, frame_of(fact), KEY).body


def frame_of(fact: Fact) -> Envelope:
    """Surroundings with every field filled."""
    return Envelope(
        log=f"411603/{fact.name.partition('.')[0]}",
        stream=f"sample/{fact.name}",
        version=3,
        fact="",
        v=0,
        id="018e0738-5d00-7abc-8def-0123456789ab",
        at="2024-03-04T01:00:00.000000Z",
        actor=Actor("o-17", "王某", "民政所经办（代）", "411603101", "o-18"),
        basis="57号 Art 10",
        cause="0b4e5d0a-52f1-5c3e-8a6f-3c1d2e4f5a6b",
        journey="case-0123456789abcdef0123",
        about=About(
            case="case-0123456789abcdef0123",
            household=KEY.household,
            persons=("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"),
            village="王庄村",
            township="411603101",
        ),
        data={},
        personal=None,
    )


def _value(hint: Any, name: str) -> Any:
    """A value of a type; which one follows from the field's name."""
    number = crc32(name.encode()) % 90_000 + 10_000
    kinds, origin = get_args(hint), get_origin(hint)
    if origin in (Union, UnionType):
        return _value(next(kind for kind in kinds if kind is not NoneType), name)
    if origin is Annotated:
        return _within(_value(kinds[0], name), kinds[1:])
    if origin is tuple:
        return (_value(kinds[0], f"{name}1"), _value(kinds[0], f"{name}2"))
    if origin is dict:
        return {f"{name}_{n}": _value(kinds[1], f"{name}{n}") for n in "ab"}
    return _plain(hint, name, number)


def _plain(hint: Any, name: str, number: int) -> Any:
    if is_dataclass(hint):
        return specimen(hint)  # type: ignore[arg-type]
    if issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint, include_extras=True)
        return hint(**{field: _value(hints[field], field) for field in hint.__struct_fields__})
    if issubclass(hint, StrEnum):
        return tuple(hint)[number % len(hint)]
    plain = {
        str: f"{name} 样{number}",
        int: number,
        bool: True,
        date: date(2024, 1, 1) + timedelta(days=number % 366),
    }
    return plain[hint]


def _within(value: Any, metas: tuple[Any, ...]) -> Any:
    """A number within its bounds; anything else as it is."""
    tops = [meta.le for meta in metas if meta.le is not None]
    return min(value, *tops) if tops else value
