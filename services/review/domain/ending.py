"""After a decision: the written notice (57号 Art 21, 29), and the end of an allowance."""

from datetime import date

from services.review.commands import ServeWrittenNotice, TerminateAllowance
from services.review.domain.appeal import Organ, RoadsOfAppeal, roads_of_appeal
from services.review.domain.decision import LEGAL_BASIS
from services.review.domain.limits import rules_of
from services.review.domain.standing import confirmed
from services.review.domain.state import Declined, State
from services.review.domain.steps import DEVOLVED
from services.review.refusals import AlreadyServed, NotDeclined
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import (
    AllowanceTerminated,
    EligibilityDeclined,
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
    """By the law of today; who decided by acceptance, in whose name by the day of the decision."""
    township = state.about.township or ""
    accepted = rules_of(context, state.accepted_on, township)
    devolved = accepted.knows(DEVOLVED) and accepted.flag(DEVOLVED)
    organ = Organ.TOWNSHIP if devolved else Organ.BUREAU
    decided = context.policy.at(_decided_on(state), township)
    legal_form = decided.choice(LEGAL_BASIS).upper() if devolved else ""
    rules = context.policy.at(context.today, township)
    return roads_of_appeal(rules, context.calendar, organ, legal_form, context.today)


def _decided_on(state: Declined) -> date:
    decision = state.decision
    if isinstance(decision, EligibilityDeclined):
        return decision.declined_on
    return decision.terminated_on


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
