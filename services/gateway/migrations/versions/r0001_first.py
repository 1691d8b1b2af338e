"""The log and the bookkeeping; the authority's rows are among it."""

from alembic import op

from shared.migration import create_first_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_first_tables(op.get_bind())
