"""What every step asks first: is the case open, may it go on, who stands apart."""

from services.review.domain.state import (
    Closed,
    Confirmed,
    Declined,
    NoCase,
    Open,
    State,
    Terminated,
)
from services.review.domain.steps import DEVOLVED
from services.review.refusals import (
    AlreadyDecided,
    AlreadyTerminated,
    CaseIsClosed,
    DevolvedToTownship,
    InvestigatorConfirms,
    NoSuchCase,
    NotConfirmed,
    NotDevolved,
    ObjectionOpen,
    ProxyStandsApart,
    ReinvestigationDue,
)
from shared.context import Context
from shared.policy.model import PolicyOn

TOWNSHIP, BUREAU = "TOWNSHIP", "BUREAU"


def under_review(state: State) -> Open:
    """The case, where it is still open."""
    match state:
        case Open():
            return state
        case NoCase():
            raise NoSuchCase("没有这个审核事项，请核对编号；刚受理的申请请稍后再试。")
        case Closed():
            raise CaseIsClosed("申请已撤回，审核已终止，不能再作此操作。")
        case Confirmed() | Declined() | Terminated():
            raise AlreadyDecided("该事项已作出决定，不能再作此操作。")


def confirmed(state: State) -> Confirmed:
    """The family in payment."""
    family = once_confirmed(state)
    if isinstance(family, Terminated):
        raise AlreadyTerminated("该户已经停发。")
    return family


def once_confirmed(state: State) -> Confirmed | Terminated:
    """The family in payment, or stopped since."""
    if not isinstance(state, Confirmed | Terminated):
        raise NotConfirmed("该事项尚未确认享受，不能作此操作。")
    return state


def require_no_open_objection(state: Open) -> None:
    """Nothing goes on while an objection waits for its answer (57号 Art 19)."""
    if state.objections:
        raise ObjectionOpen("尚有公示异议未答复，请重新入户调查并答复后再办理。")


def require_revisited(state: Open) -> None:
    """No opinion before the new visit that the bureau, a complaint or the appraisal asked for."""
    if state.oversight.visit_asked_on is not None:
        raise ReinvestigationDue("须先重新入户调查，再提出初审意见。")


def require_apart(state: Open | Confirmed, context: Context) -> None:
    """Who investigated doesn't decide: by person, delegation included in both directions."""
    if not state.hands.isdisjoint(context.ids):
        raise InvestigatorConfirms(
            "您（或您代理的人）参与过本户的调查、初审、公示或投诉核查，不能再作决定，请由他人办理。"
        )


def require_not_proxy(state: Open | Confirmed, context: Context) -> None:
    """Who asked in the household's place doesn't judge what they asked for (57号 Art 6).

    No text says so; PLAN 二(一) (权责一致) is read so. By person, where the person is known.
    """
    if state.proxy in context.behind.persons:
        raise ProxyStandsApart(
            "您（或您代理的人）代该户提出了申请，不能参与本户的调查和审核确认，请由他人办理。"
        )


def is_devolved(rules: PolicyOn) -> bool:
    """Whether the power to confirm is the township's on that day (57号 Art 2; PLAN)."""
    return rules.knows(DEVOLVED) and rules.flag(DEVOLVED)


def require_organ(state: Open, organ: str) -> None:
    """Who decides was settled on the day of acceptance (57号 Art 2; PLAN)."""
    if state.opened.organ == organ:
        return
    if organ == TOWNSHIP:
        raise NotDevolved("本申请受理时审核确认权限尚未下放，应报送区民政局决定。")
    raise DevolvedToTownship("本申请的审核确认权限已经下放，由乡镇（街道）办理，不须报送。")
