"""Whom the township has told of the policy, and who has applied since."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.intake.read_models.tables import INFORMING


def informings_of(conn: Connection, persons: Sequence[str]) -> tuple[str, ...]:
    """The numbers of the informings of these persons that no application points to yet."""
    return tuple(conn.execute(_UNANSWERED, {"persons": persons}).scalars())


_UNANSWERED = (
    sa.select(INFORMING.c.informing)
    .where(INFORMING.c.person.in_(sa.bindparam("persons", expanding=True)))
    .where(INFORMING.c.case.is_(None))
    .order_by(INFORMING.c.informed_on, INFORMING.c.informing)
)
