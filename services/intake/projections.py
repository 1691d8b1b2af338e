"""Intake's own facts → rows. Replaying the log gives the same rows."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.intake.read_models import ACTIVE_PERSON, APPLICATION, INFORMING, RELATIVE_REGISTER
from shared.codec import Recorded
from shared.decider import Projection
from shared.facts.base import Fact
from shared.facts.intake import (
    ApplicationAccepted,
    ApplicationDecided,
    ApplicationNotAccepted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    HouseholdInformed,
    MemberDied,
    RelativeRegistered,
    SupplementRequested,
)
from shared.writing import insert, write


def informed(conn: Connection, facts: Sequence[Recorded[HouseholdInformed]]) -> None:
    """Told of the policy; no application yet."""
    rows = [
        {
            "informing": f.informing,
            "person": f.person,
            "township": f.township,
            "village": f.village,
            "way": f.way,
            "informed_on": f.informed_on,
            "case": None,
        }
        for f in (recorded.fact for recorded in facts)
    ]
    insert(conn, INFORMING, rows)


def submitted(conn: Connection, facts: Sequence[Recorded[ApplicationSubmitted]]) -> None:
    """A row for the application, and its members stand in it."""
    insert(
        conn,
        APPLICATION,
        [
            {
                "case": f.case,
                "household": f.household,
                "township": f.township,
                "village": f.village,
                "status": "SUBMITTED",
                "submitted_on": f.submitted_on,
                "accepted_on": None,
                "asked": False,
            }
            for f in (recorded.fact for recorded in facts)
        ],
    )
    persons = [
        {"person": member.person, "case": recorded.fact.case}
        for recorded in facts
        for member in recorded.fact.members
    ]
    insert(conn, ACTIVE_PERSON, persons)
    followed = [{"of": one, "by": r.fact.case} for r in facts for one in r.fact.informed]
    write(conn, _POINTED, followed)


def supplement_requested(conn: Connection, facts: Sequence[Recorded[SupplementRequested]]) -> None:
    """The one list has been told."""
    _update(conn, [{"key": r.fact.case, "asked": True} for r in facts])


def accepted(conn: Connection, facts: Sequence[Recorded[ApplicationAccepted]]) -> None:
    """With review from now on."""
    rows = [
        {"key": r.fact.case, "status": "ACCEPTED", "accepted_on": r.fact.accepted_on} for r in facts
    ]
    _update(conn, rows)


def relative_registered(conn: Connection, facts: Sequence[Recorded[RelativeRegistered]]) -> None:
    """An entry of the separate register."""
    entries = [
        {
            "case": r.fact.case,
            "entry": r.fact.entry,
            "township": r.envelope.about.township,
            "person": r.fact.person,
            "officer": r.fact.officer,
            "post": r.fact.post,
            "kinship": r.fact.kinship,
            "source": r.fact.source,
            "registered_on": r.fact.registered_on,
        }
        for r in facts
    ]
    insert(conn, RELATIVE_REGISTER, entries)


def member_died(conn: Connection, facts: Sequence[Recorded[MemberDied]]) -> None:
    """The dead member stands in no application."""
    write(conn, _GONE, [{"gone": r.fact.person, "of": r.fact.case} for r in facts])


def ended(status: str) -> Projection:
    """The application is over: its members may apply again."""

    def project(conn: Connection, facts: Sequence[Recorded[Any]]) -> None:
        _update(conn, [{"key": r.fact.case, "status": status} for r in facts])
        _free(conn, [r.fact.case for r in facts])

    return project


def decided(conn: Connection, facts: Sequence[Recorded[ApplicationDecided]]) -> None:
    """Confirmed members stay where they stand; the others may apply again.

    A confirmation that crossed a withdrawal stands: its members are bound again, but for those who
    have applied anew in between.
    """
    _update(conn, [{"key": r.fact.case, "status": r.fact.outcome} for r in facts])
    last = {r.fact.case: r for r in facts}
    _free(conn, [case for case, r in last.items() if r.fact.outcome != "CONFIRMED"])
    confirmed = [r for r in last.values() if r.fact.outcome == "CONFIRMED"]
    bound = [
        {"person": p, "case": r.fact.case} for r in confirmed for p in r.envelope.about.persons
    ]
    write(conn, _BIND, bound)


def _update(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    write(conn, _updating(tuple(name for name in rows[0] if name != "key")), rows)


@cache
def _updating(names: tuple[str, ...]) -> sa.Update:
    values: dict[str, sa.BindParameter[Any]] = {name: sa.bindparam(name) for name in names}
    of_case = sa.update(APPLICATION).where(APPLICATION.c.case == sa.bindparam("key"))
    return of_case.values(values)


def _free(conn: Connection, cases: Sequence[str]) -> None:
    write(conn, _FREE, [{"of": case} for case in cases])


_POINTED = (
    sa.update(INFORMING)
    .where(INFORMING.c.informing == sa.bindparam("of"))
    .values(case=sa.bindparam("by"))
)
_GONE = sa.delete(ACTIVE_PERSON).where(
    ACTIVE_PERSON.c.person == sa.bindparam("gone"), ACTIVE_PERSON.c.case == sa.bindparam("of")
)
_FREE = sa.delete(ACTIVE_PERSON).where(ACTIVE_PERSON.c.case == sa.bindparam("of"))

_BIND = sa.text(
    'INSERT INTO active_person (person, "case") VALUES (:person, :case) ON CONFLICT DO NOTHING'
)
PROJECTIONS: dict[type[Fact], Projection] = {
    HouseholdInformed: informed,
    ApplicationSubmitted: submitted,
    SupplementRequested: supplement_requested,
    ApplicationAccepted: accepted,
    RelativeRegistered: relative_registered,
    ApplicationNotAccepted: ended("NOT_ACCEPTED"),
    MemberDied: member_died,
    ApplicationWithdrawn: ended("WITHDRAWN"),
    ApplicationDecided: decided,
}
