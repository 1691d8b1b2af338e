"""REACTIONS: what review does when another house says something."""

from services.review.commands import CloseCase, OpenCase
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.carrying.reaction import Reaction
from shared.codec import Recorded
from shared.facts.intake import ApplicationAccepted, ApplicationWithdrawn


def accepted(recorded: Recorded[ApplicationAccepted]) -> OpenCase:
    """The case opens, its limits run (57号 Art 15, 22)."""
    return OpenCase(recorded.fact)


def withdrawn(recorded: Recorded[ApplicationWithdrawn]) -> CloseCase:
    """The household doesn't want it any more."""
    return CloseCase(recorded.fact.case)


REACTIONS = (
    *(Reaction("gateway", fact, rows=rows) for fact, rows in AUTHORITY_PROJECTIONS.items()),
    Reaction("intake", ApplicationAccepted, command=accepted),
    Reaction("intake", ApplicationWithdrawn, command=withdrawn),
)
