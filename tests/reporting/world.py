"""Logs that a test speaks, and a reporting service that follows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.reporting.service import REPORTING
from shared import codec
from shared.calendar import WorkCalendar
from shared.carrying.follower import Follower
from shared.carrying.source import Carried, Source
from shared.clock import FixedClock, instant_text
from shared.codec import Recorded
from shared.database import Database
from shared.envelope import About, Actor, Envelope
from shared.facts.base import Fact
from shared.identity import seeded_keys
from shared.log.merkle import Frontier, leaf_hash
from shared.log.note import Checkpoint, Note, Signer
from shared.migration import migrate
from shared.policy.loader import load_policy
from shared.sealing import DataKey
from shared.service import Service
from shared.site import Site
from shared.sqlite import SqliteDatabase

START = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
TOKEN_KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
HOUSES = ("gateway", "intake", "review", "payments")


def actor(officer: str) -> Actor:
    return Actor(officer, f"{officer}某", "民政所经办", "411603101")


@dataclass
class SpokenLog:
    """A house's log as a follower sees it; implements Source."""

    log: str
    bodies: list[bytes] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)

    def say(
        self,
        fact: Fact,
        stream: str,
        about: About | None = None,
        at: datetime | None = None,
        officer: str = "o-1",
    ) -> Recorded[Fact]:
        """Append a fact; give it as its followers read it."""
        position, about = len(self.bodies), about or About()
        self.versions[stream] = self.versions.get(stream, 0) + 1
        frame = Envelope(
            log=self.log,
            stream=stream,
            version=self.versions[stream],
            fact="",
            v=1,
            id=f"{self.log}-{position}",
            at=instant_text(at or START + timedelta(minutes=position)),
            actor=actor(officer),
            basis="57号 Art 10",
            cause=f"c-{position}",
            journey=about.case or stream,
            about=about,
            data={},
            personal=None,
        )
        sealed = getattr(fact, "personal", None) is not None
        key = DataKey(about.household or "", "k", bytes(32)) if sealed else None
        self.bodies.append(codec.encode(fact, frame, key).body)
        return codec.decode(self.bodies[-1], None, position)

    def note(self, signer: Signer, size: int | None = None) -> str:
        """What the source would sign of its first `size` facts."""
        frontier = Frontier()
        frontier.extend(leaf_hash(body) for body in self.bodies[:size])
        checkpoint = Checkpoint(self.log, frontier.size, frontier.root())
        return Note(checkpoint, (signer.sign(checkpoint),)).encode()

    def facts_after(self, position: int, limit: int) -> Sequence[Carried]:
        return self.facts_at(range(position + 1, min(position + 1 + limit, len(self.bodies))))

    def facts_at(self, positions: Sequence[int]) -> Sequence[Carried]:
        return [Carried(self.log, position, self.bodies[position]) for position in positions]

    def head(self) -> int:
        return len(self.bodies) - 1


class Record:
    """Reporting on its own database, following a log for each house and its own."""

    def __init__(self, database: Database, now: datetime = START) -> None:
        self.database = database
        migrate(database, REPORTING.migrations)
        self.clock = FixedClock(now)
        self.service = Service(REPORTING, _site(self.clock), database, b"\x01" * 32)
        self.logs = {house: SpokenLog(f"411603/{house}") for house in HOUSES}
        sources: list[Source] = [*self.logs.values(), self.service.source]
        self.followers: list[Follower] = [self.service.follow(source) for source in sources]

    def settle(self, limit: int = 500) -> None:
        """Follow until nothing is left, `limit` facts in a batch."""
        while sum(follower.step(limit) for follower in self.followers):
            pass


def sqlite_record(folder: Path, now: datetime = START) -> Record:
    return Record(SqliteDatabase(folder / "reporting.sqlite"), now)


def _site(clock: FixedClock) -> Site:
    return Site(
        code="411603",
        trial=True,
        clock=clock,
        calendar=WorkCalendar(),
        policy=load_policy(),
        token_key=TOKEN_KEY.public_key(),
        pseudonym_key=b"\x02" * 32,
        carrier_key=b"\x03" * 32,
        keys=seeded_keys(1),
    )
