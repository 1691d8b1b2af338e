"""Opinion, notice and objections: what each changes in the others' rows."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.review.projections.oversight import reexamined
from services.review.projections.updating import Facts, case_key, update
from services.review.read_models.tables import CASE, OBJECTION, PUBLIC_NOTICE
from shared.writing import insert, write


def visited(conn: Connection, facts: Facts) -> None:
    """A visit is also the new investigation of objections raised until then."""
    update(conn, CASE, [case_key(r) | {"visited_on": r.fact.visited_on} for r in facts])
    reexamined(conn, ((r, r.fact.visited_on) for r in facts))
    write(conn, _VISITED_AGAIN, [case_key(r) | {"key_day": r.fact.visited_on} for r in facts])


def household_changed(conn: Connection, facts: Facts) -> None:
    """Visited, verified, judged and shown was another household; after a decision no row changes."""
    open_ = [r for r in facts if not r.fact.late]
    update(
        conn,
        CASE,
        [case_key(r) | _NOTHING_FOUND | {"members_count": len(r.fact.members)} for r in open_],
    )
    update(conn, PUBLIC_NOTICE, [case_key(r) | {"status": "REPLACED"} for r in open_])


def opinion_given(conn: Connection, facts: Facts) -> None:
    """The opinion that counts; where it ends a notice that was up, that one shows so.

    What was sent up with an older one counts no longer.
    """
    opinions = [
        {
            "opinion_on": r.fact.given_on,
            "eligible": r.fact.eligible,
            "allowance_fen": r.fact.allowance_fen,
            "file_sent_on": None,
            "bureau_opinion_on": None,
        }
        for r in facts
    ]
    keys = [case_key(r) for r in facts]
    update(conn, CASE, [key | opinion for key, opinion in zip(keys, opinions, strict=True)])
    ending = [case_key(r) for r in facts if not r.fact.notice_continues]
    nothing = {"notice": None, "notice_next_step_on": None, "notice_closed_on": None}
    update(conn, CASE, [key | nothing for key in ending])
    update(conn, PUBLIC_NOTICE, [key | {"status": "REPLACED"} for key in ending])


def notice_posted(conn: Connection, facts: Facts) -> None:
    """What hangs in the village from today."""
    shown = [
        {
            "case": r.fact.case,
            "notice": r.fact.notice,
            "township": r.envelope.about.township,
            "village": r.envelope.about.village,
            "place": r.fact.place,
            "posted_on": r.fact.posted_on,
            "last_day_on": r.fact.last_day_on,
            "next_step_on": r.fact.next_step_on,
            "members_count": r.fact.members_count,
            "allowance_fen": r.fact.allowance_fen,
            "status": "RUNNING",
        }
        for r in facts
    ]
    insert(conn, PUBLIC_NOTICE, shown)
    days = [
        case_key(r)
        | {
            "notice": r.fact.notice,
            "notice_next_step_on": r.fact.next_step_on,
            "notice_closed_on": None,
        }
        for r in facts
    ]
    update(conn, CASE, days)


def notice_closed(conn: Connection, facts: Facts) -> None:
    """It hung its days."""
    closed = [
        case_key(r)
        | {"key_notice": r.fact.notice, "status": "CLOSED", "closed_on": r.fact.closed_on}
        for r in facts
    ]
    update(conn, PUBLIC_NOTICE, closed)
    update(conn, CASE, [case_key(r) | {"notice_closed_on": r.fact.closed_on} for r in facts])


def objection_raised(conn: Connection, facts: Facts) -> None:
    """One more that waits for a new investigation and an answer."""
    rows = [
        {
            "case": r.fact.case,
            "objection": r.fact.objection,
            "raised_on": r.fact.raised_on,
            "revisited": False,
        }
        for r in facts
    ]
    insert(conn, OBJECTION, rows)


def objection_answered(conn: Connection, facts: Facts) -> None:
    """Answered, and the opinion counts no longer."""
    answers = [
        case_key(r)
        | {
            "key_objection": r.fact.objection,
            "answered_on": r.fact.answered_on,
            "upheld": r.fact.upheld,
        }
        for r in facts
    ]
    update(conn, OBJECTION, answers)
    nothing = {"opinion_on": None, "eligible": None, "allowance_fen": None}
    update(conn, CASE, [case_key(r) | nothing for r in facts])


_NOTHING_FOUND = {
    "visited_on": None,
    "verification_requested_on": None,
    "verification_reported_on": None,
    "mismatch_told": None,
    "opinion_on": None,
    "eligible": None,
    "allowance_fen": None,
    "notice": None,
    "notice_next_step_on": None,
    "notice_closed_on": None,
    "appraised_on": None,
    "file_sent_on": None,
    "bureau_opinion_on": None,
}


_VISITED_AGAIN = (
    sa.update(CASE)
    .where(CASE.c.case == sa.bindparam("key_case"))
    .where(CASE.c.visit_asked_on <= sa.bindparam("key_day"))
    .values(visit_asked_on=None)
)
