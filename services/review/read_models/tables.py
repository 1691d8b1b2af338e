"""Review's tables: where each case stands, what is up on a notice, what was objected."""

import sqlalchemy as sa

from shared.tables import service_tables

METADATA = sa.MetaData()
service_tables(METADATA)

CASE = sa.Table(
    "case",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("household", sa.Text, nullable=False),
    sa.Column("programme", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("members_count", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("accepted_on", sa.Date, nullable=False),
    sa.Column("survey_start_by", sa.Date),
    sa.Column("decide_by", sa.Date),
    sa.Column("visited_on", sa.Date),
    sa.Column("verification_requested_on", sa.Date),
    sa.Column("verification_reported_on", sa.Date),
    sa.Column("mismatch_told", sa.Boolean),
    sa.Column("opinion_on", sa.Date),
    sa.Column("eligible", sa.Boolean),
    sa.Column("allowance_fen", sa.BigInteger),
    sa.Column("notice", sa.Integer),
    sa.Column("notice_next_step_on", sa.Date),
    sa.Column("notice_closed_on", sa.Date),
    sa.Column("decided_on", sa.Date),
    sa.Column("from_month", sa.String(7)),
    sa.Column("stops_from", sa.String(7)),
    sa.Column("written_notice_due_on", sa.Date),
    sa.Column("written_notice_served_on", sa.Date),
    sa.Column("reconsider_until", sa.Date),
    sa.Column("refused_on", sa.Date),
    sa.Column("certificate_number", sa.Text),
    sa.Column("certificate_issued_on", sa.Date),
    sa.Column("announced_on", sa.Date),
    sa.Column("announcement_taken_down_on", sa.Date),
    sa.Column("card_keeper_of", sa.Text),
    sa.Column("card_keeping_filed_on", sa.Date),
    sa.Column("organ", sa.Text),
    sa.Column("appraised_on", sa.Date),
    sa.Column("visit_asked_on", sa.Date),
    sa.Column("bureau_visit_due", sa.Boolean),
    sa.Column("bureau_visited_on", sa.Date),
    sa.Column("file_sent_on", sa.Date),
    sa.Column("bureau_opinion_on", sa.Date),
    sa.Column("extended_for", sa.Text),
    sa.Index("case_by_township", "township", "status"),
)

# What hangs in the village, less the applicant's name, which stays sealed.
PUBLIC_NOTICE = sa.Table(
    "public_notice",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("notice", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("posted_on", sa.Date, nullable=False),
    sa.Column("last_day_on", sa.Date, nullable=False),
    sa.Column("next_step_on", sa.Date, nullable=False),
    sa.Column("members_count", sa.Integer, nullable=False),
    sa.Column("allowance_fen", sa.BigInteger, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("closed_on", sa.Date),
)

# Who objects and what they say stays sealed.
OBJECTION = sa.Table(
    "objection",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("objection", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("raised_on", sa.Date, nullable=False),
    sa.Column("revisited", sa.Boolean, nullable=False),
    sa.Column("answered_on", sa.Date),
    sa.Column("upheld", sa.Boolean),
)

# What waits for somebody, and what was waited for: domain/tasks.py says of each column what it is.
TASK = sa.Table(
    "task",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("step", sa.Text, primary_key=True),
    sa.Column("item", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("township", sa.Text, nullable=False),
    sa.Column("village", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("ready_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("rule", sa.Text),
    sa.Column("in_working_days", sa.Boolean, nullable=False),
    sa.Column("rank", sa.Integer),
    sa.Column("done_on", sa.Date),
    sa.Column("missed_on", sa.Date),
)
_STILL_OPEN = TASK.c.done_on.is_(None)
for _name, _columns in (
    ("task_open", ("role", "township", "due_on")),
    ("task_limits", ("due_on",)),
):
    sa.Index(
        _name,
        *(TASK.c[column] for column in _columns),
        postgresql_where=_STILL_OPEN,
        sqlite_where=_STILL_OPEN,
    )


# Who complains and what they say stays sealed.
COMPLAINT = sa.Table(
    "complaint",
    METADATA,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("complaint", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("real_name", sa.Boolean, nullable=False),
    sa.Column("answered_on", sa.Date),
    sa.Column("upheld", sa.Boolean),
)

READ_MODELS = (COMPLAINT, OBJECTION, PUBLIC_NOTICE, CASE, TASK)
