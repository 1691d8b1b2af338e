"""The tables of a log, in the service's own database. Only `append` writes to `fact`."""

import sqlalchemy as sa

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite: the rowid itself


def log_tables(metadata: sa.MetaData) -> None:
    """Declare a log's tables in a service's metadata, for migrations to be compared with."""
    sa.Table(
        "fact",
        metadata,
        sa.Column("position", BIG, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("journey", sa.Text, nullable=False),
        sa.Column("household", sa.Text),
        sa.Column("township", sa.Text),
        sa.Column("village", sa.Text),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("leaf", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("stream", "version", name="fact_stream_version"),
    )
    sa.Table(
        "fact_person",
        metadata,
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("position", BIG, primary_key=True, autoincrement=False),
    )
    sa.Table(
        "merkle_tile",
        metadata,
        sa.Column("level", sa.SmallInteger, primary_key=True),
        sa.Column("number", BIG, primary_key=True, autoincrement=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
    )
    sa.Table(
        "checkpoint",
        metadata,
        sa.Column("size", BIG, primary_key=True, autoincrement=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sa.Column("leaves", sa.LargeBinary, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )


APPEND_ONLY = ("fact", "fact_person", "merkle_tile", "checkpoint")
