"""What follows a decision: certificate, announcement, the card's keeper, the last day of appeal."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name in (
        "reconsider_until",
        "refused_on",
        "certificate_issued_on",
        "announced_on",
        "announcement_taken_down_on",
        "card_keeping_filed_on",
    ):
        op.add_column("case", sa.Column(name, sa.Date))
    for name in ("certificate_number", "card_keeper_of"):
        op.add_column("case", sa.Column(name, sa.Text))
