"""Complaints, and what a case's row tells of appraisal, the bureau's part and extension."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for column in (
        sa.Column("organ", sa.Text),
        sa.Column("appraised_on", sa.Date),
        sa.Column("visit_asked_on", sa.Date),
        sa.Column("bureau_visit_due", sa.Boolean),
        sa.Column("bureau_visited_on", sa.Date),
        sa.Column("file_sent_on", sa.Date),
        sa.Column("bureau_opinion_on", sa.Date),
        sa.Column("extended_for", sa.Text),
    ):
        op.add_column("case", column)
    op.create_table(
        "complaint",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("complaint", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("real_name", sa.Boolean, nullable=False),
        sa.Column("answered_on", sa.Date),
        sa.Column("upheld", sa.Boolean),
    )
