"""A small log with its integrator, for the tests that attack it; on SQLite unless told otherwise."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shared.clock import FixedClock, instant_text
from shared.database import Database
from shared.envelope import About, Actor, Envelope, Row, to_row
from shared.log import store
from shared.log.integrator import Integrator
from shared.log.merkle import leaf_hash
from shared.log.note import Note, Signer
from shared.log.tables import APPEND_ONLY
from shared.log.verification import Keys, Report, verify
from shared.sqlite import SqliteDatabase
from tests.shared.log.newest import newest_log
from tests.shared.log.samples import signer_named

NAME = "411603/review"
START = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
ACTOR = Actor("o-1", "王勤", "民政经办员", "411603102")


def fact(number: int, stream: str | None = None, version: int = 1, text: str = "甲") -> Row:
    """The `number`-th fact; by default alone in its stream."""
    return to_row(
        Envelope(
            log=NAME,
            stream=stream or f"case/{number}",
            version=version,
            fact="review.visit_recorded",
            v=1,
            id=f"fact-{number}",
            at=instant_text(START + timedelta(seconds=number)),
            actor=ACTOR,
            basis="第十一条",
            cause=f"command-{number}",
            journey=f"case-{number}",
            about=About(household=f"hh-{number}", persons=(f"p-{number}",), township="411603102"),
            data={"text": text, "number": number},
            personal=None,
        )
    )


class KeptCopy:
    """Every body as it was appended; implements Mirror."""

    def __init__(self, bodies: dict[int, bytes]) -> None:
        self.bodies, self.size = bodies, len(bodies)

    def leaf(self, position: int, there: bytes | None, derived: Row | None) -> bytes | None:
        """Whatever the log says."""
        return leaf_hash(self.bodies[position]) if position in self.bodies else None


@dataclass
class SiteLog:
    """The database, its signer's record and keys, and a copy that another house has kept."""

    folder: Path
    signer: Signer = field(default_factory=lambda: signer_named(NAME))
    cosigner: Signer = field(default_factory=lambda: signer_named("411603/witness", seed=2))
    clock: FixedClock = field(default_factory=lambda: FixedClock(START))
    count: int = 0
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.database = self.new_database()
        self.state_file = self.folder / "signer.json"
        self.copy: dict[int, bytes] = {}
        self.database.write(newest_log)
        self.integrator = self.new_integrator()

    def new_database(self) -> Database:
        """Where the log is kept."""
        return SqliteDatabase(self.folder / "review.db")

    def new_integrator(self) -> Integrator:
        """As after a restart."""
        return Integrator(
            NAME, self.database, self.signer, self.cosigner, self.clock, self.state_file
        )

    def append(self, rows: Sequence[Row]) -> list[int]:
        """Append to the log and to the copy."""
        positions = self.database.write(partial(store.append, rows=rows))
        self.copy.update(zip(positions, [row.body for row in rows], strict=True))
        self.count += len(rows)
        return positions

    def grow(self, *counts: int) -> None:
        """Append so many facts, sign, append so many more, sign …"""
        for count in counts:
            self.append([fact(number) for number in range(self.count, self.count + count)])
            self.clock.set(START + timedelta(seconds=self.count))
            self.integrator.step()

    @property
    def mirror(self) -> "KeptCopy":
        """The copy, as another house vouches for it."""
        return KeptCopy(self.copy)

    def verify(self, **options: Any) -> Report:
        """With all that is known outside the database but the copy, unless told otherwise."""
        keys = Keys(NAME, self.signer.verifier, self.cosigner.verifier)
        with self.database.read() as conn:
            return verify(conn, keys, **{"state_file": self.state_file, **options})

    def newest_note(self) -> Note:
        """What an inspector has printed out."""
        question = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"
        with self.database.read() as conn:
            return Note.parse(conn.exec_driver_sql(question).scalar_one())

    def attack(self, *statements: str | tuple[str, tuple[Any, ...]]) -> None:
        """As the owner of the database, who first drops the triggers."""

        def work(conn: sa.Connection) -> None:
            self.drop_triggers(conn)
            for statement in statements:
                sql, values = (statement, ()) if isinstance(statement, str) else statement
                conn.exec_driver_sql(sql.replace("?", self.placeholder), values)

        self.database.write(work)

    placeholder = "?"

    def drop_triggers(self, conn: sa.Connection) -> None:
        """The owner can, on every engine."""
        for trigger in conn.exec_driver_sql(_TRIGGERS).scalars().all():
            conn.exec_driver_sql(f"DROP TRIGGER {trigger}")

    def replace(self, position: int, row: Row) -> None:
        """Another fact at a position, its leaf, columns and persons fitting."""
        self.attack(
            ("DELETE FROM fact WHERE position = ?", (position,)),
            ("DELETE FROM fact_person WHERE position = ?", (position,)),
            (
                "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (position, row.id, row.stream, row.version, row.name, row.at, row.officer,
                 row.journey, row.household, row.township, row.village, row.body, row.leaf),
            ),
            *[("INSERT INTO fact_person VALUES (?,?)", (p, position)) for p in row.persons],
        )  # fmt: skip

    def rebuild(self, rows: Sequence[Row], sizes: Sequence[int], signer: Signer) -> None:
        """Everything anew, signed with `signer`; what lies outside the database is untouched."""
        self.attack(*[f"DELETE FROM {table}" for table in APPEND_ONLY])
        forged = self.folder / "forged.json"
        with suppress(FileNotFoundError):
            forged.unlink()
        integrator = Integrator(NAME, self.database, signer, self.cosigner, self.clock, forged)
        start = 0
        for size in sizes:
            self.database.write(partial(store.append, rows=rows[start:size]))
            integrator.step()
            start = size


_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
