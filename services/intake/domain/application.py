"""One application from its submission to its end: which command goes to which step."""

from collections.abc import Callable, Mapping
from typing import Any

from services.intake import commands as c
from services.intake.domain.accepting import accept, refuse, request_supplement, supply
from services.intake.domain.applying import case_id, submit
from services.intake.domain.ending import note_decision, report_death, withdraw
from services.intake.domain.state import (
    Accepted,
    Closed,
    NoApplication,
    Pending,
    State,
    about,
    evolve,
)
from services.intake.refusals import NoSuchApplication, NotPending
from shared.context import Context
from shared.deciding import Decided, Decider

__all__ = ["APPLICATION", "case_id"]

Step = Callable[[Any, Any, Context], Decided]

WHILE_PENDING: Mapping[type, Step] = {
    c.RequestSupplement: request_supplement,
    c.SupplyMaterials: supply,
    c.AcceptApplication: accept,
    c.RefuseAcceptance: refuse,
}
"""Steps of an application that waits for acceptance."""

AT_ANY_TIME: Mapping[type, Step] = {
    c.SubmitApplication: submit,
    c.WithdrawApplication: withdraw,
    c.ReportMemberDeath: report_death,
    c.NoteDecision: note_decision,
}
"""Steps that look for themselves where the application stands."""


def decide(state: State, command: c.Command, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    kind = type(command)
    if kind in WHILE_PENDING:
        return WHILE_PENDING[kind](pending(state), command, context)
    if kind in AT_ANY_TIME:
        return AT_ANY_TIME[kind](state, command, context)
    raise AssertionError(f"unreachable: no step for {kind.__name__}")


def pending(state: State) -> Pending:
    """The application, where it still waits for acceptance."""
    match state:
        case Pending():
            return state
        case NoApplication():
            raise NoSuchApplication("没有这个申请。")
        case Accepted() | Closed():
            raise NotPending("该申请已受理或已办结，不能再作此操作。")


APPLICATION: Decider[State] = Decider(NoApplication(), decide, evolve, about)
