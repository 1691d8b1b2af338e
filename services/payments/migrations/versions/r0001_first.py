"""The log, the bookkeeping, and payments' first read models."""

import sqlalchemy as sa
from alembic import op

from shared.migration import create_first_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_first_tables(op.get_bind())
    _create_entitlements()
    _create_rosters()
    _create_payments()


def _create_entitlements() -> None:
    op.create_table(
        "entitlement",
        sa.Column("household", sa.Text, primary_key=True),
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("persons", sa.JSON, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("members_count", sa.Integer, nullable=False),
        sa.Column("allowance_fen", sa.BigInteger, nullable=False),
        sa.Column("from_month", sa.String(7), nullable=False),
        sa.Column("stops_from", sa.String(7)),
    )
    op.create_index("entitlement_by_township", "entitlement", ["township", "programme"])
    op.create_table(
        "payee",
        sa.Column("household", sa.Text, primary_key=True),
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("bank", sa.Text),
    )


def _create_rosters() -> None:
    op.create_table(
        "roster",
        sa.Column("roster", sa.Text, primary_key=True),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("lines_count", sa.Integer, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
    )
    op.create_index("roster_by_month", "roster", ["programme", "month"])
    op.create_table(
        "roster_line",
        sa.Column("household", sa.Text, primary_key=True),
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("roster", sa.Text, nullable=False),
        sa.Column("case", sa.Text),
        sa.Column("township", sa.Text),
        sa.Column("village", sa.Text),
        sa.Column("persons", sa.JSON, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("members_count", sa.Integer, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("entitlement_version", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts_count", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(32)),
        sa.Column("payee_version", sa.Integer),
    )
    op.create_index("roster_line_by_roster", "roster_line", ["roster"])


def _create_payments() -> None:
    not_returned = sa.text("status <> 'RETURNED'")
    op.create_table(
        "attempt",
        sa.Column("reference", sa.String(32), primary_key=True),
        sa.Column("household", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("previous", sa.String(32)),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("payee_version", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_index("ix_attempt_batch", "attempt", ["batch"])
    op.create_index(
        "attempt_one_live",
        "attempt",
        ["household", "programme", "month"],
        unique=True,
        sqlite_where=not_returned,
        postgresql_where=not_returned,
    )
    op.create_table(
        "batch",
        sa.Column("batch", sa.Text, primary_key=True),
        sa.Column("bank", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("payer", sa.Text, nullable=False),
        sa.Column("lines_count", sa.Integer, nullable=False),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("file_digest", sa.String(64)),
    )
    op.create_index("batch_by_month", "batch", ["programme", "month"])
    op.create_table(
        "result_file",
        sa.Column("file_digest", sa.String(64), primary_key=True),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("taken_on", sa.Date, nullable=False),
        sa.Column("settled_count", sa.Integer, nullable=False),
        sa.Column("settled_fen", sa.BigInteger, nullable=False),
        sa.Column("returned_count", sa.Integer, nullable=False),
        sa.Column("returned_fen", sa.BigInteger, nullable=False),
        sa.Column("refused_count", sa.Integer, nullable=False),
    )
    op.create_index("ix_result_file_batch", "result_file", ["batch"])
