"""Which officers are known, and which members are close to those who handle allowances."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.intake.domain.finding import Tie
from services.intake.domain.relatives import SELF
from services.intake.read_models.tables import METADATA
from shared.facts.words import RelatedPost

# Who handles allowances or is in charge of them, at the township and the bureau (220号 Art 14);
# and who sits in the village committee.
POSTS = {
    "CASE_OFFICER": RelatedPost.ALLOWANCE_STAFF,
    "TOWNSHIP_HEAD": RelatedPost.ALLOWANCE_STAFF,
    "CIVIL_AFFAIRS": RelatedPost.ALLOWANCE_STAFF,
    "VILLAGE_AIDE": RelatedPost.VILLAGE_COMMITTEE,
}
_APPOINTMENT = METADATA.tables["appointment"].c
_RELATIVE = METADATA.tables["close_relative"].c


def known_officers(conn: Connection, officers: Collection[str]) -> frozenset[str]:
    """Those of these ids that were ever appointed."""
    if not officers:
        return frozenset()
    query = sa.select(_APPOINTMENT.officer).where(_APPOINTMENT.officer.in_(officers))
    return frozenset(conn.execute(query).scalars())


def ties(conn: Connection, persons: Sequence[str], on: date) -> tuple[Tie, ...]:
    """The persons' ties to officers in such a post on the day, as filed and as their own."""
    rows = conn.execute(_TIES, {"persons": persons, "on": on})
    return tuple(
        sorted(
            (Tie(r.person, r.officer, POSTS[r.role], r.kinship) for r in rows),
            key=lambda tie: (tie.person, tie.officer, tie.kinship, tie.post),
        )
    )


def _in_post() -> sa.ColumnElement[bool]:
    on = sa.bindparam("on", type_=sa.Date)
    runs = sa.or_(_APPOINTMENT.to_on.is_(None), _APPOINTMENT.to_on >= on)
    return sa.and_(_APPOINTMENT.role.in_(POSTS), _APPOINTMENT.from_on <= on, runs)


_PERSONS: sa.BindParameter[Sequence[str]] = sa.bindparam("persons", expanding=True)
_OWN = sa.select(
    _APPOINTMENT.person,
    _APPOINTMENT.officer,
    _APPOINTMENT.role,
    sa.literal(SELF).label("kinship"),
).where(_APPOINTMENT.person.in_(_PERSONS), _in_post())
_FILED = (
    sa.select(_RELATIVE.person, _RELATIVE.officer, _APPOINTMENT.role, _RELATIVE.kinship)
    .where(_RELATIVE.officer == _APPOINTMENT.officer)
    .where(_RELATIVE.person.in_(_PERSONS), _in_post())
)
_TIES = sa.union(_OWN, _FILED)
