"""Payments' tables, all filled by its own facts. The unique keys are the last word."""

import sqlalchemy as sa

from shared.tables import service_tables

METADATA = sa.MetaData()
service_tables(METADATA)

# One row for each opening; the terms of a household and programme never overlap.
ENTITLEMENT = sa.Table(
    "entitlement",
    METADATA,
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
    sa.Index("entitlement_by_township", "township", "programme"),
)

# Where a household's money goes; the account itself stays sealed in the log, at this version.
PAYEE = sa.Table(
    "payee",
    METADATA,
    sa.Column("household", sa.Text, primary_key=True),
    sa.Column("programme", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("bank", sa.Text),
)

ROSTER = sa.Table(
    "roster",
    METADATA,
    sa.Column("roster", sa.Text, primary_key=True),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("lines_count", sa.Integer, nullable=False),
    sa.Column("amount_fen", sa.BigInteger, nullable=False),
    sa.Index("roster_by_month", "programme", "month"),
)

# A household's money of a month stands here once, whatever township, order or concurrency.
ROSTER_LINE = sa.Table(
    "roster_line",
    METADATA,
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
    sa.Index("roster_line_by_roster", "roster"),
)

_NOT_RETURNED = sa.text("status <> 'RETURNED'")

# A line has one attempt that isn't returned, and a settled one is never followed by another.
ATTEMPT = sa.Table(
    "attempt",
    METADATA,
    sa.Column("reference", sa.String(32), primary_key=True),
    sa.Column("household", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("previous", sa.String(32)),
    sa.Column("batch", sa.Text, nullable=False, index=True),
    sa.Column("amount_fen", sa.BigInteger, nullable=False),
    sa.Column("payee_version", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Index(
        "attempt_one_live",
        "household",
        "programme",
        "month",
        unique=True,
        sqlite_where=_NOT_RETURNED,
        postgresql_where=_NOT_RETURNED,
    ),
)

BATCH = sa.Table(
    "batch",
    METADATA,
    sa.Column("batch", sa.Text, primary_key=True),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("made_on", sa.Date, nullable=False),
    sa.Column("payer", sa.Text, nullable=False),
    sa.Column("lines_count", sa.Integer, nullable=False),
    sa.Column("amount_fen", sa.BigInteger, nullable=False),
    sa.Column("file_digest", sa.String(64)),
    sa.Index("batch_by_month", "programme", "month"),
)

# The bytes of a bank's answer are taken once, by whomever.
RESULT_FILE = sa.Table(
    "result_file",
    METADATA,
    sa.Column("file_digest", sa.String(64), primary_key=True),
    sa.Column("batch", sa.Text, nullable=False, index=True),
    sa.Column("taken_on", sa.Date, nullable=False),
    sa.Column("settled_count", sa.Integer, nullable=False),
    sa.Column("settled_fen", sa.BigInteger, nullable=False),
    sa.Column("returned_count", sa.Integer, nullable=False),
    sa.Column("returned_fen", sa.BigInteger, nullable=False),
    sa.Column("refused_count", sa.Integer, nullable=False),
)

READ_MODELS = (RESULT_FILE, ATTEMPT, BATCH, ROSTER_LINE, ROSTER, PAYEE, ENTITLEMENT)
