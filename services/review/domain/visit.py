"""The household visit (入户调查, 57号 Art 16(1))."""

from dataclasses import dataclass

from services.review.commands import RecordHouseholdVisit
from services.review.domain.state import Open
from services.review.refusals import (
    MembersDiffer,
    RecorderNotVisitor,
    VisitAlone,
    VisitDayWrong,
    VisitorIsRelative,
    VisitorNotAppointed,
    VisitorTwice,
)
from shared.context import Context
from shared.deciding import Decided
from shared.facts.review import HouseholdVisited


@dataclass(frozen=True, slots=True)
class VisitorsOnRecord:
    """What the rows say of the visitors, as of the day of the visit; ids of officers.

    `aides` assist from the village committees (57号 Art 16); `relatives` belong to the household
    or have filed one of it as a close relative.
    """

    case_officers: frozenset[str]
    aides: frozenset[str]
    relatives: frozenset[str]


def record_visit(state: Open, command: RecordHouseholdVisit, context: Context) -> Decided:
    """Two or more went, each in office that day, none close to the household."""
    _require_day(state, command, context)
    _require_company(command, context)
    _require_proper(command.visitors, context.gathered)
    if command.members_count != len(state.opened.members):
        raise MembersDiffer(
            f"申请家庭共 {len(state.opened.members)} 人，与调查人数不符；"
            "应整户审核，人口有变化的请先核实更正。"
        )
    return [
        HouseholdVisited(
            case=command.case,
            visitors=command.visitors,
            recorded_by=context.people,
            visited_on=command.visited_on,
            signed_by_member=command.signed_by_member,
            members_count=command.members_count,
            monthly_income_fen=command.monthly_income_fen,
            property_fen=command.property_fen,
        )
    ]


def _require_day(state: Open, command: RecordHouseholdVisit, context: Context) -> None:
    if not state.opened.accepted_on <= command.visited_on <= context.today:
        raise VisitDayWrong("入户日期应在受理之后、不晚于今天。")


def _require_company(command: RecordHouseholdVisit, context: Context) -> None:
    """Distinct, enough, and whoever records it among them; an officer stood in for wasn't there."""
    there = set(command.visitors)
    if len(there) != len(command.visitors):
        raise VisitorTwice("同一调查人员重复填写。")
    if context.actor.officer not in there:
        raise RecorderNotVisitor("入户调查表应由参加调查的人员填写，您不在调查人员之列。")
    least = context.rules(command.visited_on).number("survey.investigators_min")
    if len(there - {context.actor.acting_for}) < least:
        raise VisitAlone(f"每组调查人员不得少于 {least} 人（被代理人不计），请补足后重新入户。")


def _require_proper(visitors: tuple[str, ...], on_record: VisitorsOnRecord) -> None:
    strangers = set(visitors) - on_record.case_officers - on_record.aides
    if strangers or on_record.case_officers.isdisjoint(visitors):
        raise VisitorNotAppointed(
            "调查人员入户当日应为本乡镇（街道）经办人或村（社区）协理员，且至少有一名经办人。"
        )
    if not on_record.relatives.isdisjoint(visitors):
        raise VisitorIsRelative(
            "调查人员中有该家庭成员本人或已备案的近亲属，应当回避，请换人入户。"
        )
