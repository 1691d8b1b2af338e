"""After a decision: the written notice (57号 Art 21, 29), and the end of an allowance."""

from services.review.commands import ServeWrittenNotice, TerminateAllowance, TerminateByBureau
from services.review.domain.appeal import Organ, RoadsOfAppeal, roads_of_appeal
from services.review.domain.decision import LEGAL_BASIS, OWN
from services.review.domain.standing import confirmed, is_devolved, require_apart, require_not_proxy
from services.review.domain.state import Confirmed, Declined, State
from services.review.refusals import (
    AlreadyServed,
    DevolvedToTownship,
    NotDeclined,
    NotDevolved,
)
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


def terminate(
    state: State, command: TerminateAllowance | TerminateByBureau, context: Context
) -> Decided:
    """Stopped from the month after the decision; what was paid until then stays paid.

    By somebody who had no hand in what was found of the family: who checks reports to who decides
    (57号 Art 31, 32; PLAN 二(一) 权责一致).
    """
    family = confirmed(state)
    decision = family.confirmed
    require_apart(family, context)
    require_not_proxy(family, context)
    _require_organ_of_today(family, command, context)
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


def _require_organ_of_today(
    family: Confirmed, command: TerminateAllowance | TerminateByBureau, context: Context
) -> None:
    """The bureau (57号 Art 31, 32), or the township since the power is its own (Art 2): PLAN hands
    it the management of all who receive (动态管理), also of those whom the bureau had confirmed.
    """
    devolved = is_devolved(context.policy.at(context.today, family.about.township))
    by_township = isinstance(command, TerminateAllowance)
    if by_township and not devolved:
        raise NotDevolved("本乡镇（街道）的审核确认权限未下放，应报区民政局决定停发。")
    if not by_township and devolved:
        raise DevolvedToTownship("审核确认和动态管理权限已经下放，由乡镇（街道）决定停发。")
