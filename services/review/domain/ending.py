"""After a decision: the written notice of reasons (57号 Art 21), and the end of an allowance."""

from services.review.commands import ServeWrittenNotice, TerminateAllowance
from services.review.domain.state import Confirmed, Declined, State, Terminated
from services.review.refusals import AlreadyServed, AlreadyTerminated, NotConfirmed, NotDeclined
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import AllowanceTerminated, WrittenNoticeServed
from shared.months import month_after

TERMINATION_REASONS = ("DEATH", "OWN_WISH", "MOVED", "INCOME_OVER")
RECONSIDERATION, LITIGATION = "appeal.reconsideration_calendar_days", "appeal.litigation_months"


def serve_notice(state: State, command: ServeWrittenNotice, context: Context) -> Decided:
    """The reasons in writing, with the roads of appeal and their days (649号 Art 65)."""
    if not isinstance(state, Declined):
        raise NotDeclined("该事项没有不予确认的决定，无须送达书面告知。")
    if state.served:
        raise AlreadyServed("书面告知已经送达。")
    rules = context.rules(context.today)
    return [
        WrittenNoticeServed(
            case=command.case,
            served_on=context.today,
            way=command.way,
            reconsideration_days=rules.number(RECONSIDERATION),
            litigation_months=rules.number(LITIGATION),
            rules=rules.versions(RECONSIDERATION, LITIGATION),
        )
    ]


def terminate(state: State, command: TerminateAllowance, context: Context) -> Decided:
    """Stopped from the month after the decision; what was paid until then stays paid."""
    if isinstance(state, Terminated):
        raise AlreadyTerminated("该户已经停发。")
    if not isinstance(state, Confirmed):
        raise NotConfirmed("该事项尚未确认享受，不存在停发。")
    confirmed = state.confirmed
    return [
        AllowanceTerminated(
            case=command.case,
            household=confirmed.household,
            programme=confirmed.programme,
            reason=command.reason,
            decided_by=context.people,
            decided_on=context.today,
            stops_from=month_after(context.today),
        )
    ]
