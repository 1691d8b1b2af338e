"""What the followed rows say of officers who visited a household."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.review.domain.bureau import BureauOnRecord
from services.review.domain.investigators import VisitorsOnRecord
from services.review.read_models.tables import METADATA

IN_CHARGE = ("CASE_OFFICER", "TOWNSHIP_HEAD", "CIVIL_AFFAIRS", "VILLAGE_AIDE")
_POST = METADATA.tables["appointment"]
_RELATIVE = METADATA.tables["close_relative"]


def visitors_on_record(
    conn: Connection, officers: Sequence[str], township: str, persons: Sequence[str], day: date
) -> VisitorsOnRecord:
    """Their posts in the township on `day`, and who of them is close to one of `persons`."""
    posts = _posts(officers, day).where(_POST.c.township == township)
    held = {(row.officer, row.role) for row in conn.execute(posts)}
    return VisitorsOnRecord(
        case_officers=frozenset(officer for officer, role in held if role == "CASE_OFFICER"),
        aides=frozenset(officer for officer, role in held if role == "VILLAGE_AIDE"),
        relatives=_relatives(conn, officers, persons),
    )


def bureau_on_record(
    conn: Connection, officers: Sequence[str], persons: Sequence[str], day: date
) -> BureauOnRecord:
    """Who of them was of the bureau on `day`, and who of them is close to one of `persons`."""
    posts = _posts(officers, day).where(_POST.c.role == "CIVIL_AFFAIRS")
    return BureauOnRecord(
        officers=frozenset(row.officer for row in conn.execute(posts)),
        relatives=_relatives(conn, officers, persons),
    )


def close_to_staff(conn: Connection, persons: Sequence[str], day: date) -> bool:
    """Whether one of them holds a post in charge of allowances on `day`, or is filed as close to
    somebody who does (57号 Art 11), whenever that was filed.
    """
    filed = sa.select(_RELATIVE.c.officer).where(_RELATIVE.c.person.in_(persons))
    theirs = sa.or_(_POST.c.person.in_(persons), _POST.c.officer.in_(filed))
    posts = sa.select(_POST.c.officer).where(_POST.c.role.in_(IN_CHARGE), theirs, *_runs_on(day))
    return conn.execute(posts.limit(1)).first() is not None


def _posts(officers: Sequence[str], day: date) -> sa.Select[str, str]:
    return (
        sa.select(_POST.c.officer, _POST.c.role)
        .where(_POST.c.officer.in_(officers))
        .where(*_runs_on(day))
    )


def _runs_on(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return _POST.c.from_on <= day, sa.or_(_POST.c.to_on.is_(None), _POST.c.to_on >= day)


def _relatives(conn: Connection, officers: Sequence[str], persons: Sequence[str]) -> frozenset[str]:
    filed = sa.select(_RELATIVE.c.officer).where(
        _RELATIVE.c.officer.in_(officers), _RELATIVE.c.person.in_(persons)
    )
    themselves = sa.select(_POST.c.officer).where(
        _POST.c.officer.in_(officers), _POST.c.person.in_(persons)
    )
    return frozenset(conn.execute(sa.union(filed, themselves)).scalars())
