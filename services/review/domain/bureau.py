"""The bureau's part: its visit (57号 Art 20; 220号 Art 26), and the file where it decides itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.review.commands import GiveBureauOpinion, RecordBureauVisit, SendFileUp
from services.review.domain.investigators import require_company, require_distinct, require_no_proxy
from services.review.domain.limits import limits_of, rules_of
from services.review.domain.overseeing import CONTRADICTS, SUPPORTS
from services.review.domain.standing import (
    BUREAU,
    require_apart,
    require_no_open_objection,
    require_organ,
)
from services.review.domain.state import Open
from services.review.domain.steps import Moment
from services.review.refusals import (
    BureauVisitDue,
    FileAlreadySent,
    FileNotSent,
    InvestigatorVisits,
    NoOpinion,
    NoticeNotClosed,
    VisitDayWrong,
    VisitorIsRelative,
    VisitorNotOfBureau,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import (
    BureauOpinionGiven,
    BureauVisited,
    FileSentUp,
    Observed,
    PublicNoticeClosed,
)
from shared.policy.model import PolicyOn

VISIT_CONCLUSIONS: Final = (SUPPORTS, CONTRADICTS)
RELATIVE, COMPLAINT = "RELATIVE", "COMPLAINT"
EACH: Final = "spot_check.filed_relative_per_mille"
WHOLE: Final = 1_000  # per mille: every single one
OPINION: Final = "bureau_opinion"


@dataclass(frozen=True, slots=True)
class BureauOnRecord:
    """Who of the visitors was of the bureau that day, who is close to the household or applied for
    it, and under which other ids they are known: as for the township's (VisitorsOnRecord).
    """

    officers: frozenset[str]
    relatives: frozenset[str]
    proxies: frozenset[str] = frozenset()
    also_known_as: Mapping[str, frozenset[str]] = field(default_factory=dict)


def record_bureau_visit(state: Open, command: RecordBureauVisit, context: Context) -> Decided:
    """Two or more of the bureau went, none of whom had investigated for the township."""
    _require_day(state, command, context)
    require_company(command.visitors, command.visited_on, state.opened.township, context)
    on_record: BureauOnRecord = context.gathered
    there, also = set(command.visitors), on_record.also_known_as
    require_distinct(there, also)
    if there - on_record.officers:
        raise VisitorNotOfBureau("入户人员当日应为民政局工作人员。")
    if not on_record.relatives.isdisjoint(there):
        raise VisitorIsRelative("入户人员中有该家庭成员本人或已备案的近亲属，应当回避。")
    require_no_proxy(on_record.proxies, there)
    if not state.investigators.isdisjoint(there.union(*(also.get(one, ()) for one in there))):
        raise InvestigatorVisits("入户人员中有人参与过乡镇的调查或初审，应由他人入户。")
    return [
        BureauVisited(
            case=command.case,
            visitors=command.visitors,
            recorded_by=context.people,
            visited_on=command.visited_on,
            due_for=_due_for(state, context),
            conclusion=command.conclusion,
            personal=Observed(command.text),
        )
    ]


def require_bureau_visit(state: Open, context: Context) -> dict[str, str]:
    """Relatives and cases complained of are visited by the bureau first; devolution or not.

    The rule's version where it asked for a visit. 57号 Art 20 makes no exception for refusals.
    Gathered where it is decided: whether a tie was filed since the acceptance (57号 Art 11).
    """
    due_for = _due_for(state, context)
    if due_for and state.oversight.bureau_visit is None:
        raise BureauVisitDue(
            "单独登记备案或者收到投诉举报的申请，须由民政局入户调查后方可作出决定（57号第二十条）。"
        )
    return _rules(state, context).versions(EACH) if due_for else {}


def send_file_up(state: Open, command: SendFileUp, context: Context) -> Decided:
    """After the notice, or with an opinion against; the bureau's working days run (57号 Art 20)."""
    require_organ(state, BUREAU)
    require_no_open_objection(state)
    if state.oversight.sent_up is not None:
        raise FileAlreadySent("材料已经报送民政局。")
    if state.opinion is None:
        raise NoOpinion("没有有效的初审意见，不能报送。")
    if state.opinion.eligible and not isinstance(state.notice, PublicNoticeClosed):
        raise NoticeNotClosed("公示期满、结束公示后方可报送。")
    opened, received = state.opened, {Moment.FILE_RECEIVED: context.today}
    limits = limits_of(context, opened.accepted_on, opened.township, received)
    return [
        FileSentUp(
            case=command.case,
            sent_by=context.people,
            sent_on=context.today,
            opinion_by=limits.due(OPINION),
            rules=limits.versions(OPINION),
        )
    ]


def give_bureau_opinion(state: Open, command: GiveBureauOpinion, context: Context) -> Decided:
    """Agrees with the township, or sends the file back to be investigated anew."""
    require_apart(state, context)
    require_sent_up(state)
    if state.oversight.bureau_opinion is not None:
        raise FileAlreadySent("民政局已经对该材料提出意见。")
    require_bureau_visit(state, context)
    return [BureauOpinionGiven(command.case, context.people, context.today, command.agrees)]


def require_sent_up(state: Open) -> None:
    """The bureau decides on nothing that it wasn't sent."""
    require_organ(state, BUREAU)
    if state.oversight.sent_up is None:
        raise FileNotSent("乡镇（街道）尚未报送材料，民政局不能作出决定。")


def _require_day(state: Open, command: RecordBureauVisit, context: Context) -> None:
    """A visit before the newest complaint didn't look into it."""
    since = state.complaints.last_on or state.opened.accepted_on
    if not since <= command.visited_on <= context.today:
        raise VisitDayWrong("入户日期应在受理（及收到投诉举报）之后、不晚于今天。")


def _due_for(state: Open, context: Context) -> tuple[str, ...]:
    """By policy each of these cases; nobody has to where a pack says fewer than all."""
    rules = _rules(state, context)
    if not rules.knows(EACH) or rules.number(EACH) < WHOLE:
        return ()
    close = state.opened.relative_registered or context.gathered is True
    reasons = ((RELATIVE, close), (COMPLAINT, state.complaints.count))
    return tuple(reason for reason, holds in reasons if holds)


def _rules(state: Open, context: Context) -> PolicyOn:
    return rules_of(context, state.opened.accepted_on, state.opened.township)
