"""Whether an index of persons, beside a log or beside a copy of one, is what the bodies say."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

Tell = Callable[[int | None, str], None]
"""Takes a finding: a position, or None where there is none, and what is wrong there."""


class PersonIndex:
    """The (position, person) rows of an index in order of position, beside the facts.

    Nothing about a row is believed, not even its types.
    """

    def __init__(self, rows: Iterator[Sequence[Any]], tell: Tell) -> None:
        self._rows = rows
        self._tell = tell
        self._ahead: list[Sequence[Any]] = []

    def agrees(self, stop: int, expected: list[tuple[int, str]]) -> bool:
        """Whether the rows before position `stop` are these, in whichever order of persons.

        Each is one row, however often it is expected. If they are, they are done with; if not,
        nothing has happened.
        """
        once = list(dict.fromkeys(expected))
        count = len(once)
        self._look(count + 1)
        found = self._ahead[:count]
        if found != once and not _same(found, once):
            return False
        if len(self._ahead) > count and not _reaches(self._ahead[count][0], stop):
            return False
        del self._ahead[:count]
        return True

    def check(self, position: int, persons: tuple[str, ...] | None) -> None:
        """Compare the next position; `persons` is None where the body can't tell."""
        self._pass(position)
        missing, strange = set(persons or ()), 0
        while self._look(1) and self._ahead[0][0] == position:
            person = self._ahead.pop(0)[1]
            strange += person not in missing
            missing.discard(person)
        if persons is not None and (missing or strange):
            self._tell(position, f"位置 {position} 的人员索引与正文不符")

    def close(self, end: int, size: int) -> None:
        """After position `end` − 1, the last that was read, of a log of `size` facts."""
        self.close_before(end)
        while self._look(1):
            position = self._ahead.pop(0)[0]
            if not isinstance(position, int) or position >= size:
                self._tell_nowhere(position)

    def close_before(self, end: int) -> None:
        """After position `end` − 1, where others read on."""
        self._pass(end)

    def _pass(self, position: int) -> None:
        """Tell the rows before a position; each of their own was taken already."""
        while self._look(1) and not _reaches(self._ahead[0][0], position):
            self._tell_nowhere(self._ahead.pop(0)[0])

    def _look(self, count: int) -> bool:
        """Have so many rows ahead; whether there are any."""
        self._ahead.extend(islice(self._rows, max(0, count - len(self._ahead))))
        return bool(self._ahead)

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


def _reaches(there: object, position: int) -> bool:
    return isinstance(there, int) and there >= position
