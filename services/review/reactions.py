"""REACTIONS: what review does when another house says something."""

from services.review.commands import ChangeHousehold, CloseCase, OpenCase
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.carrying.reaction import Reaction
from shared.codec import Recorded
from shared.facts.intake import ApplicationAccepted, ApplicationWithdrawn, MemberDied


def accepted(recorded: Recorded[ApplicationAccepted]) -> OpenCase:
    """The case opens, its limits run (57号 Art 15, 22)."""
    return OpenCase(recorded.fact)


def withdrawn(recorded: Recorded[ApplicationWithdrawn]) -> CloseCase:
    """Taken back, the only member dead, or moved away."""
    return CloseCase(recorded.fact.case, recorded.fact.kind)


def member_died(recorded: Recorded[MemberDied]) -> ChangeHousehold:
    """Whoever is left goes on, and is surveyed anew."""
    return ChangeHousehold(recorded.fact)


REACTIONS = (
    *(Reaction("gateway", fact, rows=rows) for fact, rows in AUTHORITY_PROJECTIONS.items()),
    Reaction("intake", ApplicationAccepted, command=accepted),
    Reaction("intake", MemberDied, command=member_died),
    Reaction("intake", ApplicationWithdrawn, command=withdrawn),
)
