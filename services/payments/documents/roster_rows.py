"""What a roster sheet shows, read in a few queries whatever its size."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.domain.lines import roster_stream
from services.payments.read_models.tables import ROSTER, ROSTER_LINE
from services.payments.refusals import NoSuchRoster
from shared.facts.payments import Receiver, RosterApproved, RosterDrawn, RosterSubmitted
from shared.log.store import Stored, stream
from shared.service import Service

_TITLES = {RosterDrawn: "制表人", RosterSubmitted: "报送人", RosterApproved: "审核人"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line; `receiver` is None where the account is missing or its key is gone."""

    village: str
    household: str
    category: str
    members_count: int
    amount_fen: int
    status: str
    receiver: Receiver | None


@dataclass(frozen=True, slots=True)
class Act:
    """Who prepared, submitted or reviewed, and when (an instant as text)."""

    title: str
    name: str
    post: str
    at: str


@dataclass(frozen=True, slots=True)
class SheetRoster:
    """A roster with its lines by village and household, and the acts of its last round."""

    unit_name: str
    month: str
    drawn_at: str
    lines: tuple[SheetLine, ...]
    acts: tuple[Act, ...]


def read_roster(service: Service, township: str, programme: str, month: str) -> SheetRoster:
    """The roster as it stands; raises NoSuchRoster."""
    name = roster_stream(township, programme, month)
    with service.database.read() as conn:
        if conn.execute(sa.select(ROSTER).where(ROSTER.c.roster == name)).first() is None:
            raise NoSuchRoster("该乡镇本月的花名册尚未编制。")
        unit = conn.execute(_UNIT, {"unit": township}).scalar_one_or_none()
        acts = _acts(service, conn, name)
        drawn_at = next(act.at for act in acts if act.title == _TITLES[RosterDrawn])
        return SheetRoster(unit or township, month, drawn_at, _lines(service, conn, name), acts)


def _acts(service: Service, conn: Connection, name: str) -> tuple[Act, ...]:
    acts: list[Act] = []
    for recorded in service.open(stream(conn, name), conn):
        if isinstance(recorded.fact, RosterDrawn):
            acts.clear()  # an earlier round's acts are not this sheet's
        title = _TITLES.get(type(recorded.fact))
        if title is not None:
            actor = recorded.envelope.actor
            acts.append(Act(title, actor.name, actor.post, recorded.envelope.at))
    return tuple(acts)


def _lines(service: Service, conn: Connection, name: str) -> tuple[SheetLine, ...]:
    found = [
        Stored(r.position, bytes(r.body), bytes(r.leaf))
        for r in conn.execute(_PAYEES, {"roster": name})
    ]
    receivers = {r.fact.household: r.fact.personal for r in service.open(found, conn)}
    return tuple(
        SheetLine(
            r.village or "",
            r.household,
            r.category,
            r.members_count,
            r.amount_fen,
            r.status,
            receivers.get(r.household),
        )
        for r in conn.execute(_LINES, {"name": name})
    )


_LINES = (
    sa.select(ROSTER_LINE)
    .where(ROSTER_LINE.c.roster == sa.bindparam("name"))
    .order_by(ROSTER_LINE.c.village, ROSTER_LINE.c.household)
)
_UNIT = sa.text("SELECT name FROM unit WHERE unit = :unit")
# Head and account as last instructed; before that, as they are known now.
_PAYEES = sa.text(
    "SELECT f.position, f.body, f.leaf FROM roster_line l "
    "JOIN payee p ON p.household = l.household AND p.programme = l.programme "
    "JOIN fact f ON f.stream = 'entitlement/' || l.household || '/' || l.programme "
    "AND f.version = coalesce(l.payee_version, p.version) WHERE l.roster = :roster"
)
