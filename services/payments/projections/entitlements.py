"""Who may be paid from when to when, and through which bank."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.payments.read_models.tables import ENTITLEMENT
from shared.codec import Recorded
from shared.decider import Projection
from shared.facts.base import Fact
from shared.facts.payments import EntitlementEnded, EntitlementOpened, PayeeCorrected
from shared.writing import insert, write

_STOP = sa.bindparam("stop", type_=sa.String)
_CLOSE = (
    sa.update(ENTITLEMENT)
    .where(
        ENTITLEMENT.c.household == sa.bindparam("of_household"),
        ENTITLEMENT.c.programme == sa.bindparam("of_programme"),
        sa.or_(ENTITLEMENT.c.stops_from.is_(None), ENTITLEMENT.c.stops_from > _STOP),
    )
    .values(stops_from=_STOP)
)
_SET_PAYEE = sa.text(
    "INSERT INTO payee (household, programme, version, bank) "
    "VALUES (:household, :programme, :version, :bank) "
    "ON CONFLICT (household, programme) DO UPDATE SET version = excluded.version, "
    "bank = excluded.bank"
)


def opened(conn: Connection, facts: Sequence[Recorded[EntitlementOpened]]) -> None:
    """A new term; what ran before ends where it begins."""
    for wave in _waves(facts):
        _close(conn, [(r.fact.household, r.fact.programme, r.fact.from_month) for r in wave])
        insert(conn, ENTITLEMENT, [_term(recorded) for recorded in wave])
    _set_payees(conn, facts)


def _waves(
    facts: Sequence[Recorded[EntitlementOpened]],
) -> Iterator[list[Recorded[EntitlementOpened]]]:
    """Runs in which no household occurs twice, so that each can be written at once."""
    wave: dict[str, Recorded[EntitlementOpened]] = {}
    for recorded in facts:
        if recorded.envelope.stream in wave:
            yield list(wave.values())
            wave = {}
        wave[recorded.envelope.stream] = recorded
    yield list(wave.values())


def ended(conn: Connection, facts: Sequence[Recorded[EntitlementEnded]]) -> None:
    """Nothing from that month on."""
    _close(conn, [(r.fact.household, r.fact.programme, r.fact.stops_from) for r in facts])


def payee_corrected(conn: Connection, facts: Sequence[Recorded[PayeeCorrected]]) -> None:
    """Another bank, or another account of the same."""
    _set_payees(conn, facts)


def _close(conn: Connection, stops: Sequence[tuple[str, str, str]]) -> None:
    write(
        conn,
        _CLOSE,
        [{"of_household": h, "of_programme": p, "stop": month} for h, p, month in stops],
    )


def _term(recorded: Recorded[EntitlementOpened]) -> dict[str, Any]:
    fact = recorded.fact
    return {
        "household": fact.household,
        "programme": fact.programme,
        "version": recorded.envelope.version,
        "case": fact.case,
        "township": fact.township,
        "village": fact.village,
        "persons": list(fact.persons),
        "category": fact.category,
        "members_count": fact.members_count,
        "allowance_fen": fact.allowance_fen,
        "from_month": fact.from_month,
        "stops_from": None,
    }


def _set_payees(
    conn: Connection, facts: Sequence[Recorded[EntitlementOpened] | Recorded[PayeeCorrected]]
) -> None:
    rows = [
        {
            "household": recorded.fact.household,
            "programme": recorded.fact.programme,
            "version": recorded.envelope.version,
            "bank": recorded.fact.personal.payee.bank if recorded.fact.personal else None,
        }
        for recorded in facts
    ]
    write(conn, _SET_PAYEE, rows)


ENTITLEMENT_PROJECTIONS: dict[type[Fact], Projection] = {
    EntitlementOpened: opened,
    EntitlementEnded: ended,
    PayeeCorrected: payee_corrected,
}
