"""REACTIONS: what review does when another house says something. DAILY: when a day has come."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.engine import Connection

from services.review.commands import ChangeHousehold, CloseCase, NoteMissedDeadline, OpenCase
from services.review.domain.warning import warned_until
from services.review.read_models import Place, counted, passed
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.carrying.reaction import Reaction
from shared.codec import Recorded
from shared.daily import Daily, Due
from shared.facts.intake import ApplicationAccepted, ApplicationWithdrawn, MemberDied
from shared.identity import named_id
from shared.site import Site


def accepted(recorded: Recorded[ApplicationAccepted]) -> OpenCase:
    """The case opens, its limits run (57号 Art 15, 22)."""
    return OpenCase(recorded.fact)


def withdrawn(recorded: Recorded[ApplicationWithdrawn]) -> CloseCase:
    """Taken back, the only member dead, or moved away."""
    return CloseCase(recorded.fact.case, recorded.fact.kind)


def member_died(recorded: Recorded[MemberDied]) -> ChangeHousehold:
    """Whoever is left goes on, and is surveyed anew."""
    return ChangeHousehold(recorded.fact)


def missed(conn: Connection, on: date, limit: int, after: Place | None) -> list[Due]:
    """Limits that have passed, each with the command that notes it; its cause says which."""
    found = passed(conn, on, limit, after)
    return [
        Due(place, NoteMissedDeadline(case, step, item, due_on),
            named_id("missed", case, step, str(item), due_on.isoformat()))
        for place in found
        for due_on, case, step, item in (place,)
    ]  # fmt: skip


def limits_waiting(conn: Connection, site: Site, on: date) -> Mapping[tuple[str, str], int]:
    """(township, urgency) → open limits that are over or near."""
    rules = site.policy_in(conn).at(on)
    near = [warned_until(rules, site.calendar, on, in_working_days=u) for u in (True, False)]
    return counted(conn, on, *near)


REACTIONS = (
    *(Reaction("gateway", fact, rows=rows) for fact, rows in AUTHORITY_PROJECTIONS.items()),
    Reaction("intake", ApplicationAccepted, command=accepted),
    Reaction("intake", MemberDied, command=member_died),
    Reaction("intake", ApplicationWithdrawn, command=withdrawn),
)

DAILY = Daily(missed, limits_waiting)
