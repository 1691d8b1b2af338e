"""The separate register of officers' relatives."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "relative_register",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("officer", sa.Text),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("kinship", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("registered_on", sa.Date, nullable=False),
    )
    op.create_index("ix_relative_register_township", "relative_register", ["township"])
