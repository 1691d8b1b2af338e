"""Intake's tables and the queries on them."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.tables import service_tables

METADATA = sa.MetaData()
service_tables(METADATA)

APPLICATION = sa.Table(
    "application",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("household", sa.Text, nullable=False),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("submitted_on", sa.Date, nullable=False),
    sa.Column("accepted_on", sa.Date),
    sa.Column("asked", sa.Boolean, nullable=False),
    sa.Index("application_by_township", "township", "status"),
)

# A person stands in one application at a time, whatever township: the key says so.
ACTIVE_PERSON = sa.Table(
    "active_person",
    METADATA,
    sa.Column("person", sa.String(32), primary_key=True),
    sa.Column("case", sa.Text, nullable=False, index=True),
)

READ_MODELS = (ACTIVE_PERSON, APPLICATION)


def standing_applications(conn: Connection, persons: Sequence[str]) -> Mapping[str, str]:
    """Where these persons already stand: person → unit, case and status, in words."""
    query = (
        sa.select(ACTIVE_PERSON.c.person, APPLICATION.c.case, APPLICATION.c.township,
                  APPLICATION.c.status, sa.literal_column("unit.name").label("unit_name"))
        .join(APPLICATION, APPLICATION.c.case == ACTIVE_PERSON.c.case)
        .outerjoin(sa.table("unit", sa.column("unit"), sa.column("name")),
                   sa.literal_column("unit.unit") == APPLICATION.c.township)
        .where(ACTIVE_PERSON.c.person.in_(persons))
    )  # fmt: skip
    return {
        row.person: f"{row.unit_name or row.township}，编号 {row.case}，{STATUS_TEXT[row.status]}"
        for row in conn.execute(query)
    }


STATUS_TEXT = {
    "SUBMITTED": "待受理",
    "ACCEPTED": "审核中",
    "CONFIRMED": "已确认享受",
    "NOT_ACCEPTED": "不予受理",
    "WITHDRAWN": "已撤回",
    "DECLINED": "不予确认",
    "ENDED": "已停发",
}
