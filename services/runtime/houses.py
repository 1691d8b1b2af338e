"""The five services of a site, in the order in which an embedded site settles them.

A service's process has the folder of its own service only, so nothing is imported before it is
asked for: `definition` gives one; DEFINITIONS and SERVICE_OF need all five to be there.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from shared.service import Definition

NAMES = ("gateway", "intake", "review", "payments", "reporting")
DEFINITIONS: tuple[Definition, ...]
SERVICE_OF: Mapping[str, str]  # a command's name → the service whose door takes it


def definition(name: str) -> Definition:
    """What a service is; the folders of the others need not be there. KeyError: no such service."""
    if name not in NAMES:
        raise KeyError(name)
    found = getattr(import_module(f"services.{name}.service"), name.upper())
    if not isinstance(found, Definition):
        raise TypeError(f"services.{name}.service doesn't define the service")
    return found


@cache
def _all() -> dict[str, Any]:
    definitions = tuple(map(definition, NAMES))
    return {
        "DEFINITIONS": definitions,
        "SERVICE_OF": {row.name: one.name for one in definitions for row in one.commands},
    }


def __getattr__(name: str) -> Any:
    if name in ("DEFINITIONS", "SERVICE_OF"):
        return _all()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
