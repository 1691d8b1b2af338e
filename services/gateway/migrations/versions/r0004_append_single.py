"""One fact alone is appended without arrays on PostgreSQL."""

from alembic import op

from shared.log.schema_single import append_single

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    append_single(op.get_bind())
