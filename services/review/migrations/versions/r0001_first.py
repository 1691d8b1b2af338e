"""The log, the bookkeeping, and review's first read models."""

import sqlalchemy as sa
from alembic import op

from shared.migration import create_first_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_first_tables(op.get_bind())
    _create_case()
    _create_public_notice()
    _create_objection()


def _create_case() -> None:
    op.create_table(
        "case",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("household", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("members_count", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("accepted_on", sa.Date, nullable=False),
        sa.Column("survey_start_by", sa.Date),
        sa.Column("decide_by", sa.Date),
        sa.Column("visited_on", sa.Date),
        sa.Column("verification_requested_on", sa.Date),
        sa.Column("verification_reported_on", sa.Date),
        sa.Column("opinion_on", sa.Date),
        sa.Column("eligible", sa.Boolean),
        sa.Column("allowance_fen", sa.BigInteger),
        sa.Column("notice", sa.Integer),
        sa.Column("notice_next_step_on", sa.Date),
        sa.Column("notice_closed_on", sa.Date),
        sa.Column("decided_on", sa.Date),
        sa.Column("from_month", sa.String(7)),
        sa.Column("stops_from", sa.String(7)),
        sa.Column("written_notice_due_on", sa.Date),
        sa.Column("written_notice_served_on", sa.Date),
    )
    op.create_index("case_by_township", "case", ["township", "status"])


def _create_public_notice() -> None:
    op.create_table(
        "public_notice",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("notice", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("posted_on", sa.Date, nullable=False),
        sa.Column("last_day_on", sa.Date, nullable=False),
        sa.Column("next_step_on", sa.Date, nullable=False),
        sa.Column("members_count", sa.Integer, nullable=False),
        sa.Column("allowance_fen", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date),
    )


def _create_objection() -> None:
    op.create_table(
        "objection",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("objection", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("raised_on", sa.Date, nullable=False),
        sa.Column("revisited", sa.Boolean, nullable=False),
        sa.Column("answered_on", sa.Date),
        sa.Column("upheld", sa.Boolean),
    )
