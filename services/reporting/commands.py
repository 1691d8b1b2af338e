"""What may be asked of reporting. It decides little: it keeps, counts and signs."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class FreezeMonthlyTable:
    """Sign the month's table as it now stands (统计法 Art 24; PLAN 四 报表统计)."""

    programme: str
    month: str


Command: TypeAlias = FreezeMonthlyTable
