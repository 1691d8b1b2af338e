"""The preliminary opinion (初审意见, 57号 Art 19): findings in, yes or no and an amount out."""

from services.review.commands import GivePreliminaryOpinion
from services.review.domain.assessment import Assessment, assess
from services.review.domain.standing import require_no_open_objection
from services.review.domain.state import Open
from services.review.refusals import (
    NotVerified,
    NotVisited,
    OpinionAboveFindings,
    OpinionBelowFindings,
)
from shared import months
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import PreliminaryOpinionGiven, VerificationReported
from shared.policy.model import PolicyOn

STANDARDS = {"RURAL": "standard.rural_month_fen", "URBAN": "standard.urban_month_fen"}
ROUNDING, MINIMUM = "allowance.rounding", "allowance.minimum_month_fen"
FIRST_MONTH, AGAIN = "payment.first_month_offset", "notice.again_after_objection"


def give_opinion(state: Open, command: GivePreliminaryOpinion, context: Context) -> Decided:
    """By the standard of the first month that could be paid; property is only recorded so far."""
    require_no_open_objection(state)
    _require_from_findings(state, command.monthly_income_fen)
    members_count = len(state.opened.members)
    rules = context.rules(months.first_day(first_month(context)))
    standard = STANDARDS[state.opened.category]
    found = _assess(rules, standard, command.monthly_income_fen, members_count)
    today = context.rules(context.today)
    return [
        PreliminaryOpinionGiven(
            case=command.case,
            given_by=context.people,
            given_on=context.today,
            eligible=found.eligible,
            members_count=members_count,
            monthly_income_fen=command.monthly_income_fen,
            standard_fen=rules.number(standard),
            allowance_fen=found.allowance_fen,
            reasons=found.reasons,
            notice_continues=_notice_continues(state, today),
            rules=rules.versions(standard, ROUNDING, MINIMUM) | today.versions(FIRST_MONTH, AGAIN),
        )
    ]


def first_month(context: Context) -> str:
    """The month that a decision of today is paid from (57号 Art 21: 下月)."""
    return months.month_after(context.today, context.rules(context.today).number(FIRST_MONTH))


def _assess(rules: PolicyOn, standard: str, income_fen: int, members_count: int) -> Assessment:
    return assess(
        income_fen=income_fen,
        members_count=members_count,
        standard_fen=rules.number(standard),
        rounding=rules.choice(ROUNDING),
        minimum_fen=rules.number(MINIMUM),
    )


def _require_from_findings(state: Open, income_fen: int) -> None:
    """The income is the visit's figure, the registers', or lies between: nobody makes up a third.

    Below both a household would be paid what no finding supports; above both it would be denied
    without one. Who knows better visits again or asks for verification again.
    """
    if state.visit is None:
        raise NotVisited("尚未入户调查，不能提出初审意见。")
    if not isinstance(state.verification, VerificationReported):
        raise NotVerified("信息核对结果尚未反馈，不能提出初审意见。")
    found = state.visit.monthly_income_fen, state.verification.monthly_income_fen
    if income_fen < min(found):
        raise OpinionBelowFindings(
            "初审认定收入低于入户调查和信息核对的结果，没有依据；请取其一或两者之间，或重新调查。"
        )
    if income_fen > max(found):
        raise OpinionAboveFindings(
            "初审认定收入高于入户调查和信息核对的结果，没有依据；请取其一或两者之间，或重新调查。"
        )


def _notice_continues(state: Open, rules: PolicyOn) -> bool:
    """After an answered objection the notice goes on, where policy doesn't ask for another.

    An opinion that replaces one that stands shows something new: it needs a notice of its own.
    """
    after_objection = state.notice is not None and state.opinion is None
    return after_objection and not rules.flag(AGAIN)
