"""The log, the bookkeeping, the copy of every followed log, and the first figures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

from shared.migration import create_first_tables

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = {
    "mirror_person": "person = NEW.person AND log = NEW.log AND position = NEW.position",
    "mirror_checkpoint": "log = NEW.log AND size = NEW.size AND root = NEW.root",
    "mirror_fact": "log = NEW.log AND position = NEW.position",
}


def upgrade() -> None:
    create_first_tables(op.get_bind())
    create_record()
    create_counts()
    create_frozen_rows()
    guard = guard_sqlite if op.get_bind().dialect.name == "sqlite" else guard_postgres
    guard(op.get_bind())


def create_record() -> None:
    op.create_table(
        "mirror_fact",
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("position", BIG, primary_key=True, autoincrement=False),
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
    )
    op.create_index("mirror_fact_at", "mirror_fact", ["at", "log", "position"])
    for column in ("journey", "household", "officer", "township", "name"):
        columns = [column, "at", "log", "position"]
        op.create_index(f"mirror_fact_{column}", "mirror_fact", columns)
    op.create_table(
        "mirror_person",
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("position", BIG, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "mirror_frontier",
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("size", BIG, primary_key=True, autoincrement=False),
        sa.Column("peaks", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "mirror_checkpoint",
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("size", BIG, primary_key=True, autoincrement=False),
        sa.Column("root", sa.LargeBinary, primary_key=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
    )


def create_counts() -> None:
    op.create_table(
        "recipient",
        sa.Column("case", sa.Text, primary_key=True),
        sa.Column("household", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("members_count", sa.Integer, nullable=False),
        sa.Column("allowance_fen", BIG, nullable=False),
        sa.Column("from_month", sa.String(7), nullable=False),
        sa.Column("stops_from", sa.String(7)),
    )
    op.create_index("recipient_by_month", "recipient", ["programme", "from_month"])
    op.create_table(
        "roster",
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("programme", sa.Text, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("approved_round", sa.Integer),
        sa.Column("approved_fen", BIG, nullable=False),
    )
    op.create_index("roster_by_month", "roster", ["programme", "month", "township"])
    op.create_table(
        "line_money",
        sa.Column("household", sa.Text, primary_key=True),
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("township", sa.Text, nullable=False),
        sa.Column("amount_fen", BIG, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
    )
    op.create_index("line_money_by_month", "line_money", ["programme", "month", "township"])


def create_frozen_rows() -> None:
    counts = [
        f"{when}_{what}"
        for what in ("households", "persons")
        for when in ("start", "new", "exit", "end")
    ]
    money = [f"{what}_fen" for what in ("approved", "paid", "returned", "pending")]
    op.create_table(
        "frozen_row",
        sa.Column("programme", sa.Text, primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("township", sa.Text, primary_key=True),
        sa.Column("frozen_on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in counts),
        *(sa.Column(name, BIG, nullable=False) for name in money),
    )


def guard_sqlite(conn: Connection) -> None:
    """As in the log: no change, no deletion, no INSERT OR REPLACE, no gap."""
    for table, key in APPEND_ONLY.items():
        for verb in ("UPDATE", "DELETE"):
            conn.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        conn.exec_driver_sql(  # names of our own tables, nobody's input
            f"CREATE TRIGGER {table}_once BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) "
            f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}'); END"
        )
    conn.exec_driver_sql(
        "CREATE TRIGGER mirror_fact_dense BEFORE INSERT ON mirror_fact WHEN NEW.position <> "
        "(SELECT coalesce(max(position), -1) + 1 FROM mirror_fact WHERE log = NEW.log) "
        "BEGIN SELECT RAISE(ABORT, 'mirror_fact is dense'); END"
    )


def guard_postgres(conn: Connection) -> None:
    """By the function that guards the log itself."""
    for table in APPEND_ONLY:
        conn.exec_driver_sql(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
