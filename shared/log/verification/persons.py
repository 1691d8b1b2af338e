"""Whether an index of persons, beside a log or beside a copy of one, is what the bodies say."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

Tell = Callable[[int | None, str], None]
"""Takes a finding: a position, or None where there is none, and what is wrong there."""


class PersonIndex:
    """The (position, person) rows of an index in order of position, beside the facts.

    Nothing about a row is believed, not even its types.
    """

    def __init__(self, rows: Iterator[Sequence[Any]], tell: Tell) -> None:
        self._rows = rows
        self._tell = tell
        self._ahead = deque[Sequence[Any]]()
        self._position: Any = None
        self._person: Any = None
        self._step()

    def agrees(self, stop: int, expected: Iterable[tuple[int, str]]) -> bool:
        """Whether the rows before position `stop` are these, in whichever order of persons.

        Each is one row, however often it is expected. If they are, they are done with; if not,
        nothing has happened.
        """
        once = list(dict.fromkeys(expected))
        self._ahead.extend(islice(self._rows, max(0, len(once) - len(self._ahead))))
        found = [(self._position, self._person), *islice(self._ahead, len(once)), _LAST]
        if found[: len(once)] != once and not _same(found[: len(once)], once):
            return False
        after = found[len(once)][0]
        if after is not _END and not (isinstance(after, int) and after >= stop):
            return False
        self._position, self._person = found[len(once)]
        self._ahead = deque(islice(self._ahead, len(once), None))
        return True

    def check(self, position: int, persons: tuple[str, ...] | None) -> None:
        """Compare the next position; `persons` is None where the body can't tell."""
        if self._position != position:
            self._pass(position)
        missing, strange = set(persons or ()), 0
        while self._position == position:
            strange += self._person not in missing
            missing.discard(self._person)
            self._step()
        if persons is not None and (missing or strange):
            self._tell(position, f"位置 {position} 的人员索引与正文不符")

    def close(self, end: int, size: int) -> None:
        """After position `end` − 1, the last that was read, of a log of `size` facts."""
        self.close_before(end)
        while self._position is not _END:
            if not isinstance(self._position, int) or self._position >= size:
                self._tell_nowhere(self._position)
            self._step()

    def close_before(self, end: int) -> None:
        """After position `end` − 1, where others read on."""
        self._pass(end)

    def _pass(self, position: int) -> None:
        """Tell the rows before a position; each of their own was taken already."""
        while self._position is not _END:
            if isinstance(self._position, int) and self._position >= position:
                return
            self._tell_nowhere(self._position)
            self._step()

    def _step(self) -> None:
        row = self._ahead.popleft() if self._ahead else next(self._rows, _LAST)
        self._position, self._person = row[0], row[1]

    def _tell_nowhere(self, position: object) -> None:
        if isinstance(position, int):
            self._tell(position, f"人员索引指向位置 {position}，那里没有事实")
        else:
            self._tell(None, f"人员索引里有一行的位置不是数字：{ascii(position)[:40]}")


def _same(rows: list[Any], expected: list[tuple[int, str]]) -> bool:
    try:
        return sorted(rows) == sorted(expected)
    except TypeError:  # of types that have no order
        return False


_END: Final = object()
_LAST: Final[tuple[Any, Any]] = (_END, None)
