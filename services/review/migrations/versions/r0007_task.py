"""What waits for somebody: the tasks of each case with their limits."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("step", sa.Text, primary_key=True),
        sa.Column("item", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("ready_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("rule", sa.Text),
        sa.Column("in_working_days", sa.Boolean, nullable=False),
        sa.Column("rank", sa.Integer),
        sa.Column("done_on", sa.Date),
        sa.Column("missed_on", sa.Date),
    )
    still_open = sa.text("done_on IS NULL")
    op.create_index(
        "task_open",
        "task",
        ["role", "township", "due_on"],
        postgresql_where=still_open,
        sqlite_where=still_open,
    )
    op.create_index(
        "task_limits",
        "task",
        ["due_on"],
        postgresql_where=still_open,
        sqlite_where=still_open,
    )
