"""Following a log: every fact takes effect exactly once, in order of position.

A batch and its cursor are one transaction. A fact that can't be applied parks its stream, loudly;
other streams go on; it is tried again with back-off and never skipped.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

import structlog
from sqlalchemy.engine import Connection

from shared import codec
from shared.attempt import run_system
from shared.carrying.parking import Parking, stream_of
from shared.carrying.place import Place, Standing, deferred
from shared.carrying.reaction import Reaction
from shared.carrying.source import Carried, Source
from shared.clock import Clock, SystemClock
from shared.codec import Recorded
from shared.competence import Competence
from shared.database import Database, Work
from shared.decider import Books, UnitOfWork
from shared.envelope import from_body
from shared.facts.base import Fact
from shared.log.store import Conflict
from shared.sealing import DataKey
from shared.site import Site
from shared.trouble import is_trouble

T = TypeVar("T")
BATCH = 1_000
CONFLICT_TRIES_MAX = 4
CONFLICT_PAUSE_SECONDS = 0.02
logger = structlog.get_logger("follower")


# Keeps every followed fact as bytes; only the record-keeping house has one.
Mirror = Callable[[Connection, Sequence[Carried]], None]


class LogOutOfOrder(Exception):
    """The source gave a position that is not the next one; nothing was applied."""


class LogBehind(Exception):
    """The source's log is shorter than what was already followed: it lost its tail."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a follower is: positions applied and waiting, streams parked."""

    follower: str
    log: str
    position: int
    head: int
    parked: int

    @property
    def lag(self) -> int:
        return self.head - self.position


