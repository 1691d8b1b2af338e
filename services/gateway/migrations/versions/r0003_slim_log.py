"""The log with fewer indexes, and a faster append on PostgreSQL."""

from alembic import op

from shared.log.schema_slim import slim_log

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    slim_log(op.get_bind())
