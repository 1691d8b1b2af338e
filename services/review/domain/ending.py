"""After a decision: the written notice (57号 Art 21, 29), and the end of an allowance."""

from services.review.commands import ServeWrittenNotice, TerminateAllowance
from services.review.domain.appeal import Organ, RoadsOfAppeal, roads_of_appeal
from services.review.domain.decision import LEGAL_BASIS, OWN
from services.review.domain.standing import confirmed
from services.review.domain.state import Declined, State
from services.review.refusals import AlreadyServed, NotDeclined
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import (
    AllowanceTerminated,
    EligibilityDeclined,
    ProcedureTerminated,
    WrittenNoticeServed,
)
from shared.months import month_after

TERMINATION_REASONS = ("DEATH", "OWN_WISH", "MOVED", "INCOME_OVER")


def serve_notice(state: State, command: ServeWrittenNotice, context: Context) -> Decided:
    """The reasons in writing, with the roads of appeal and their last days (649号 Art 65)."""
    if not isinstance(state, Declined):
        raise NotDeclined("该事项没有不予确认或终止程序的决定，无须送达书面告知。")
    if state.served:
        raise AlreadyServed("书面告知已经送达。")
    roads = _roads(state, context)
    return [
        WrittenNoticeServed(
            case=command.case,
            served_on=context.today,
            way=command.way,
            reasons=state.decision.reasons,
            respondent=roads.respondent,
            bodies=roads.bodies,
            reconsideration_days=roads.reconsideration_days,
            reconsider_until=roads.reconsider_until,
            litigation_months=roads.litigation_months,
            sue_until=roads.sue_until,
            sue_after_days=roads.sue_after_days,
            rules=roads.rules,
        )
    ]


def _roads(state: Declined, context: Context) -> RoadsOfAppeal:
    """By the law of today; in whose name it was decided, by the day of the decision."""
    match state.decision:
        case EligibilityDeclined(organ=who, declined_on=day):
            organ = Organ(who)
        case ProcedureTerminated(terminated_on=day):  # Art 29 names the township itself
            organ = Organ.TOWNSHIP
    township = state.about.township
    decided = context.policy.at(day, township)
    legal_form = OWN if organ is Organ.BUREAU else decided.choice(LEGAL_BASIS).upper()
    rules = context.policy.at(context.today, township)
    return roads_of_appeal(rules, context.calendar, organ, legal_form, context.today)


def terminate(state: State, command: TerminateAllowance, context: Context) -> Decided:
    """Stopped from the month after the decision; what was paid until then stays paid."""
    decision = confirmed(state).confirmed
    return [
        AllowanceTerminated(
            case=command.case,
            household=decision.household,
            programme=decision.programme,
            reason=command.reason,
            decided_by=context.people,
            decided_on=context.today,
            stops_from=month_after(context.today),
        )
    ]
