"""The loop: load, decide, record. A unit of work gathers rows; its append comes last.

decide(state, command, context) -> facts | raises Refusal
evolve(state, fact) -> state
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import groupby, islice
from typing import Any, Generic, TypeVar

import psycopg2
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared import codec
from shared.clock import instant_text
from shared.codec import Recorded
from shared.deciding import Decided, Decider, Flow, On
from shared.envelope import About, Actor, Envelope, Row, from_body
from shared.facts.base import Fact
from shared.identity import fact_id
from shared.log import binary, store
from shared.messages import deferring
from shared.sealing import DataKey, KeyRing
from shared.spool import Spool

S = TypeVar("S")
Projection = Callable[[Connection, Sequence[Recorded[Any]]], None]
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Frame:
    """Who acts, when, by which article, because of what: the same for all facts of one act."""

    actor: Actor
    at: datetime
    basis: str
    cause: str


@dataclass(frozen=True, slots=True)
class Books:
    """What a unit of work writes with: the log's name, the keys, the projections."""

    log: str
    keyring: KeyRing
    projections: Mapping[type[Fact], Projection]
    reads_personal: bool = True


@dataclass(slots=True)
class Loaded(Generic[S]):
    """A stream's state and version, pending facts included."""

    state: S
    version: int


@dataclass(slots=True)
class UnitOfWork:
    """All that one transaction will append. `flush` projects and appends; then only commit."""

    conn: Connection
    books: Books
    rows: list[Row] = field(default_factory=list)
    recorded: list[Recorded[Fact]] = field(default_factory=list)
    _away: Spool[Row] | None = None  # of a flow what is projected already
    _pending: dict[str, list[Recorded[Fact]]] = field(default_factory=dict)
    _versions: dict[str, int] = field(default_factory=dict)
    _keys: dict[str, DataKey] = field(default_factory=dict)  # by name, for reading
    _writing: dict[str, DataKey] = field(default_factory=dict)  # by household
    _numbers: dict[str, int] = field(default_factory=dict)

    def load(self, decider: Decider[S], stream: str) -> Loaded[S]:
        """Fold a stream: what is stored, then what this unit of work has added."""
        reading = codec.Reading(binary.bodies(self.conn, stream), cache(self._key_named))
        state, version = decider.fold(reading), reading.version
        if pending := self._pending.get(stream):
            state = decider.fold((recorded.fact for recorded in pending), state)
            version = pending[-1].envelope.version
        self._versions[stream] = version
        return Loaded(state, version)

    def decode(self, facts: Sequence[store.Stored]) -> list[Recorded[Fact]]:
        """Read stored facts with this service's keys, in one query for all keys."""
        envelopes = [from_body(fact.body) for fact in facts]
        names = [e.personal["key"] if e.personal else "" for e in envelopes]
        self._learn(set(names))
        return [
            codec.read(envelope, self._keys.get(name), fact.position)
            for fact, envelope, name in zip(facts, envelopes, names, strict=True)
        ]

    def _key_named(self, name: str) -> DataKey | None:
        self._learn({name})
        return self._keys.get(name)

    def _learn(self, names: set[str]) -> None:
        """Have the keys of these names ready that this service holds; the empty name is none's."""
        self._keys.update(self.books.keyring.keys(self.conn, names - {"", *self._keys}))

    def record(self, stream: str, about: About, decided: Decided, frame: Frame) -> None:
        """Add facts to their streams, in order. Versions of other streams are looked up at once.

        A flow is alone in its unit of work; of it `rows` and `recorded` keep no more than the end.
        """
        if not isinstance(decided, Flow):
            self._record(stream, about, decided, frame)
            return
        if self.rows:
            raise ValueError("a flow has its unit of work to itself")
        flowing = iter(decided)
        while page := list(islice(flowing, CHUNK)):
            self._put_away(stream)
            self._record(stream, about, page, frame)

    def _record(
        self, stream: str, about: About, decided: Sequence[Fact | On], frame: Frame
    ) -> None:
        placed = [d if isinstance(d, On) else On(stream, d, about) for d in decided]
        unknown = [on for on in placed if on.stream not in self._versions]
        if unknown:
            found = store.versions(self.conn, list(dict.fromkeys(on.stream for on in unknown)))
            for on in unknown:
                self._versions.setdefault(on.stream, found.get(on.stream, 0) + on.after)
        at = instant_text(frame.at)
        for on in placed:
            self._add(on, frame, at)

    def _put_away(self, stream: str) -> None:
        """Project what is here and keep its rows elsewhere; forget all streams but this one."""
        project(self.conn, self.books.projections, self.recorded)
        self._away = self._away or Spool(Row)
        self._away.extend(self.rows)
        for row in self.rows:
            if row.stream != stream:
                self._versions.pop(row.stream, None)
                self._pending.pop(row.stream, None)
        self.rows.clear()
        self.recorded.clear()

    def _add(self, on: On, frame: Frame, at: str) -> None:
        version = self._versions[on.stream] + 1
        self._versions[on.stream] = version
        number = self._numbers.get(frame.cause, 0)
        self._numbers[frame.cause] = number + 1
        envelope = Envelope(
            log=self.books.log,
            stream=on.stream,
            version=version,
            fact=on.fact.name,
            v=on.fact.v,
            id=fact_id(frame.at, self.books.log, frame.cause, number),
            at=at,
            actor=frame.actor,
            basis=frame.basis,
            cause=frame.cause,
            journey=on.about.case or on.stream,
            about=on.about,
            data={},
            personal=None,
        )
        self.rows.append(codec.encode(on.fact, envelope, self._key_for(on)))
        recorded = Recorded(envelope, on.fact)
        self.recorded.append(recorded)
        self._pending.setdefault(on.stream, []).append(recorded)

    def _key_for(self, on: On) -> DataKey | None:
        household = on.about.household
        if household is None or getattr(on.fact, "personal", None) is None:
            return None
        if household not in self._writing:
            self._writing[household] = self.books.keyring.key_for_writing(self.conn, household)
        return self._writing[household]

    def version(self, stream: str) -> int:
        """Where a stream that this unit has touched now stands."""
        return self._versions[stream]

    def flush(self) -> None:
        """Project this unit's facts, then append them: the transaction's last statements.

        Raises Conflict when somebody else was first; on PostgreSQL perhaps only the commit does.
        """
        if self.recorded:
            driver = self.conn.connection.driver_connection
            with deferring(driver, _somebody_was_first):
                project(self.conn, self.books.projections, self.recorded)
        for page in self._away.pages() if self._away else ():
            store.append(self.conn, page)
        last = max(0, len(self.rows) - 1) // CHUNK * CHUNK
        for start in range(0, last, CHUNK):
            store.append(self.conn, self.rows[start : start + CHUNK])
        store.append_last(self.conn, self.rows[last:])


def project(
    conn: Connection,
    projections: Mapping[type[Fact], Projection],
    facts: Sequence[Recorded[Fact]],
) -> None:
    """Hand runs of equal facts to their projection, in the log's order."""
    for kind, run in groupby(facts, key=lambda recorded: type(recorded.fact)):
        projection = projections.get(kind)
        if projection is None:
            continue
        try:
            projection(conn, list(run))
        except sa.exc.IntegrityError as error:
            raise store.Conflict(kind.name) from error


def _somebody_was_first(error: psycopg2.Error) -> store.Conflict | None:
    """A unique key that the decision didn't see."""
    taken = isinstance(error, psycopg2.errors.UniqueViolation)
    return store.Conflict(error.diag.table_name) if taken else None
