"""Facts that travel: close relatives that officers filed with the gateway, a row in each service.

About 480 bytes each. The same bytes' content is what nameko's events carry.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from shared.database import Database
from shared.decider import Frame, UnitOfWork
from shared.envelope import About, Actor, Row
from shared.facts.gateway import CloseRelativeFiled
from shared.log import store
from shared.service import Service

START = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
ACTOR = Actor("o-411603-admin", "管某某", "管理员", "411603")
EACH = 500
PER_OFFICER = 10


class Relatives:
    """Facts that a gateway's log doesn't have yet; the numbers go on from call to call."""

    def __init__(self, gateway: Service) -> None:
        self._gateway = gateway
        self._next = 0

    @property
    def database(self) -> Database:
        """Where they go."""
        return self._gateway.database

    def take(self, wanted: int) -> list[Row]:
        """Encoded and hashed, ready to append."""
        with self.database.read() as conn:
            uow = UnitOfWork(conn, self._gateway.books)
            for number in range(self._next, self._next + wanted):
                frame = Frame(ACTOR, START + timedelta(milliseconds=number), "57号 Art 11",
                              f"0b4e5d0a-52f1-5c3e-8a6f-{number:012x}")  # fmt: skip
                person = f"{number:032x}"
                fact = CloseRelativeFiled(f"o-{number // PER_OFFICER}", person, "SIBLING")
                uow.record(f"relative/{number}", About(persons=(person,)), [fact], frame)
        self._next += wanted
        return uow.rows

    def append(self, rows: Sequence[Row], each: int = EACH) -> int:
        """Append so many in each transaction; the last position."""
        last = -1
        for start in range(0, len(rows), each):
            work = partial(store.append, rows=rows[start : start + each])
            last = self.database.write(work)[-1]
        return last


def as_events(rows: Sequence[Row], file: Path) -> str:
    """The same contents for nameko, a JSON object a line."""
    file.write_text("".join(_lines(rows)), "utf-8")
    return str(file)


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield row.body.decode() + "\n"


file_numbers = count(1)


def events_file(folder: Path) -> Path:
    """A name that was not used yet."""
    return folder / f"events-{next(file_numbers)}.jsonl"


def json_of(row: Row) -> object:
    """What an event carries."""
    return json.loads(row.body)
