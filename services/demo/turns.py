"""Who takes which rare turn, and in which units something is otherwise.

The first households that would go straight take every turn once; after them each fourth takes one,
in the same order. So each fork is played in any district of some hundred households.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from services.demo.choice import Choices
from services.demo.district import Unit
from services.demo.fate import Fate, Ground, Objection, Outcome, fate
from services.demo.people import DemoHousehold, Standards
from services.demo.turn import FITS, LEAVING, Turn

TURN_EVERY: Final = 4


@dataclass(frozen=True, slots=True)
class Ways:
    """Every household's fate, by number.

    `undevolved` is the unit whose cases the bureau decides; `emergency` where it was declared that
    visits go without contact. None where nobody would be concerned.
    """

    fates: Mapping[int, Fate]
    undevolved: str | None
    emergency: str | None


def ways(
    choices: Choices,
    homes: Sequence[DemoHousehold],
    units: Sequence[Unit],
    standards: Standards,
) -> Ways:
    """The ways of these households, in the order of their numbers."""
    told = {home.number: fate(choices, home, units, standards) for home in homes}
    straight = [home for home in homes if told[home.number].straight]
    # The last units are small ones; there everybody goes on as before.
    undevolved = max((home.township for home in straight), default=None)
    turns = _Turns()
    for home in sorted(straight, key=lambda home: home.number):
        if home.township != undevolved and (turn := turns.take(home)):
            told[home.number] = turned(told[home.number], turn)
    return Ways(told, undevolved, turns.emergency)


@dataclass(slots=True)
class _Turns:
    """What waits to be taken."""

    waiting: list[Turn] = field(default_factory=lambda: list(Turn))
    all_taken: bool = False
    since_last: int = 0
    emergency: str | None = None

    def take(self, home: DemoHousehold) -> Turn | None:
        self.since_last += 1
        if self.all_taken and self.since_last < TURN_EVERY:
            return None
        turn = next((turn for turn in self.waiting if self._fits(turn, home)), None)
        if turn is None:
            return None
        self.since_last = 0
        self._taken(turn, home)
        return turn

    def _taken(self, turn: Turn, home: DemoHousehold) -> None:
        self.waiting.remove(turn)
        if turn is Turn.REMOTE:
            self.emergency = home.township
        if not self.waiting:
            self.waiting, self.all_taken = list(Turn), True

    def _fits(self, turn: Turn, home: DemoHousehold) -> bool:
        """An emergency is declared for one unit: there visits go without contact, nowhere else."""
        match turn:
            case Turn.REMOTE:
                return self.emergency in (None, home.township)
            case Turn.REMOTE_REFUSED:
                return self.emergency not in (None, home.township)
            case _:
                return turn not in FITS or FITS[turn](home)


OTHERWISE: Final[Mapping[Turn, dict[str, Any]]] = {
    **{turn: {"payment": None, "outcome": Outcome.WITHDRAWN} for turn in LEAVING},
    Turn.NOT_COOPERATING: {"payment": None, "outcome": Outcome.ENDED},
    Turn.VEHICLE: {
        "payment": None, "outcome": Outcome.DECLINED, "ground": Ground.VEHICLE_OWNED,
    },
    Turn.UPHELD: {
        "payment": None, "outcome": Outcome.DECLINED, "ground": Ground.OBJECTION_UPHELD,
        "objection": Objection.UPHELD,
    },
    Turn.DIES: {"payment": None, "dies_after_confirmation": True},
    Turn.LATE: {"payment": None},
    Turn.APPRAISED: {"objection": Objection.REJECTED},
}  # fmt: skip
"""What a turn makes of a straight fate; the others lead to the same end."""


def turned(straight: Fate, turn: Turn) -> Fate:
    """A straight fate after this turn."""
    return replace(straight, turn=turn, **OTHERWISE.get(turn, {}))
