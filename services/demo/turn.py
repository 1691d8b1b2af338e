"""The rare turns of the road: each is taken by a household that would otherwise go straight."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from services.demo.people import DemoHousehold

ELDERLY_FROM: Final = 60  # years; old enough for the basic pension that doesn't count


class Turn(StrEnum):
    """What is unlike everybody else's way."""

    INFORMED = "INFORMED"  # told of the policy before they applied
    PROXY = "PROXY"
    VILLAGE_APPLIES = "VILLAGE_APPLIES"
    ALONE = "ALONE"  # severely disabled, of a family on the verge
    RELATIVE = "RELATIVE"  # of an officer, filed before they applied
    PHOTOGRAPHED = "PHOTOGRAPHED"  # room and members, at the visit
    REMOTE = "REMOTE"
    REMOTE_REFUSED = "REMOTE_REFUSED"
    NEIGHBOURS = "NEIGHBOURS"
    LETTER = "LETTER"
    REGISTERS_SILENT = "REGISTERS_SILENT"
    DISPUTED = "DISPUTED"  # what the registers hold; checked again, the family was right
    MEANS = "MEANS"
    VEHICLE = "VEHICLE"
    APPRAISED = "APPRAISED"  # an objection is answered by an appraisal
    UPHELD = "UPHELD"
    COMPLAINT = "COMPLAINT"
    REAL_NAME = "REAL_NAME"
    DELEGATE = "DELEGATE"
    EXTENDED = "EXTENDED"
    NOT_COOPERATING = "NOT_COOPERATING"
    WITHDRAWN = "WITHDRAWN"
    SOLE_MEMBER_DIED = "SOLE_MEMBER_DIED"
    MOVED_AWAY = "MOVED_AWAY"
    MEMBER_DIED = "MEMBER_DIED"
    LATE = "LATE"  # decided after the limit
    CARD = "CARD"  # the village keeps the family's bank card
    DIES = "DIES"  # after the confirmation


AT_COUNTER: Final = frozenset({Turn.PROXY, Turn.VILLAGE_APPLIES, Turn.ALONE})
"""A sheet knows nothing of who applies for whom, nor on what ground somebody does alone."""

LEAVING: Final = frozenset({Turn.WITHDRAWN, Turn.SOLE_MEMBER_DIED, Turn.MOVED_AWAY})
"""The application is over before a decision."""


def _alone(home: DemoHousehold) -> bool:
    return len(home.members) == 1


def _several(home: DemoHousehold) -> bool:
    return len(home.members) > 1


def _pensioner(home: DemoHousehold) -> bool:
    return home.head.age >= ELDERLY_FROM and home.monthly_income_fen > 0


FITS: Final[Mapping[Turn, Callable[[DemoHousehold], bool]]] = {
    Turn.ALONE: _alone,
    Turn.SOLE_MEMBER_DIED: _alone,
    Turn.DIES: _alone,
    Turn.MEMBER_DIED: _several,
    Turn.MEANS: _pensioner,
}
"""Whom a turn suits; the others suit anybody."""
