"""Whether the applicant knows what the registers hold against the declaration."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("case", sa.Column("mismatch_told", sa.Boolean))
