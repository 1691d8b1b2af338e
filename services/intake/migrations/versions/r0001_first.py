"""The log, the bookkeeping, and intake's first read models."""

import sqlalchemy as sa
from alembic import op

from shared.migration import create_first_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_first_tables(op.get_bind())
    op.create_table(
        "application",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("household", sa.Text, nullable=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("submitted_on", sa.Date, nullable=False),
        sa.Column("accepted_on", sa.Date),
        sa.Column("asked", sa.Boolean, nullable=False),
    )
    op.create_index("application_by_township", "application", ["township", "status"])
    op.create_table(
        "active_person",
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("case", sa.Text, nullable=False),
    )
    op.create_index("ix_active_person_case", "active_person", ["case"])
