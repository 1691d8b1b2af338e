"""The policy that the bureau has published, as this house follows it."""

from alembic import op

from shared.migration import create_policy_pack

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    create_policy_pack(op.get_bind())
