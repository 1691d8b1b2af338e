"""What the door answers, and why it takes a command or not before any rule is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from shared.refusal import Refusal

Outcome = Literal["done", "refused", "denied", "conflict", "unauthenticated", "unavailable"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer hears. `stream` and `version` say where the case now stands."""

    outcome: Outcome
    stream: str | None = None
    version: int | None = None
    code: str | None = None
    sentence: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.outcome == "done"


class UnknownCommand(Refusal):
    """No such command at this door."""

    code = "UNKNOWN_COMMAND"


class BadCommand(Refusal):
    """A field is unknown, missing, of a wrong type or out of bounds; `details` says which."""

    code = "BAD_COMMAND"

    def __init__(self, sentence: str, details: Mapping[str, Any]) -> None:
        super().__init__(sentence)
        self.details = details


class PayloadTooLarge(Refusal):
    """The payload is larger than this command may be."""

    code = "PAYLOAD_TOO_LARGE"


class CommandExpired(Refusal):
    """The caller has stopped waiting: what comes after `not_after` is not carried out."""

    code = "COMMAND_EXPIRED"


class CommandIdReused(Refusal):
    """The id already stands for another officer's command, or for another payload."""

    code = "COMMAND_ID_REUSED"


def told(plain: bytes) -> Answer:
    """An answer as plain JSON carries it: the same the first time and every later time."""
    return Answer(**msgspec.json.decode(plain))
