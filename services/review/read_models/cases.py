"""Where cases stand, and what is to be done next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.review.read_models.tables import CASE, COMPLAINT, OBJECTION

WORKLIST_MAX = 1_000
UNTOLD = ("DECLINED", "PROCEDURE_TERMINATED")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of a worklist. `step` is the name of the next command, None where none is awaited.

    `due_on` is the limit of that step, None while it isn't known or where none is set;
    `open_objection` and `open_complaint` are the first that wait for an answer.
    """

    case: str
    household: str
    township: str
    village: str
    status: str
    step: str | None
    due_on: date | None
    accepted_on: date
    survey_start_by: date | None
    decide_by: date | None
    notice_next_step_on: date | None
    open_objection: int | None
    open_complaint: int | None
    members_count: int
    allowance_fen: int | None
    decided_on: date | None


def case_status(conn: Connection, case: str) -> CaseLine | None:
    """One case, or None where there is none under this number."""
    row = conn.execute(_CASES.where(CASE.c.case == case)).first()
    return None if row is None else _line(row)


def worklist(conn: Connection, township: str, limit: int = WORKLIST_MAX) -> list[CaseLine]:
    """What a township still has to do, the nearest decision limit first."""
    unserved = sa.and_(CASE.c.status.in_(UNTOLD), CASE.c.written_notice_served_on.is_(None))
    unpublished = sa.or_(CASE.c.certificate_issued_on.is_(None), CASE.c.announced_on.is_(None))
    unfinished = sa.and_(CASE.c.status == "CONFIRMED", unpublished)
    query = (
        _CASES.where(CASE.c.township == township)
        .where(sa.or_(CASE.c.status == "UNDER_REVIEW", unserved, unfinished))
        .order_by(CASE.c.decide_by.is_(None), CASE.c.decide_by, CASE.c.case)
        .limit(limit)
    )
    return [_line(row) for row in conn.execute(query)]


def _line(row: Any) -> CaseLine:
    step = _step(row)
    return CaseLine(
        case=row.case,
        household=row.household,
        township=row.township,
        village=row.village,
        status=row.status,
        step=step,
        due_on=_due_on(row, step),
        accepted_on=row.accepted_on,
        survey_start_by=row.survey_start_by,
        decide_by=row.decide_by,
        notice_next_step_on=row.notice_next_step_on,
        open_objection=row.open_objection,
        open_complaint=row.open_complaint,
        members_count=row.members_count,
        allowance_fen=row.allowance_fen,
        decided_on=row.decided_on,
    )


def _step(row: Any) -> str | None:
    if row.status in UNTOLD and row.written_notice_served_on is None:
        return "serve_written_notice"
    if row.status == "CONFIRMED" and row.certificate_issued_on is None:
        return "issue_certificate"
    if row.status == "CONFIRMED" and row.announced_on is None:
        return "publish_announcement"
    if row.status != "UNDER_REVIEW":
        return None
    return _open_step(row)


def _open_step(row: Any) -> str:
    """Of a case under review."""
    if row.open_objection is not None:
        return "answer_objection" if row.revisited else "record_household_visit"
    if row.visit_asked_on is not None:
        return "record_household_visit"
    waiting = (
        (row.visited_on, "record_household_visit"),
        (row.verification_requested_on, "request_verification"),
        (row.verification_reported_on, "report_verification"),
        (row.opinion_on or row.mismatch_told is not False or None, "tell_mismatch"),
        (row.opinion_on, "give_preliminary_opinion"),
        (row.notice if row.eligible else True, "post_public_notice"),
        (row.notice_closed_on if row.eligible else True, "close_public_notice"),
        (None if row.bureau_visit_due else True, "record_bureau_visit"),
        (True if row.open_complaint is None else None, "answer_complaint"),
        (row.file_sent_on if row.organ == "BUREAU" else True, "send_file_up"),
    )
    decision = _DECISIONS[row.organ == "BUREAU", bool(row.eligible)]
    return next((step for done, step in waiting if done is None), decision)


def _due_on(row: Any, step: str | None) -> date | None:
    limits: dict[str | None, date | None] = {
        None: None,
        "serve_written_notice": row.written_notice_due_on,
        "issue_certificate": None,
        "publish_announcement": None,
    }
    if row.visited_on is None:
        limits["record_household_visit"] = row.survey_start_by
    return limits.get(step, row.decide_by)


# By the bureau, eligible: the command.
_DECISIONS = {
    (False, True): "confirm_eligibility",
    (False, False): "decline_eligibility",
    (True, True): "confirm_by_bureau",
    (True, False): "decline_by_bureau",
}


def _first_open(table: sa.Table, number: sa.Column[int]) -> sa.Subquery:
    return (
        sa.select(table.c.case, sa.func.min(number).label("number"))
        .where(table.c.answered_on.is_(None))
        .group_by(table.c.case)
        .subquery()
    )


_FIRST_OPEN = _first_open(OBJECTION, OBJECTION.c.objection)
_FIRST_COMPLAINT = _first_open(COMPLAINT, COMPLAINT.c.complaint)
_CASES = (
    sa.select(
        CASE,
        _FIRST_OPEN.c.number.label("open_objection"),
        _FIRST_COMPLAINT.c.number.label("open_complaint"),
        OBJECTION.c.revisited,
    )
    .outerjoin(_FIRST_COMPLAINT, _FIRST_COMPLAINT.c.case == CASE.c.case)
    .outerjoin(_FIRST_OPEN, _FIRST_OPEN.c.case == CASE.c.case)
    .outerjoin(
        OBJECTION,
        sa.and_(OBJECTION.c.case == CASE.c.case, OBJECTION.c.objection == _FIRST_OPEN.c.number),
    )
)
