"""Facts of reporting (统计与监督): frozen tables."""

from dataclasses import dataclass
from datetime import date

from shared.facts.base import Fact, fact


@dataclass(frozen=True, slots=True)
class TownshipRow:
    """One township's month: households and persons; end = start + new − exits. Money in fen."""

    township: str
    start_households: int
    new_households: int
    exit_households: int
    end_households: int
    start_persons: int
    new_persons: int
    exit_persons: int
    end_persons: int
    approved_fen: int
    paid_fen: int
    returned_fen: int
    pending_fen: int


@fact("reporting.monthly_table_frozen")
@dataclass(frozen=True, slots=True)
class MonthlyTableFrozen(Fact):
    """The month's table as signed (统计法 Art 24): its rows and the positions it was read at."""

    programme: str
    month: str
    frozen_by: tuple[str, ...]
    frozen_on: date
    rows: tuple[TownshipRow, ...]
    positions: dict[str, int]
