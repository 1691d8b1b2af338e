"""Freezing a month's table: who signs it answers for its figures (统计法 Art 24).

A correction is a new fact on the same stream; the table as it was signed before stays.
"""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from services.reporting.commands import Command, FreezeMonthlyTable
from services.reporting.refusals import (
    MonthAhead,
    NothingChanged,
    NothingToFreeze,
    RecordIncomplete,
)
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.reporting import MonthlyTableFrozen, TownshipRow
from shared.months import month_of


@dataclass(frozen=True, slots=True)
class TableNow:
    """The table as the record gives it, how far each log had been followed, what is parked."""

    rows: tuple[TownshipRow, ...]
    positions: dict[str, int]
    parked_count: int


@dataclass(frozen=True, slots=True)
class NotFrozen:
    """Nobody has signed this month's table."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """Signed last with these rows."""

    rows: tuple[TownshipRow, ...]


State: TypeAlias = NotFrozen | Frozen


def table_stream(command: FreezeMonthlyTable, _context: Context) -> str:
    """All signed forms of one month's table stand on one stream."""
    return f"table/{command.programme}/{command.month}"


def decide(state: State, command: Command, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case FreezeMonthlyTable():
            return freeze(state, command, context)
        case _:
            assert_never(command)


def freeze(state: State, command: FreezeMonthlyTable, context: Context) -> Decided:
    """The table as a fact. `context.gathered` is TableNow."""
    now: TableNow = context.gathered
    if command.month > month_of(context.today):
        raise MonthAhead(f"{command.month} 尚未开始，不能形成该月统计表。")
    if now.parked_count:
        raise RecordIncomplete(
            f"有 {now.parked_count} 条业务记录尚未处理完，请联系系统管理员处理后再定表。"
        )
    if not now.rows:
        raise NothingToFreeze("没有可统计的乡镇（街道），请先登记单位。")
    if isinstance(state, Frozen) and state.rows == now.rows:
        raise NothingChanged("该月统计表已按同样的数据定表，无需重复。")
    return [
        MonthlyTableFrozen(
            programme=command.programme,
            month=command.month,
            frozen_by=context.people,
            frozen_on=context.today,
            rows=now.rows,
            positions=now.positions,
        )
    ]


def evolve(_state: State, fact: Fact) -> State:
    """The last signed form counts."""
    match fact:
        case MonthlyTableFrozen():
            return Frozen(fact.rows)
        case _:
            raise ValueError(f"{fact.name} doesn't belong on a table's stream")


def about(_state: State) -> About:
    """A table concerns the whole district and no household."""
    return About()


TABLE: Decider[State] = Decider(NotFrozen(), decide, evolve, about)
