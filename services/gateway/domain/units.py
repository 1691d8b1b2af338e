"""Units and departments: registered once under a code that is valid from a day to a day."""

from dataclasses import dataclass
from typing import assert_never

from services.gateway.commands import RegisterUnit, UnitCommand
from services.gateway.refusals import PeriodBackwards, UnitKnown
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.gateway import UnitRegistered


@dataclass(frozen=True, slots=True)
class Unit:
    """`code` is None before registration."""

    code: str | None = None


def decide(state: Unit, command: UnitCommand, _context: Context) -> Decided:
    """Register a unit once."""
    match command:
        case RegisterUnit(unit, title, kind, from_on, to_on):
            if state.code is not None:
                raise UnitKnown("该单位代码已登记。")
            if to_on is not None and to_on < from_on:
                raise PeriodBackwards("截止日期不能早于起始日期。")
            return [UnitRegistered(unit, title, kind, from_on, to_on)]
        case _:
            assert_never(command)


def evolve(_state: Unit, fact: Fact) -> Unit:
    """A registered code stays registered."""
    match fact:
        case UnitRegistered():
            return Unit(fact.unit)
        case _:
            raise ValueError(fact.name)


def about(state: Unit) -> About:
    """A unit concerns itself."""
    return About(township=state.code)


UNIT: Decider[Unit] = Decider(Unit(), decide, evolve, about)
