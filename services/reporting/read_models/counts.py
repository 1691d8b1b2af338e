"""Tables of figures. Each follows from the record and can be filled from it again."""

import sqlalchemy as sa

from services.reporting.read_models.record import METADATA
from shared.log.tables import BIG

# A confirmed case: new in `from_month`, out in `stops_from` (57号 Art 21, 32).
RECIPIENT = sa.Table(
    "recipient",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("household", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("members_count", sa.Integer, nullable=False),
    sa.Column("allowance_fen", BIG, nullable=False),
    sa.Column("from_month", sa.String(7), nullable=False),
    sa.Column("stops_from", sa.String(7)),
    sa.Index("recipient_by_month", "programme", "from_month"),
)

# A township's roster; its approval is what the bureau answers for.
ROSTER = sa.Table(
    "roster",
    METADATA,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("approved_round", sa.Integer),
    sa.Column("approved_fen", BIG, nullable=False),
    sa.Index("roster_by_month", "programme", "month", "township"),
)

# One household's money of one month: OPEN until the bank answers, then PAID or RETURNED.
LINE_MONEY = sa.Table(
    "line_money",
    METADATA,
    sa.Column("household", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, primary_key=True),
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("amount_fen", BIG, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Index("line_money_by_month", "programme", "month", "township"),
)

COUNTS = (
    "start_households", "new_households", "exit_households", "end_households",
    "start_persons", "new_persons", "exit_persons", "end_persons",
)  # fmt: skip
MONEY = ("approved_fen", "paid_fen", "returned_fen", "pending_fen")

# The rows of each signed form of a table; `version` is the stream's.
FROZEN_ROW = sa.Table(
    "frozen_row",
    METADATA,
    sa.Column("programme", sa.Text, primary_key=True),
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("township", sa.Text, primary_key=True),
    sa.Column("frozen_on", sa.Date, nullable=False),
    *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTS),
    *(sa.Column(name, BIG, nullable=False) for name in MONEY),
)

FIGURES = (FROZEN_ROW, LINE_MONEY, RECIPIENT, ROSTER)
