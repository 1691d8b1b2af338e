"""Appraisal, complaints and the bureau's part: what each changes in the rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.review.domain.overseeing import CONTRADICTS, DISPUTED
from services.review.projections.updating import Facts, Row, case_key, update
from services.review.read_models.tables import CASE, COMPLAINT, OBJECTION
from shared.codec import Recorded
from shared.writing import insert, write


def appraised(conn: Connection, facts: Facts) -> None:
    """Held; it may stand for the new investigation of objections, or ask for a new visit."""
    update(conn, CASE, [case_key(r) | {"appraised_on": r.fact.held_on} for r in facts])
    reexamined(conn, ((r, r.fact.held_on) for r in facts if r.fact.answers_objections))
    back_to_survey(
        conn,
        [
            case_key(r) | {"visit_asked_on": r.fact.held_on}
            for r in facts
            if r.fact.conclusion == DISPUTED
        ],
    )


def complaint_received(conn: Connection, facts: Facts) -> None:
    """One more that waits; the bureau visits after it (57号 Art 20)."""
    rows = [
        {
            "case": r.fact.case,
            "complaint": r.fact.complaint,
            "received_on": r.fact.received_on,
            "real_name": r.fact.real_name,
        }
        for r in facts
    ]
    insert(conn, COMPLAINT, rows)
    update(conn, CASE, [case_key(r) | {"bureau_visit_due": True} for r in facts if not r.fact.late])


def complaint_answered(conn: Connection, facts: Facts) -> None:
    """Verified and answered; one that is upheld sends the case back to its survey."""
    answers = [
        case_key(r)
        | {
            "key_complaint": r.fact.complaint,
            "answered_on": r.fact.answered_on,
            "upheld": r.fact.upheld,
        }
        for r in facts
    ]
    update(conn, COMPLAINT, answers)
    back_to_survey(
        conn, [case_key(r) | {"visit_asked_on": r.fact.answered_on} for r in facts if r.fact.upheld]
    )


def bureau_visited(conn: Connection, facts: Facts) -> None:
    """The bureau was there; what contradicts the township sends the case back to its survey."""
    visits = [
        case_key(r) | {"bureau_visit_due": False, "bureau_visited_on": r.fact.visited_on}
        for r in facts
    ]
    update(conn, CASE, visits)
    back_to_survey(
        conn,
        [
            case_key(r) | {"visit_asked_on": r.fact.visited_on}
            for r in facts
            if r.fact.conclusion == CONTRADICTS
        ],
    )


def bureau_opined(conn: Connection, facts: Facts) -> None:
    """The bureau agrees with the file, or sends it back."""
    agreed = [case_key(r) | {"bureau_opinion_on": r.fact.given_on} for r in facts if r.fact.agrees]
    update(conn, CASE, agreed)
    back_to_survey(
        conn,
        [case_key(r) | {"visit_asked_on": r.fact.given_on} for r in facts if not r.fact.agrees],
    )


def back_to_survey(conn: Connection, rows: list[Row]) -> None:
    """A case under review: opinion, notice and file count no longer."""
    nothing = dict.fromkeys(
        (
            "opinion_on", "eligible", "allowance_fen", "notice", "notice_next_step_on",
            "notice_closed_on", "file_sent_on", "bureau_opinion_on",
        )
    )  # fmt: skip
    update(conn, CASE, [row | {"key_status": "UNDER_REVIEW"} | nothing for row in rows])


def reexamined(conn: Connection, looked: Iterable[tuple[Recorded[Any], date]]) -> None:
    """Objections raised until that day are looked into."""
    days = [case_key(r) | {"key_day": day} for r, day in looked]
    if days:
        write(conn, _REEXAMINED, days)


_REEXAMINED = (
    sa.update(OBJECTION)
    .where(OBJECTION.c.case == sa.bindparam("key_case"), OBJECTION.c.answered_on.is_(None))
    .where(OBJECTION.c.raised_on <= sa.bindparam("key_day"))
    .values(revisited=True)
)
