"""What every service records at its door when a command is not taken."""

from dataclasses import dataclass

from shared.facts.base import Fact, fact


@fact("door.command_refused")
@dataclass(frozen=True, slots=True)
class CommandRefused(Fact):
    """A command was denied (not this officer's) or refused (not now, not so).

    `digest` is a keyed digest of the payload; the payload itself is not kept.
    """

    command: str
    command_id: str
    code: str
    denied: bool
    digest: str
