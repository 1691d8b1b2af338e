"""An application's other ends: taken back, or decided by review."""

from services.intake.commands import NoteDecision, WithdrawApplication
from services.intake.domain.state import Accepted, Closed, NoApplication, Pending, State
from services.intake.refusals import AlreadyDecided, NoSuchApplication, NotPending
from shared.context import Context
from shared.deciding import Decided
from shared.facts.intake import ApplicationDecided, ApplicationWithdrawn


def withdraw(state: State, command: WithdrawApplication, context: Context) -> Decided:
    """Before a decision the household may take it back."""
    match state:
        case NoApplication():
            raise NoSuchApplication("没有这个申请。")
        case Closed(outcome="CONFIRMED" | "DECLINED" | "ENDED"):
            raise AlreadyDecided("该申请已作出决定，不能撤回。")
        case Closed():
            raise NotPending("该申请已经办结。")
        case Pending() | Accepted():
            return [ApplicationWithdrawn(command.case, command.reason, context.today)]


def note_decision(state: State, command: NoteDecision, _context: Context) -> Decided:
    """Review's word ends the application here; what is closed already stays as it is."""
    match state:
        case Accepted():
            return [ApplicationDecided(command.case, command.outcome, command.decided_on)]
        case Closed(outcome="CONFIRMED" | "WITHDRAWN") if command.outcome != state.outcome:
            return [ApplicationDecided(command.case, command.outcome, command.decided_on)]
        case NoApplication() | Pending() | Closed():
            return []
