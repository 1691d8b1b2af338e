"""How far this log was published, for each destination."""

from alembic import op

from shared.migration import create_relay_cursor

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    create_relay_cursor(op.get_bind())
