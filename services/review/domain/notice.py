"""The public notice (公示, 57号 Art 19; 83号 四(二))."""

from services.review.commands import ClosePublicNotice, PostPublicNotice
from services.review.domain.counting import NOTICE_DAYS, NOTICE_ON_REST_DAY, notice_window
from services.review.domain.limits import rules_of
from services.review.domain.standing import require_no_open_objection
from services.review.domain.state import Open
from services.review.refusals import (
    NoEligibleOpinion,
    NoticeNotOpen,
    NoticeRunning,
    NoticeStands,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import (
    PreliminaryOpinionGiven,
    PublicNoticeClosed,
    PublicNoticePosted,
    ShownName,
)


def post_notice(state: Open, command: PostPublicNotice, context: Context) -> Decided:
    """Put up today: the applicant's name, how many they are, how much (57号 Art 24)."""
    opinion = eligible_opinion(state)
    if state.notice is not None:
        raise NoticeStands("该初审意见已经公示，无须重复张贴。")
    require_no_open_objection(state)
    rules = rules_of(context, state.opened.accepted_on, state.opened.township)
    window = notice_window(rules, context.calendar, context.today)
    household = state.opened.personal
    return [
        PublicNoticePosted(
            case=command.case,
            notice=state.notices_count + 1,
            place=command.place,
            posted_by=context.people,
            posted_on=context.today,
            last_day_on=window.last_day_on,
            next_step_on=window.next_step_on,
            members_count=opinion.members_count,
            allowance_fen=opinion.allowance_fen,
            rules=rules.versions(NOTICE_DAYS, NOTICE_ON_REST_DAY),
            calendar=context.calendar.version,
            personal=ShownName(household.applicant_name) if household else None,
        )
    ]


def close_notice(state: Open, command: ClosePublicNotice, context: Context) -> Decided:
    """Closed once its days are over and nobody waits for an answer."""
    posted = running_notice(state)
    if context.today < posted.next_step_on:
        raise NoticeRunning(f"公示期未满，{posted.next_step_on.isoformat()} 起方可办理下一步。")
    require_no_open_objection(state)
    return [PublicNoticeClosed(command.case, posted.notice, context.today)]


def running_notice(state: Open) -> PublicNoticePosted:
    """The notice that is up and not closed yet."""
    if not isinstance(state.notice, PublicNoticePosted):
        raise NoticeNotOpen("当前没有正在进行的公示。")
    return state.notice


def eligible_opinion(state: Open) -> PreliminaryOpinionGiven:
    """The opinion that stands, where it says that the household qualifies."""
    if state.opinion is None or not state.opinion.eligible:
        raise NoEligibleOpinion("没有有效的“符合条件”初审意见，请先提出（或重新提出）初审意见。")
    return state.opinion
