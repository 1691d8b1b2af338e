"""What arrives at a door may be anything; here it becomes something that can be compared and kept."""

import re
from typing import Any

from shared import canonical


def plain_bytes(payload: Any) -> bytes:
    """The payload's bytes for size and digest; what is not plain JSON goes by its looks."""
    try:
        return canonical.encode(payload)
    except (canonical.NotCanonical, RecursionError):
        return looks(payload)


def looks(payload: Any) -> bytes:
    """A printable form of anything, even of text that has no UTF-8."""
    try:
        return repr(payload).encode("utf-8", "backslashreplace")
    except (RecursionError, ValueError):  # too deep, or a number of too many digits
        return type(payload).__name__.encode()


def tidy_name(name: object) -> str:
    """A command's name; what doesn't look like one could hold anything and isn't recorded."""
    return name if isinstance(name, str) and _NAME.fullmatch(name) else "?"


_NAME = re.compile("[a-z][a-z_]{0,79}")
