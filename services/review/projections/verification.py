"""Where the verification stands, in the case's row."""

from sqlalchemy.engine import Connection

from services.review.projections.case import changes
from services.review.projections.updating import Facts, case_key, update
from services.review.read_models.tables import CASE, PUBLIC_NOTICE

requested = changes(
    lambda x: {"verification_requested_on": x.requested_on, "verification_reported_on": None}
)
reported = changes(
    lambda x: {
        "verification_reported_on": x.reported_on,
        "mismatch_told": False if x.mismatches else None,
    }
)
absent = changes(lambda x: {"verification_reported_on": x.recorded_on})
told = changes(lambda _: {"mismatch_told": True})


def disputed(conn: Connection, facts: Facts) -> None:
    """The registers are asked again; the opinion counts no longer, nor does a notice that is up."""
    nothing = {
        "verification_requested_on": None, "verification_reported_on": None, "opinion_on": None,
        "eligible": None, "allowance_fen": None, "notice": None, "notice_next_step_on": None,
        "notice_closed_on": None, "file_sent_on": None, "bureau_opinion_on": None,
    }  # fmt: skip
    update(conn, CASE, [case_key(r) | nothing for r in facts])
    update(conn, PUBLIC_NOTICE, [case_key(r) | {"status": "REPLACED"} for r in facts])
