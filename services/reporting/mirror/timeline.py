"""Who did what, when, for whom, by which article: the record in the order of time.

Sealed parts are never opened here, nor shown: reporting holds no household's key.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.reporting.mirror.keeping import CopyDamaged
from shared import codec
from shared.clock import CHINA, instant_text
from shared.envelope import About, Actor, from_body
from shared.facts.base import Fact
from shared.log.verification import as_bytes

PAGE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the record. `at` is UTC text; `data` as it was written, without its sealed part."""

    log: str
    position: int
    at: str
    fact: str
    actor: Actor
    basis: str
    stream: str
    version: int
    about: About
    data: dict[str, Any]

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it stands in the timeline: hand it to `after` to go on behind it."""
        return self.at, self.log, self.position


def timeline(
    conn: Connection,
    *,
    household: str | None = None,
    case: str | None = None,
    person: str | None = None,
    officer: str | None = None,
    township: str | None = None,
    fact: str | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    limit: int | None = None,
    after: tuple[str, str, int] | None = None,
) -> Iterator[Entry]:
    """Facts that fit every filter given, by (at, log, position), one after the other.

    `person` is a pseudonym; `officer` the one who acted; the days are China's, both included.
    Memory stays flat however long the answer; a refused command stands in it like any fact.
    Raises CopyDamaged at a body that is no fact.
    """
    values: dict[str, Any] = {
        "household": household, "journey": case, "person": person, "officer": officer,
        "township": township, "name": fact,
        "from_at": None if from_on is None else _start_of(from_on),
        "end_at": None if to_on is None else _start_of(to_on + timedelta(days=1)),
        "limit": limit,
    }  # fmt: skip
    if after is not None:
        values |= dict(zip(("after_at", "after_log", "after_position"), after, strict=True))
    given = {name: value for name, value in values.items() if value is not None}
    query = sa.text(timeline_sql(frozenset(given)))
    rows = conn.execute(query, given, execution_options={"yield_per": PAGE})
    return (_entry(row.position, as_bytes(row.body)) for row in rows)


def facts_of_case(
    conn: Connection, log: str, case: str, names: Iterable[str]
) -> Iterator[tuple[int, Fact]]:
    """A case's facts of these names in one log, by position; what they sealed is left out.

    Raises UnknownFact for one that is newer than this program.
    """
    wanted = {"log": log, "journey": case, "names": list(names)}
    for row in conn.execute(_OF_CASE, wanted):
        yield row.position, codec.decode(as_bytes(row.body), None, row.position).fact


def timeline_sql(given: frozenset[str]) -> str:
    """The one query for a set of filters; its parts are ours, its values are bound."""
    conditions = [text for name, text in _CONDITIONS.items() if name in given]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    # CROSS JOIN: SQLite then starts from the person's few facts, whatever else is asked.
    source = "mirror_person p CROSS JOIN mirror_fact m" if "person" in given else "mirror_fact m"
    limit = " LIMIT :limit" if "limit" in given else ""
    order = "ORDER BY m.at, m.log, m.position"
    return f"SELECT m.position, m.body FROM {source}{where} {order}{limit}"  # noqa: S608


_OF_CASE = sa.text(
    "SELECT position, body FROM mirror_fact WHERE log = :log AND journey = :journey "
    "AND name IN :names ORDER BY position"
).bindparams(sa.bindparam("names", expanding=True))
_CONDITIONS = {
    "person": "p.person = :person AND m.log = p.log AND m.position = p.position",
    "household": "m.household = :household",
    "journey": "m.journey = :journey",
    "officer": "m.officer = :officer",
    "township": "m.township = :township",
    "name": "m.name = :name",
    "from_at": "m.at >= :from_at",
    "end_at": "m.at < :end_at",
    "after_at": "(m.at, m.log, m.position) > (:after_at, :after_log, :after_position)",
}


def _start_of(day: date) -> str:
    return instant_text(datetime.combine(day, time.min, CHINA))


def _entry(position: int, body: bytes) -> Entry:
    try:
        envelope = from_body(body)
    except (ValueError, KeyError, TypeError) as error:
        raise CopyDamaged(f"position {position} of the copy is no fact") from error
    return Entry(
        log=envelope.log,
        position=position,
        at=envelope.at,
        fact=envelope.fact,
        actor=envelope.actor,
        basis=envelope.basis,
        stream=envelope.stream,
        version=envelope.version,
        about=envelope.about,
        data=envelope.data,
    )
