"""The posts of a person are found by the person: every command asks for them."""

from alembic import op

from shared.migration import index_posts_by_person

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    index_posts_by_person(op.get_bind())
