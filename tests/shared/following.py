"""A follower of a made-up log whose source can be told to lie, and a reaction that can be broken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from sqlalchemy.engine import Connection

from shared import codec
from shared.carrying.follower import Follower
from shared.carrying.reaction import Reaction
from shared.carrying.source import Carried
from shared.clock import FixedClock
from shared.codec import Recorded
from shared.database import Database
from shared.decider import Books
from shared.facts.base import Fact
from shared.facts.intake import ApplicationSubmitted, ApplicationWithdrawn
from shared.identity import seeded_keys
from shared.sealing import DataKey, KeyRing, TravellingKey, key_name
from shared.sqlite import SqliteDatabase
from shared.tables import service_tables
from tests.houses import nine, site_at
from tests.shared.facts.specimen import KEY as SAMPLE_KEY
from tests.shared.facts.specimen import frame_of, specimen

LOG = "411603/intake"
METADATA = sa.MetaData()
service_tables(METADATA)
# `written` counts up: the order in which rows came, which a table alone doesn't tell.
EFFECT = sa.Table(
    "effect",
    METADATA,
    sa.Column("written", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer),
    sa.Column("stream", sa.Text),
)
MIRRORED = sa.Table(
    "mirrored",
    METADATA,
    sa.Column("written", sa.Integer, primary_key=True),
    sa.Column("position", sa.Integer),
)
Answer = Callable[[Sequence[Carried]], Sequence[Carried]]
KEY = DataKey(
    SAMPLE_KEY.household, key_name(SAMPLE_KEY.household, SAMPLE_KEY.secret), SAMPLE_KEY.secret
)


def carried(position: int, stream: str = "", fact: Fact | None = None) -> Carried:
    """The fact at a position; by default one that stands alone in its stream."""
    stream = stream or f"case/{position}"
    fact = fact or ApplicationWithdrawn(f"case-{position}", "自愿", date(2024, 3, 4))
    frame = replace(frame_of(fact), log=LOG, stream=stream, id=f"fact-{position}")
    return Carried(LOG, position, codec.encode(fact, frame, KEY).body)


def sealed(position: int, wrapped_under: bytes = bytes([2]) * 32) -> Carried:
    """A fact with a personal part, its key beside it."""
    wrapped = aes_key_wrap(wrapped_under, KEY.secret)
    fact: Fact = specimen(ApplicationSubmitted)
    key = TravellingKey(KEY.household, KEY.key, wrapped)
    return replace(carried(position, fact=fact), key=key)


@dataclass
class LyingSource:
    """Gives `facts`, each time through the next of `lies` while there are any."""

    facts: list[Carried]
    lies: list[Answer] = field(default_factory=list)
    log: str = LOG

    def facts_after(self, position: int, limit: int) -> Sequence[Carried]:
        honest = self.facts[position + 1 : position + 1 + limit]
        return self.lies.pop(0)(honest) if self.lies else honest

    def facts_at(self, positions: Sequence[int]) -> Sequence[Carried]:
        return [self.facts[position] for position in positions]

    def head(self) -> int:
        return len(self.facts) - 1


@dataclass
class World:
    """`effects()` is what the reaction wrote, in its order; `broken` streams raise `trouble`.

    `clock` is the machine's; the site's stands still, as a simulated one may.
    """

    folder: Path
    source: LyingSource
    reads_personal: bool = True
    clock: FixedClock = field(default_factory=lambda: FixedClock(nine("2024-03-04")))
    broken: set[str] = field(default_factory=set)
    trouble: Callable[[], BaseException] = lambda: RuntimeError("broken")
    seen: list[Recorded[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database = self.open_database()
        self.database.write(METADATA.create_all)
        self.follower = self.new_follower()

    def open_database(self) -> Database:
        """The same each time."""
        return SqliteDatabase(self.folder / "following.db")

    def new_follower(self) -> Follower:
        """As after a restart."""
        site = site_at(FixedClock(nine("2024-03-04")))
        ring = KeyRing(bytes([9]) * 32, site.carrier_key, seeded_keys(9))
        books = Books("411603/review", ring, {}, self.reads_personal)
        kinds = (ApplicationWithdrawn, ApplicationSubmitted)
        reactions: dict[type[Fact], Reaction] = {
            kind: Reaction("intake", kind, rows=self.react) for kind in kinds
        }
        given = (self.database, books, self.source, reactions)
        return Follower("review", site, *given, {}, self.mirror, self.clock)

    def restart(self) -> None:
        """Close the file and open it again, as another process."""
        self.database.close()
        self.database = self.open_database()
        self.follower = self.new_follower()

    def react(self, conn: Connection, facts: Sequence[Recorded[Any]]) -> None:
        for recorded in facts:
            stream = recorded.envelope.stream
            conn.execute(sa.insert(EFFECT), {"position": recorded.position, "stream": stream})
            if stream in self.broken:
                raise self.trouble()
        self.seen.extend(facts)

    def mirror(self, conn: Connection, facts: Sequence[Carried]) -> None:
        conn.execute(sa.insert(MIRRORED), [{"position": one.position} for one in facts])

    def drain(self) -> None:
        while self.follower.step():
            pass

    def effects(self) -> list[int]:
        return self._positions(EFFECT)

    def mirrored(self) -> list[int]:
        return self._positions(MIRRORED)

    def parked(self) -> list[tuple[int, str, int]]:
        """Position, error and attempts of what is parked."""
        question = "SELECT position, error, attempts FROM parked ORDER BY position"
        with self.database.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(question)]

    def _positions(self, table: sa.Table) -> list[int]:
        with self.database.read() as conn:
            return [row.position for row in conn.execute(sa.select(table).order_by("written"))]
