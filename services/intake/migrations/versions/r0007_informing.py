"""Whom the township has told of the policy."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "informing",
        sa.Column("informing", sa.Text, primary_key=True),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("informed_on", sa.Date, nullable=False),
        sa.Column("case", sa.Text),
    )
    op.create_index("ix_informing_person", "informing", ["person"])
