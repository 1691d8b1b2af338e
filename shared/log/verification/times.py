"""Whether facts were recorded about when they say. Never an error: clocks are set by people."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from shared.clock import instant_text

TOLERANCE_SECONDS: Final = 300
_YEAR_9999: Final = 253_402_300_799


class Brackets:
    """The instants of the facts between two checkpoints, against the two signed times."""

    def __init__(self) -> None:
        self._since = ""
        self._earliest: tuple[str, int] | None = None
        self._latest: tuple[str, int] | None = None
        self._outside: list[int] = []
        self._count = 0

    def hear(self, position: int, at: str) -> None:
        """A fact's instant, as fixed-width text."""
        here = (at, position)
        self._earliest = min(self._earliest or here, here)
        self._latest = max(self._latest or here, here)

    def hear_all(self, start: int, ats: Sequence[str | None]) -> None:
        """The instants of the facts from a position on; None where there is no fact."""
        known = [at for at in ats if at is not None]
        if known:
            first, last = min(known), max(known)
            self.hear(start + ats.index(first), first)
            self.hear(start + len(ats) - 1 - ats[::-1].index(last), last)

    def close(self, at: int) -> None:
        """A checkpoint at this Unix second ends the bracket."""
        outside = []
        if self._earliest and self._earliest[0] < self._since:
            outside.append(self._earliest[1])
        if self._latest and self._latest[0] > _text(at + TOLERANCE_SECONDS):
            outside.append(self._latest[1])
        if outside:
            self._count += 1
            self._outside = self._outside or [min(outside)]
        self._since = _text(at - TOLERANCE_SECONDS)
        self._earliest = self._latest = None

    def warnings(self) -> list[str]:
        """One sentence for all, or none."""
        if not self._outside:
            return []
        return [
            f"{self._count} 个检查点所含事实的时刻在检查点的时间之外，其一在位置 {self._outside[0]}"
        ]


def _text(second: int) -> str:
    return instant_text(datetime.fromtimestamp(min(max(second, 0), _YEAR_9999), UTC))
