"""Intake's tables."""

import sqlalchemy as sa

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

# Members who are close to officers, apart from the applications (57号 Art 11: 单独登记备案).
RELATIVE_REGISTER = sa.Table(
    "relative_register",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("township", sa.Text, nullable=False, index=True),
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("officer", sa.Text),
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("kinship", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("registered_on", sa.Date, nullable=False),
)

# Whom the township has told of the policy (57号 Art 6), and the application that followed.
INFORMING = sa.Table(
    "informing",
    METADATA,
    sa.Column("informing", sa.Text, primary_key=True),
    sa.Column("person", sa.String(32), nullable=False, index=True),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("informed_on", sa.Date, nullable=False),
    sa.Column("case", sa.Text),
)

READ_MODELS = (ACTIVE_PERSON, APPLICATION, INFORMING, RELATIVE_REGISTER)
