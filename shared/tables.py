"""The tables every service keeps beside its log: what it has done, what it follows, whom it knows."""

import sqlalchemy as sa

from shared.log.tables import BIG, log_tables


def service_tables(metadata: sa.MetaData) -> None:
    """Declare the log and the service's own bookkeeping in its metadata."""
    log_tables(metadata)
    sa.Table(
        "command_done",
        metadata,
        sa.Column("command_id", sa.String(36), primary_key=True),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
    )
    sa.Table(
        "follow_cursor",
        metadata,
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("position", BIG, nullable=False),
    )
    sa.Table(
        "relay_cursor",
        metadata,
        sa.Column("destination", sa.Text, primary_key=True),
        sa.Column("position", BIG, nullable=False),  # the last that was confirmed
    )
    sa.Table(
        "parked",
        metadata,
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("position", BIG, primary_key=True, autoincrement=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.String(27), nullable=False),
        sa.Index("parked_stream", "log", "stream"),
    )
    sa.Table(
        "subject_key",
        metadata,
        sa.Column("key", sa.String(16), primary_key=True),
        sa.Column("household", sa.Text, nullable=False, index=True),
        sa.Column("wrapped", sa.LargeBinary),  # none once it is destroyed; it never comes back
    )
    authority_tables(metadata)


def authority_tables(metadata: sa.MetaData) -> None:
    """Appointments, delegations, filed relatives, units, published policy: followed from the
    gateway's log."""
    sa.Table(
        "unit",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
    )
    sa.Table(
        "appointment",
        metadata,
        sa.Column("appointment", sa.Text, primary_key=True),
        sa.Column("officer", sa.Text, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("township", sa.Text),
        sa.Column("village", sa.Text),
        sa.Column("person", sa.String(32), index=True),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
    )
    sa.Table(
        "delegation",
        metadata,
        sa.Column("delegation", sa.Text, primary_key=True),
        sa.Column("delegator", sa.Text, nullable=False),
        sa.Column("delegate", sa.Text, nullable=False, index=True),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date, nullable=False),
    )
    sa.Table(
        "close_relative",
        metadata,
        sa.Column("officer", sa.Text, primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("kinship", sa.Text, nullable=False),
    )
    sa.Table(
        "policy_pack",
        metadata,
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # in that order
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
