"""The public notice (公示, 57号 Art 19; 83号 四(二))."""

from services.review.commands import ClosePublicNotice, PostPublicNotice
from services.review.domain.counting import NOTICE_DAYS, NOTICE_ON_REST_DAY, notice_window
from services.review.domain.limits import rules_of
from services.review.domain.standing import BUREAU, require_no_open_objection
from services.review.domain.state import Open
from services.review.domain.steps import SECOND_NOTICE
from services.review.refusals import (
    FileNotSent,
    NoEligibleOpinion,
    NoticeNotClosed,
    NoticeNotOpen,
    NoticeRunning,
    NoticeStands,
    SecondNoticeDue,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import (
    PreliminaryOpinionGiven,
    PublicNoticeClosed,
    PublicNoticePosted,
    ShownName,
)

OPINION, DECISION = "OPINION", "DECISION"


def post_notice(state: Open, command: PostPublicNotice, context: Context) -> Decided:
    """Put up today: the applicant's name, how many they are, how much (57号 Art 24)."""
    opinion = eligible_opinion(state)
    stage = _stage(state, context)
    require_no_open_objection(state)
    rules = rules_of(context, state.opened.accepted_on, state.opened.township)
    window = notice_window(rules, context.calendar, context.today)
    household = state.opened.personal
    return [
        PublicNoticePosted(
            case=command.case,
            notice=state.notices_count + 1,
            stage=stage,
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
    return [PublicNoticeClosed(command.case, posted.notice, posted.stage, context.today)]


def require_notice_ran(state: Open, context: Context) -> None:
    """Its days are over and it is closed; under 220号 Art 29 the second one's, too."""
    match state.notice:
        case PublicNoticeClosed(stage=stage):
            if stage != DECISION and _second_asked(state, context):
                raise SecondNoticeDue("作出决定前还应将拟批准的结果再公示一次。")
        case PublicNoticePosted(next_step_on=day) if context.today < day:
            raise NoticeRunning(f"公示期未满，{day.isoformat()} 起方可办理下一步。")
        case _:
            raise NoticeNotClosed("尚未公示，或公示期满后尚未结束公示，不能确认。")


def _stage(state: Open, context: Context) -> str:
    """The opinion's notice, then the decision's (220号 Art 29), after the bureau's opinion."""
    if state.notice is None:
        return OPINION
    first_ran = isinstance(state.notice, PublicNoticeClosed) and state.notice.stage == OPINION
    if not first_ran or not _second_asked(state, context):
        raise NoticeStands("该意见已经公示，无须重复张贴。")
    if state.opened.organ == BUREAU and state.oversight.bureau_opinion is None:
        raise FileNotSent("民政局尚未提出审批意见，不能再次公示。")
    return DECISION


def _second_asked(state: Open, context: Context) -> bool:
    rules = rules_of(context, state.opened.accepted_on, state.opened.township)
    return rules.knows(SECOND_NOTICE) and rules.flag(SECOND_NOTICE)


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
