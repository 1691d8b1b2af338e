"""REACTIONS: what intake does when another house says something."""

from services.intake.commands import NoteDecision
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.carrying.reaction import Reaction
from shared.codec import Recorded
from shared.facts.review import (
    AllowanceTerminated,
    EligibilityConfirmed,
    EligibilityDeclined,
    ProcedureTerminated,
)


def confirmed(recorded: Recorded[EligibilityConfirmed]) -> NoteDecision:
    """The household is in payment: its members stay bound to this application."""
    return NoteDecision(recorded.fact.case, "CONFIRMED", recorded.fact.confirmed_on)


def declined(recorded: Recorded[EligibilityDeclined]) -> NoteDecision:
    """Declined: its members may apply again."""
    return NoteDecision(recorded.fact.case, "DECLINED", recorded.fact.declined_on)


def procedure_ended(recorded: Recorded[ProcedureTerminated]) -> NoteDecision:
    """Ended for want of cooperation (57号 Art 29): its members may apply again."""
    return NoteDecision(recorded.fact.case, "DECLINED", recorded.fact.terminated_on)


def terminated(recorded: Recorded[AllowanceTerminated]) -> NoteDecision:
    """Stopped: its members may apply again."""
    return NoteDecision(recorded.fact.case, "ENDED", recorded.fact.decided_on)


REACTIONS = (
    *(Reaction("gateway", fact, rows=rows) for fact, rows in AUTHORITY_PROJECTIONS.items()),
    Reaction("review", EligibilityConfirmed, command=confirmed),
    Reaction("review", EligibilityDeclined, command=declined),
    Reaction("review", ProcedureTerminated, command=procedure_ended),
    Reaction("review", AllowanceTerminated, command=terminated),
)
