"""What nobody can read reads as nothing.

A header may hold a time beyond all calendars; py-amqp then fails amid its frames and never learns
the message's number, so it could be neither acknowledged nor refused and would come back for ever.
Read as a message without properties it is refused like any other that isn't ours.
"""

from struct import error as StructError
from typing import Any

from amqp import serialization
from amqp.exceptions import AMQPError
from amqp.spec import Basic

_read = serialization.PROPERTY_CLASSES[Basic.CLASS_ID]


def _read_or_nothing(buffer: Any, offset: int) -> tuple[dict[str, Any], int]:
    try:
        properties: dict[str, Any]
        properties, end = _read(buffer, offset)
    except (ValueError, ArithmeticError, LookupError, StructError, OSError, AMQPError):
        return {}, len(buffer)
    return properties, end


def be_lenient() -> None:
    """For all connections of this process; harmless when repeated."""
    serialization.PROPERTY_CLASSES[Basic.CLASS_ID] = _read_or_nothing
