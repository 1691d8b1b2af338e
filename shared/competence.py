"""The table of competence: which command, by whom, where, by which article, decided by what.

Every service's COMMANDS is a tuple of these rows; nothing that is not in it can be done.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from shared.context import Context
from shared.decider import UnitOfWork
from shared.deciding import Decider
from shared.facts.base import Fact

if TYPE_CHECKING:
    from marshmallow import Schema

PAYLOAD_MAX = 256 * 1024


class Role(StrEnum):
    """What an officer is appointed as. SYSTEM is what happens by itself."""

    VILLAGE_AIDE = "VILLAGE_AIDE"
    CASE_OFFICER = "CASE_OFFICER"
    TOWNSHIP_HEAD = "TOWNSHIP_HEAD"
    CIVIL_AFFAIRS = "CIVIL_AFFAIRS"
    FINANCE = "FINANCE"
    BANK_DESK = "BANK_DESK"
    INSPECTOR = "INSPECTOR"
    ADMINISTRATOR = "ADMINISTRATOR"
    SYSTEM = "SYSTEM"


class Scope(StrEnum):
    """How far an officer's power reaches; OWN_VILLAGE binds a village's aide, the township's staff
    only by their township.
    """

    OWN_VILLAGE = "OWN_VILLAGE"
    OWN_TOWNSHIP = "OWN_TOWNSHIP"
    DISTRICT = "DISTRICT"


Gather = Callable[[UnitOfWork, Any, Any, Context], Any]


def nothing(_uow: UnitOfWork, _command: Any, _state: Any, _context: Context) -> None:
    """Most commands need no more than their own stream."""


def no_details(_facts: Sequence[Fact]) -> Mapping[str, Any]:
    """Most answers need no more than stream and version."""
    return {}


@dataclass(frozen=True, slots=True)
class Competence:
    """One row: who may give this command, how far, by which article, and who decides it."""

    command: type
    schema: "type[Schema] | None"
    roles: frozenset[Role]
    scope: Scope
    article: str
    decider: Decider[Any]
    stream: Callable[[Any, Context], str]
    gather: Gather = nothing
    details: Callable[[Sequence[Fact]], Mapping[str, Any]] = no_details
    retry: bool = False
    payload_max: int = PAYLOAD_MAX

    @property
    def name(self) -> str:
        """The command's name at the door: SubmitApplication → submit_application."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.command.__name__).lower()


def by_name(rows: Sequence[Competence]) -> dict[str, Competence]:
    """The table as the door looks it up; a name may stand in it once."""
    table = {row.name: row for row in rows}
    if len(table) != len(rows):
        raise ValueError("a command stands twice in the table of competence")
    return table


def by_type(rows: Sequence[Competence]) -> dict[type, Competence]:
    """The table as reactions look it up."""
    return {row.command: row for row in rows}
