"""The preliminary opinion (初审意见, 57号 Art 19): findings in, yes or no and an amount out."""

from services.review.commands import GivePreliminaryOpinion
from services.review.domain.appraisal import require_appraised
from services.review.domain.assessing.judging import judge
from services.review.domain.assessing.outcome import Outcome
from services.review.domain.means import household_of
from services.review.domain.mismatch import require_mismatch_told
from services.review.domain.standing import require_no_open_objection, require_revisited
from services.review.domain.state import Open
from services.review.domain.verification import incomes_verified, require_verified
from services.review.refusals import (
    NotVisited,
    OpinionAboveFindings,
    OpinionBelowFindings,
    OpinionNotOfMeans,
    OpinionOutdated,
    PropertySinceOpinion,
)
from shared import months
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import PreliminaryOpinionGiven, PublicNoticePosted, ReckoningStep
from shared.policy.model import PolicyOn

FIRST_MONTH, AGAIN = "payment.first_month_offset", "notice.again_after_objection"


def give_opinion(state: Open, command: GivePreliminaryOpinion, context: Context) -> Decided:
    """The whole judgement of `yingbao assess`, by the rules of the first month that could be paid.

    Raises what `judge` raises, too: an officer's question that the law can't answer as it stands.
    """
    require_no_open_objection(state)
    require_revisited(state)
    require_appraised(state, context)
    _require_from_findings(state, command.monthly_income_fen)
    found = _judged(state, command.monthly_income_fen, context)
    if not found.eligible:
        require_mismatch_told(state)
    return [_opinion(state, command, found, context)]


def _judged(state: Open, income_fen: int, context: Context) -> Outcome:
    """By the rules of the first month that a decision of today is paid from."""
    month = first_month(context, state.opened.township)
    return judge(context.policy, household_of(state, income_fen), months.first_day(month))


def require_of_its_month(state: Open, context: Context) -> dict[str, str]:
    """The month of the benefit picks the standard (649号 Art 12; 57号 Art 21, 23).

    An opinion of an earlier month stands if the new month's rules say the same of the household;
    the versions of those that had to be asked. Raises OpinionOutdated, and what `judge` raises.
    """
    opinion = state.opinion
    if opinion is None or months.month_of(opinion.given_on) == months.month_of(context.today):
        return {}
    found = _judged(state, opinion.found_income_fen, context)
    counted = sum(one.counted for one in found.members)
    shown = (opinion.eligible, opinion.members_count, opinion.allowance_fen)
    if shown != (found.eligible, counted, found.allowance_fen):
        raise OpinionOutdated(
            "初审意见是以前月份作出的；按现在起发月份的标准和规定，结论、人数或金额不同，请重新提出初审意见。"
        )
    return _versions(found)


def _opinion(
    state: Open, command: GivePreliminaryOpinion, found: Outcome, context: Context
) -> PreliminaryOpinionGiven:
    today = context.rules(context.today, state.opened.township)
    return PreliminaryOpinionGiven(
        case=command.case,
        given_by=context.people,
        given_on=context.today,
        eligible=found.eligible,
        verge=found.verge,
        members_count=sum(one.counted for one in found.members),
        found_income_fen=command.monthly_income_fen,
        monthly_income_fen=found.income_fen,
        standard_fen=found.standard_fen,
        allowance_fen=found.allowance_fen,
        uplift_fen=found.uplift_fen,
        reasons=() if found.eligible else _codes(found),
        steps=tuple(ReckoningStep(one.code, one.article, one.fen) for one in found.steps),
        may_apply_alone=tuple(one.member for one in found.may_apply_alone if one.member),
        notice_continues=_notice_continues(state, found, today),
        rules=_versions(found) | today.versions(FIRST_MONTH, AGAIN),
    )


def _codes(found: Outcome) -> tuple[str, ...]:
    """Each reason once, whomever it is about."""
    return tuple(dict.fromkeys(reason.code for reason in found.reasons))


def _versions(found: Outcome) -> dict[str, str]:
    return {rule.name: rule.version for rule in found.rules}


def first_month(context: Context, township: str) -> str:
    """The month that a decision of today is paid from (57号 Art 21: 下月)."""
    rules = context.rules(context.today, township)
    return months.month_after(context.today, rules.number(FIRST_MONTH))


def require_still_found(state: Open) -> None:
    """What was found since the opinion supports it still; else a new one is due (57号 Art 19)."""
    if state.opinion is None:
        return
    _require_from_findings(state, state.opinion.found_income_fen)
    if state.found_property != state.grounds:
        raise PropertySinceOpinion(
            "提出初审意见之后，入户调查或信息核对的财产情况有变化，请先据此重新提出初审意见。"
        )


def _require_from_findings(state: Open, income_fen: int) -> None:
    """The income is the visit's figure, the registers', or lies between: nobody makes up a third.

    Below both a household would be paid what no finding supports; above both it would be denied
    without one. Who knows better visits again or asks for verification again. Recorded means say
    what the income is made of: less than they come to can't be told apart by kind.
    """
    if state.visit is None:
        raise NotVisited("尚未入户调查，不能提出初审意见。")
    require_verified(state)
    found = (state.visit.monthly_income_fen, *incomes_verified(state))
    if income_fen < min(found):
        raise OpinionBelowFindings(
            "初审认定收入低于入户调查和信息核对的结果，没有依据；请取其一或两者之间，或重新调查。"
        )
    if income_fen > max(found):
        raise OpinionAboveFindings(
            "初审认定收入高于入户调查和信息核对的结果，没有依据；请取其一或两者之间，或重新调查。"
        )
    if state.means is not None and income_fen < state.means.monthly_income_fen:
        raise OpinionNotOfMeans(
            "初审认定收入低于已填写的各项收入合计；请先更正家庭经济状况，再提出初审意见。"
        )


def _notice_continues(state: Open, found: Outcome, rules: PolicyOn) -> bool:
    """After an answered objection the notice goes on, where policy doesn't ask for another.

    An opinion that replaces one that stands, or that means recorded since have set aside, or that
    comes to other numbers, shows something new: it needs a notice of its own.
    """
    up = state.notice
    if up is None or state.opinion is not None or state.grounds is not None or rules.flag(AGAIN):
        return False
    return isinstance(up, PublicNoticePosted) and found.eligible and _shown(up) == _to_show(found)


def _shown(notice: PublicNoticePosted) -> tuple[int, int]:
    return notice.members_count, notice.allowance_fen


def _to_show(found: Outcome) -> tuple[int, int]:
    return sum(one.counted for one in found.members), found.allowance_fen