class Follower:
    """One service following one log; of several instances one applies at a time, the others wait.

    `clock` says when what is parked is tried again: the machine's, for a site's may stand still.
    """

    def __init__(
        self,
        service: str,
        site: Site,
        database: Database,
        books: Books,
        source: Source,
        reactions: Mapping[type[Fact], Reaction],
        commands: Mapping[type, Competence],
        mirror: Mirror | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.service, self.log = service, source.log
        self._site, self._database, self._books = site, database, books
        self._source, self._reactions, self._commands = source, reactions, commands
        self._mirror = mirror
        self._parking = Parking(source.log, clock or SystemClock())
        self._place = Place(service, source.log)

    def step(self, limit: int = BATCH) -> int:
        """Apply the next batch, give how many facts it held; 0 when there was nothing."""
        with self._database.look() as conn:
            cursor = self._place.cursor(conn)
        carried = self._source.facts_after(cursor, limit)
        if not carried:
            if self._source.head() < cursor:
                raise LogBehind(f"{self.log} ends before {cursor}")
            return 0
        self.apply(carried)
        return len(carried)

    def apply(self, carried: Sequence[Carried]) -> None:
        """Apply facts that came from the carrier; those already applied are dropped."""
        try:
            self._write(lambda conn: self._apply(conn, carried))
        except Exception as error:
            if _passes(error):
                raise
            logger.warning("batch failed, going one by one", follower=self.service, log=self.log)
            for one in carried:
                self._apply_or_park(one)

    def retry_parked(self) -> int:
        """Try parked streams whose time has come, each in its order; give how many facts went."""
        with self._database.look() as conn:
            due = self._parking.due(conn)
        return sum(self._retry_stream(stream) for stream in due)

    def status(self) -> Status:
        """Cursor, source's head, and how many facts are parked."""
        with self._database.look() as conn:
            cursor, parked = self._place.cursor(conn), self._parking.count(conn)
            return Status(self.service, self.log, cursor, self._source.head(), parked)

    def _write(self, work: Work[T]) -> T:
        """In one transaction; when a door was first on the same stream, a few times."""
        for attempt in range(1, CONFLICT_TRIES_MAX):
            try:
                return self._database.write(work)
            except Conflict:
                time.sleep(CONFLICT_PAUSE_SECONDS * attempt)
        return self._database.write(work)

    def _apply(self, conn: Connection, carried: Sequence[Carried]) -> None:
        standing = self._place.take(conn)  # before anything is read
        fresh = self._fresh(carried, standing)
        if not fresh:
            return
        if self._mirror is not None:
            self._mirror(conn, fresh)
        parked = standing.parked
        behind = [one for one in fresh if parked and stream_of(one) in parked]
        waiting = {one.position for one in behind}
        uow = self._react(conn, [one for one in fresh if one.position not in waiting])
        for one in behind:
            self._parking.park(conn, one, "behind a parked fact", 0)
        self._place.move(conn, fresh[-1].position)
        uow.flush()

    def _fresh(self, carried: Sequence[Carried], standing: Standing) -> list[Carried]:
        """What wasn't applied yet, once each and in order; raises LogOutOfOrder for a gap."""
        by_position = {one.position: one for one in carried if one.position > standing.cursor}
        fresh = [by_position[position] for position in sorted(by_position)]
        for expected, one in enumerate(fresh, start=standing.cursor + 1):
            if (one.log, one.position) != (self.log, expected):
                raise LogOutOfOrder(f"{one.log} {one.position} came, not {self.log} {expected}")
        return fresh

    def _react(self, conn: Connection, carried: Sequence[Carried]) -> UnitOfWork:
        """Write rows and decide commands; the caller flushes last, for the append takes a lock."""
        uow = UnitOfWork(conn, self._books)
        facts = self._open(conn, carried)
        for reaction, run in groupby(facts, key=lambda f: self._reactions.get(type(f.fact))):
            if reaction is None:
                continue
            if reaction.rows is not None:
                with deferred(conn):
                    reaction.rows(conn, list(run))
                continue
            for fact in run:
                self._command(uow, reaction, fact)
        return uow

    def _command(self, uow: UnitOfWork, reaction: Reaction, fact: Recorded[Any]) -> None:
        command = reaction.command(fact) if reaction.command is not None else None
        if command is None:
            return
        row = self._commands[type(command)]
        run_system(uow, self._site, row, command, fact.envelope.id, self.service)

    def _open(self, conn: Connection, carried: Sequence[Carried]) -> list[Recorded[Fact]]:
        travelling = [one.key for one in carried if one.key is not None]
        keyring = self._books.keyring
        held: dict[str, DataKey] = {}
        envelopes = [from_body(one.body) for one in carried]
        names = [e.personal["key"] if e.personal else "" for e in envelopes]
        if self._books.reads_personal:
            keyring.accept(conn, travelling)
            held = keyring.keys(conn, [name for name in names if name])
        return [
            codec.read(envelope, held.get(name), one.position)
            for envelope, name, one in zip(envelopes, names, carried, strict=True)
        ]

    def _apply_or_park(self, one: Carried) -> None:
        try:
            self._write(lambda conn: self._apply(conn, [one]))
        except Exception as error:
            if _passes(error):
                raise
            why = type(error).__name__
            # A loud line without the traceback: its values could be personal.
            logger.error(  # noqa: TRY400
                "parked", follower=self.service, log=self.log, position=one.position, error=why
            )
            self._database.write(lambda conn: self._park_and_move(conn, one, why))

    def _park_and_move(self, conn: Connection, one: Carried, why: str) -> None:
        if not self._fresh([one], self._place.take(conn)):
            return  # another instance has applied or parked it
        if self._mirror is not None:
            self._mirror(conn, [one])
        self._parking.park(conn, one, why, 1)
        self._place.move(conn, one.position)

    def _retry_stream(self, stream: str) -> int:
        with self._database.look() as conn:
            waiting = self._parking.waiting(conn, stream)
        carried = {c.position: c for c in self._source.facts_at([p for p, _ in waiting])}
        for count, (position, attempts) in enumerate(waiting):
            if not self._retry_one(carried[position], attempts):
                return count
        return len(waiting)

    def _retry_one(self, one: Carried, attempts: int) -> bool:
        try:
            self._write(lambda conn: self._unpark(conn, one))
        except Exception as error:
            if _passes(error):
                raise
            self._failed_again(one.position, attempts + 1, type(error).__name__)
            return False
        return True

    def _unpark(self, conn: Connection, one: Carried) -> None:
        self._place.take(conn)
        if self._parking.take(conn, one.position):  # else somebody else has just applied it
            self._react(conn, [one]).flush()

    def _failed_again(self, position: int, attempts: int, why: str) -> None:
        self._database.write(lambda conn: self._parking.failed(conn, position, attempts, why))
        logger.error(
            "still parked",
            follower=self.service,
            log=self.log,
            position=position,
            attempts=attempts,
            error=why,
        )


def _passes(error: Exception) -> bool:
    """Not the fact's fault: nothing is parked, the whole batch is tried again.

    A Conflict isn't among them: one that lasts (a unique key) would hold every stream up.
    """
    return isinstance(error, LogOutOfOrder) or is_trouble(error)
