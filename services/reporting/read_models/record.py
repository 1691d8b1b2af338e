"""The record's own tables: every followed fact as bytes, and what was held against its source.

The first three only grow, by triggers, as a log does; the frontier is their arithmetic.
"""

import sqlalchemy as sa

from shared.log.tables import BIG
from shared.tables import service_tables

METADATA = sa.MetaData()
service_tables(METADATA)

# The columns beside the bytes are derived from them, for an inspector to search by.
MIRROR_FACT = sa.Table(
    "mirror_fact",
    METADATA,
    sa.Column("log", sa.Text, primary_key=True),
    sa.Column("position", BIG, primary_key=True, autoincrement=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("at", sa.String(27), nullable=False),
    sa.Column("officer", sa.Text, nullable=False),
    sa.Column("journey", sa.Text, nullable=False),
    sa.Column("household", sa.Text),
    sa.Column("township", sa.Text),
    sa.Column("village", sa.Text),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    # Each filter of the timeline is one of these, read in the timeline's own order.
    sa.Index("mirror_fact_at", "at", "log", "position"),
    sa.Index("mirror_fact_journey", "journey", "at", "log", "position"),
    sa.Index("mirror_fact_household", "household", "at", "log", "position"),
    sa.Index("mirror_fact_officer", "officer", "at", "log", "position"),
    sa.Index("mirror_fact_township", "township", "at", "log", "position"),
    sa.Index("mirror_fact_name", "name", "at", "log", "position"),
)

MIRROR_PERSON = sa.Table(
    "mirror_person",
    METADATA,
    sa.Column("person", sa.String(32), primary_key=True),
    sa.Column("log", sa.Text, primary_key=True),
    sa.Column("position", BIG, primary_key=True, autoincrement=False),
)

# One row for the copy's edge and one at every full station, so that any past root is near.
MIRROR_FRONTIER = sa.Table(
    "mirror_frontier",
    METADATA,
    sa.Column("log", sa.Text, primary_key=True),
    sa.Column("size", BIG, primary_key=True, autoincrement=False),
    sa.Column("peaks", sa.LargeBinary, nullable=False),
)

# A source that signs two roots at one size leaves two rows.
MIRROR_CHECKPOINT = sa.Table(
    "mirror_checkpoint",
    METADATA,
    sa.Column("log", sa.Text, primary_key=True),
    sa.Column("size", BIG, primary_key=True, autoincrement=False),
    sa.Column("root", sa.LargeBinary, primary_key=True),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("holds", sa.Boolean, nullable=False),
)
