"""Whom a batch pays: facts of the log that hold the accounts, still sealed as they are stored."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.codec import Recorded
from shared.facts.people import Payee
from shared.log.store import Stored

_PAYEES = sa.text(
    "SELECT f.position, f.body, f.leaf FROM attempt a JOIN fact f "
    "ON f.stream = 'entitlement/' || a.household || '/' || a.programme "
    "AND f.version = a.payee_version WHERE a.batch = :batch"
)


def payee_facts(conn: Connection, batch: str) -> list[Stored]:
    """The facts that name each household's account as instructed; one query, whatever the size."""
    return [
        Stored(row.position, bytes(row.body), bytes(row.leaf))
        for row in conn.execute(_PAYEES, {"batch": batch})
    ]


def payees_in(facts: Iterable[Recorded[Any]]) -> Mapping[str, Payee]:
    """Each household's account, from those facts opened; whose key is gone is left out."""
    return {
        recorded.fact.household: recorded.fact.personal.payee
        for recorded in facts
        if recorded.fact.personal is not None
    }
