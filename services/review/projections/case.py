"""The case's own row: opened, changed by one fact after another, closed."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import Connection

from services.review.projections.updating import Facts, Row, case_key, update
from services.review.read_models.tables import CASE
from shared.decider import Projection
from shared.facts.review import CaseOpened
from shared.writing import insert


def opened(conn: Connection, facts: Facts) -> None:
    """A row for the case."""
    insert(conn, CASE, [_case_row(recorded.fact) for recorded in facts])


def changes(change: Callable[[Any], Row]) -> Projection:
    """The case's row takes what `change` says of each fact."""

    def project(conn: Connection, facts: Facts) -> None:
        update(conn, CASE, [case_key(r) | change(r.fact) for r in facts])

    return project


def closed(conn: Connection, facts: Facts) -> None:
    """Withdrawn; one that came after a decision changes no row."""
    update(conn, CASE, [case_key(r) | {"status": "CLOSED"} for r in facts if not r.fact.late])


def _case_row(fact: CaseOpened) -> Row:
    return {
        "case": fact.case,
        "household": fact.household,
        "programme": fact.programme,
        "category": fact.category,
        "township": fact.township,
        "village": fact.village,
        "members_count": len(fact.members),
        "status": "UNDER_REVIEW",
        "accepted_on": fact.accepted_on,
        "survey_start_by": fact.survey_start_by,
        "decide_by": fact.decide_by,
        "organ": fact.organ,
        "bureau_visit_due": fact.relative_registered,
    }
