"""Who investigates, and in which way (57号 Art 16): the same for a visit and among neighbours."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.review.domain.state import Open
from services.review.refusals import (
    ProxyStandsApart,
    RecorderNotVisitor,
    RemoteNotAllowed,
    VisitAlone,
    VisitDayWrong,
    VisitorIsRelative,
    VisitorNotAppointed,
    VisitorTwice,
)
from shared.context import Context

IN_PERSON = "IN_PERSON"
WAYS = (IN_PERSON, "TELEPHONE", "VIDEO")
REMOTE = "survey.remote_allowed"


@dataclass(frozen=True, slots=True)
class VisitorsOnRecord:
    """What the rows say of the visitors, as of the day of the visit; ids of officers.

    `aides` assist from the village committees (57号 Art 16); `relatives` belong to the household
    or have filed one of it as a close relative. `proxies` applied in its place. `also_known_as`:
    officer → other ids of the same person, where there are any.
    """

    case_officers: frozenset[str]
    aides: frozenset[str]
    relatives: frozenset[str]
    proxies: frozenset[str] = frozenset()
    also_known_as: Mapping[str, frozenset[str]] = field(default_factory=dict)


def require_day(state: Open, day: date, context: Context) -> None:
    """From acceptance to today."""
    if not state.opened.accepted_on <= day <= context.today:
        raise VisitDayWrong("入户日期应在受理之后、不晚于今天。")


def require_company(visitors: tuple[str, ...], day: date, township: str, context: Context) -> None:
    """Distinct, enough, and whoever records it among them; an officer stood in for wasn't there."""
    there = set(visitors)
    if len(there) != len(visitors):
        raise VisitorTwice("同一调查人员重复填写。")
    if context.actor.officer not in there:
        raise RecorderNotVisitor("入户调查表应由参加调查的人员填写，您不在调查人员之列。")
    least = context.rules(day, township).number("survey.investigators_min")
    if len(there - {context.actor.acting_for}) < least:
        raise VisitAlone(f"每组调查人员不得少于 {least} 人（被代理人不计），请补足后重新入户。")


def require_proper(visitors: tuple[str, ...], on_record: VisitorsOnRecord) -> None:
    """Distinct persons, in office that day, one a case officer, none close to the household."""
    require_distinct(visitors, on_record.also_known_as)
    strangers = set(visitors) - on_record.case_officers - on_record.aides
    if strangers or on_record.case_officers.isdisjoint(visitors):
        raise VisitorNotAppointed(
            "调查人员入户当日应为本乡镇（街道）经办人或村（社区）协理员，且至少有一名经办人。"
        )
    if not on_record.relatives.isdisjoint(visitors):
        raise VisitorIsRelative(
            "调查人员中有该家庭成员本人或已备案的近亲属，应当回避，请换人入户。"
        )
    require_no_proxy(on_record.proxies, visitors)


def require_no_proxy(proxies: Collection[str], there: Collection[str]) -> None:
    """Who applied in the household's place comes along with none who look into it (57号 Art 6)."""
    if not set(proxies).isdisjoint(there):
        raise ProxyStandsApart("参加人员中有代该户提出申请的人，不能参与调查、评议，请换人。")


def require_distinct(visitors: Collection[str], also: Mapping[str, frozenset[str]]) -> None:
    """One person under two ids is one investigator (57号 Art 16: not fewer than two)."""
    if not all(also.get(one, frozenset()).isdisjoint(visitors) for one in visitors):
        raise VisitorTwice("调查人员中有两个工作编号属于同一人，应另请他人参加。")


def require_way(state: Open, way: str, day: date, context: Context) -> None:
    """Without contact only while an emergency is declared for the township (57号 Art 16)."""
    rules = context.policy.at(day, state.opened.township)
    if way != IN_PERSON and not rules.flag(REMOTE):
        raise RemoteNotAllowed(
            "只有发生重大突发事件并已宣布时，才可以电话、视频等方式调查；请上门调查。"
        )
