"""The limit to decide, extended once in special cases (特殊情况, 57号 Art 22; 83号 四(一))."""

from typing import Final

from services.review.commands import ExtendLimit
from services.review.domain.limits import NONE_KNOWN, limits_of
from services.review.domain.opening import ELSEWHERE
from services.review.domain.road import NoSuchExtension
from services.review.domain.state import Open
from services.review.domain.steps import OBJECTION, REASONS, Moment
from services.review.refusals import AlreadyExtended, LimitPassed, NoObjectionRaised, NotElsewhere
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import LimitExtended

DECIDE: Final = "decide"


def extend_limit(state: Open, command: ExtendLimit, context: Context) -> Decided:
    """Once, before it has passed, for a reason that the law of its acceptance lists."""
    if state.oversight.extended is not None:
        raise AlreadyExtended("办理期限只能延长一次，该事项已经延长。")
    if state.decide_by is not None and context.today > state.decide_by:
        raise LimitPassed(f"办理期限已于 {state.decide_by.isoformat()} 届满，不能再延长。")
    objected_on = state.oversight.objected_on
    if command.reason == OBJECTION and objected_on is None:
        raise NoObjectionRaised("没有人提出公示异议，不能以此延长期限。")
    opened = state.opened
    if command.reason in ELSEWHERE and command.reason not in opened.elsewhere:
        raise NotElsewhere("受理记录中没有人户分离或异地申办的情形，不能以此延长期限。")
    happened = {} if objected_on is None else {Moment.OBJECTION_RAISED: objected_on}
    limits = limits_of(context, opened.accepted_on, opened.township, happened, {command.reason})
    if limits is NONE_KNOWN:
        raise NoSuchExtension(f"{opened.accepted_on} 受理的申请没有可以延长的办理期限。")
    rules = context.policy.at(opened.accepted_on, opened.township)
    return [
        LimitExtended(
            case=command.case,
            reason=command.reason,
            extended_by=context.people,
            extended_on=context.today,
            decide_by=limits.due(DECIDE),
            rules=limits.versions(DECIDE) | rules.versions(REASONS),
        )
    ]
