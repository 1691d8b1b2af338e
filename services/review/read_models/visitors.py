"""What the followed rows say of officers who visited a household."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.review.domain.bureau import BureauOnRecord
from services.review.domain.investigators import VisitorsOnRecord
from services.review.read_models.tables import METADATA

IN_CHARGE = ("CASE_OFFICER", "TOWNSHIP_HEAD", "CIVIL_AFFAIRS", "VILLAGE_AIDE")
_POST = METADATA.tables["appointment"]
_RELATIVE = METADATA.tables["close_relative"]


class Whose(NamedTuple):
    """The household's members, and who applied in its place, where known: pseudonyms."""

    persons: Sequence[str]
    proxy: str | None


def visitors_on_record(
    conn: Connection, officers: Sequence[str], township: str, about: Whose, day: date
) -> VisitorsOnRecord:
    """Their posts in the township on `day`, and who of them is close to whom it is `about`."""
    values = {"officers": officers, "day": day, "township": township}
    held = {(row.officer, row.role) for row in conn.execute(_POSTS_THERE, values)}
    also = _also_known_as(conn, officers)
    return VisitorsOnRecord(
        case_officers=frozenset(officer for officer, role in held if role == "CASE_OFFICER"),
        aides=frozenset(officer for officer, role in held if role == "VILLAGE_AIDE"),
        relatives=_relatives(conn, officers, about.persons, also),
        proxies=_proxies(conn, officers, about.proxy),
        also_known_as=also,
    )


def bureau_on_record(
    conn: Connection, officers: Sequence[str], about: Whose, day: date
) -> BureauOnRecord:
    """Who of them was of the bureau on `day`, and who of them is close to whom it is `about`."""
    posts = conn.execute(_POSTS_AT_BUREAU, {"officers": officers, "day": day})
    also = _also_known_as(conn, officers)
    return BureauOnRecord(
        officers=frozenset(row.officer for row in posts),
        relatives=_relatives(conn, officers, about.persons, also),
        proxies=_proxies(conn, officers, about.proxy),
        also_known_as=also,
    )


def close_to_staff(conn: Connection, persons: Sequence[str], day: date) -> bool:
    """Whether one of them holds a post in charge of allowances on `day`, or is filed as close to
    somebody who does (57号 Art 11), whenever that was filed.
    """
    return conn.execute(_CLOSE_TO_STAFF, {"persons": persons, "day": day}).first() is not None


def _proxies(conn: Connection, officers: Sequence[str], proxy: str | None) -> frozenset[str]:
    """Those of `officers` who applied in the household's place."""
    if proxy is None:
        return frozenset()
    values = {"officers": officers, "persons": [proxy]}
    return frozenset(conn.execute(_OF_PERSONS, values).scalars())


def _also_known_as(conn: Connection, officers: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Officer → other ids under which the same person was ever appointed; only where there are."""
    found = [(row.officer, row.other) for row in conn.execute(_ALSO, {"officers": officers})]
    return {one: frozenset(other for whose, other in found if whose == one) for one, _ in found}


def _relatives(
    conn: Connection,
    officers: Sequence[str],
    persons: Sequence[str],
    also: Mapping[str, frozenset[str]],
) -> frozenset[str]:
    """Those of `officers` who are one of `persons`, or filed one of them, under whatever id."""
    ids = [*officers, *chain.from_iterable(also.values())]
    close = frozenset(conn.execute(_CLOSE, {"officers": ids, "persons": persons}).scalars())
    return frozenset(one for one in officers if not close.isdisjoint({one, *also.get(one, ())}))


_OFFICERS: sa.BindParameter[Sequence[str]] = sa.bindparam("officers", expanding=True)
_PERSONS: sa.BindParameter[Sequence[str]] = sa.bindparam("persons", expanding=True)
_DAY = sa.bindparam("day", type_=sa.Date)
_RUNS = sa.and_(_POST.c.from_on <= _DAY, sa.or_(_POST.c.to_on.is_(None), _POST.c.to_on >= _DAY))
_POSTS = sa.select(_POST.c.officer, _POST.c.role).where(_POST.c.officer.in_(_OFFICERS), _RUNS)
_POSTS_THERE = _POSTS.where(_POST.c.township == sa.bindparam("township"))
_POSTS_AT_BUREAU = _POSTS.where(_POST.c.role == "CIVIL_AFFAIRS")
_SAME = _POST.alias("same")
_ALSO = (
    sa.select(_POST.c.officer, _SAME.c.officer.label("other"))
    .join(_SAME, _SAME.c.person == _POST.c.person)
    .where(_POST.c.officer.in_(_OFFICERS), _SAME.c.officer != _POST.c.officer)
)
_FILED = sa.select(_RELATIVE.c.officer).where(_RELATIVE.c.person.in_(_PERSONS))
_THEMSELVES = sa.select(_POST.c.officer).where(_POST.c.person.in_(_PERSONS))
_OF_PERSONS = _THEMSELVES.where(_POST.c.officer.in_(_OFFICERS))
_CLOSE = sa.union(
    _FILED.where(_RELATIVE.c.officer.in_(_OFFICERS)),
    _OF_PERSONS,
)
_CLOSE_TO_STAFF = (
    sa.select(_POST.c.officer)
    .where(_POST.c.role.in_(IN_CHARGE), _RUNS)
    .where(sa.or_(_POST.c.person.in_(_PERSONS), _POST.c.officer.in_(_FILED)))
    .limit(1)
)
