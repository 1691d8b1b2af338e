"""Officers: posts from a day to a day, stand-ins, filed relatives (PLAN 四; 57号 Art 11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from services.gateway.commands import (
    AppointFirstAdministrator,
    AppointOfficer,
    EndAppointment,
    FileCloseRelative,
    OfficerCommand,
    RecordDelegation,
)
from services.gateway.refusals import (
    NoPlaceForRole,
    NoSuchAppointment,
    NoSuchOfficer,
    NotCloseRelative,
    OfficerNumberMissing,
    OwnAppointment,
    OwnDelegation,
    OwnStandIn,
    PeriodBackwards,
    PersonKnownOtherwise,
    PostHeldAlready,
    RelativeKnown,
    SiteFounded,
)
from shared import resident_id
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.gateway import (
    AppointmentEnded,
    CloseRelativeFiled,
    DelegationRecorded,
    OfficerAppointed,
)
from shared.identity import named_id

IN_TOWNSHIP = ("VILLAGE_AIDE", "CASE_OFFICER", "TOWNSHIP_HEAD")
IN_VILLAGE = ("VILLAGE_AIDE",)
ACT = (*IN_TOWNSHIP, "CIVIL_AFFAIRS", "FINANCE", "BANK_DESK")  # on households or on money
CIRCLE = "relatives.circle"  # 57号 Art 11; 民法典 1045, which a province may widen


@dataclass(frozen=True, slots=True)
class Officer:
    """Posts by appointment; `relatives` are pseudonyms."""

    posts: dict[str, OfficerAppointed] = field(default_factory=dict)
    relatives: frozenset[str] = frozenset()
    township: str | None = None


def decide(state: Officer, command: OfficerCommand, context: Context) -> Decided:
    """Appoint, end, stand in, file."""
    match command:
        case AppointFirstAdministrator():
            return _first(command, context)
        case AppointOfficer():
            return _appoint(state, command, context)
        case EndAppointment():
            return _end(state, command)
        case RecordDelegation():
            return _delegate(state, command, context)
        case FileCloseRelative():
            return _file_relative(state, command, context)
        case _:
            assert_never(command)


def _first(command: AppointFirstAdministrator, context: Context) -> Decided:
    if context.gathered:
        raise SiteFounded("本站点已设立，请由现任管理员任命。")
    return [
        OfficerAppointed(
            appointment=named_id("post", context.command_id),
            officer=command.officer,
            officer_name=command.officer_name,
            post="系统管理员",
            role="ADMINISTRATOR",
            organisation=command.organisation,
            township=None,
            village=None,
            person=None,
            from_on=command.from_on,
        )
    ]


def _appoint(state: Officer, command: AppointOfficer, context: Context) -> Decided:
    _require_forward(command.from_on, command.to_on)
    if command.officer in context.ids:
        raise OwnAppointment("不能任命本人，请由其他管理员任命。")
    if command.role in IN_TOWNSHIP and command.township is None:
        raise NoPlaceForRole("乡镇（街道）职务应注明乡镇（街道）代码。")
    if command.role in IN_VILLAGE and command.village is None:
        raise NoPlaceForRole("村级职务应注明村（社区）。")
    for post in state.posts.values():
        same = (post.role, post.organisation) == (command.role, command.organisation)
        if same and _overlap(post, command):
            raise PostHeldAlready("该人员在此期间已任同一职务。")
    person = _person(command, context)
    _require_same_person(state, command.officer, person, context.gathered or {})
    return [
        OfficerAppointed(
            appointment=named_id("post", context.command_id),
            officer=command.officer,
            officer_name=command.officer_name,
            post=command.post,
            role=command.role,
            organisation=command.organisation,
            township=command.township,
            village=command.village,
            person=person,
            from_on=command.from_on,
            to_on=command.to_on,
        )
    ]


def _person(command: AppointOfficer, context: Context) -> str | None:
    """Known for everybody who acts on households or money (57号 Art 11; PLAN 二(一))."""
    if command.resident_id is None:
        if command.role in ACT:
            raise OfficerNumberMissing("任命办理低保业务或资金的职务，应登记本人身份证号码。")
        return None
    return context.pseudonym(resident_id.parse(command.resident_id, today=context.today).number)


def _require_same_person(
    state: Officer, officer: str, person: str | None, known: Mapping[str, str]
) -> None:
    """An id stands for one person and a person has one id; `known` is person → officer id."""
    if person is None:
        return
    if known.get(person, officer) != officer:
        raise PersonKnownOtherwise("该人员已有另一个工作编号，请使用原编号任命。")
    if any(post.person not in (None, person) for post in state.posts.values()):
        raise PersonKnownOtherwise("该工作编号属于另一人，请核对身份证号码。")


def _end(state: Officer, command: EndAppointment) -> Decided:
    post = state.posts.get(command.appointment)
    if post is None or (post.to_on is not None and post.to_on <= command.last_on):
        raise NoSuchAppointment("没有这项任职，或已经终止。")
    _require_forward(post.from_on, command.last_on)
    return [AppointmentEnded(command.appointment, command.last_on)]


def _delegate(state: Officer, command: RecordDelegation, context: Context) -> Decided:
    _require_forward(command.from_on, command.to_on)
    if command.delegate == command.delegator:
        raise OwnStandIn("不能授权给本人。")
    if command.delegate in context.ids:
        raise OwnDelegation("代理授权不能由代理人自己登记，请由其他管理员登记。")
    if not state.posts:
        raise NoSuchOfficer("委托人没有任职记录。")
    delegation = named_id("stand-in", context.command_id)
    return [
        DelegationRecorded(
            delegation,
            command.delegator,
            command.delegate,
            command.from_on,
            command.to_on,
            command.reason,
        )
    ]


def _file_relative(state: Officer, command: FileCloseRelative, context: Context) -> Decided:
    if not state.posts:
        raise NoSuchOfficer("该人员没有任职记录。")
    circle = context.rules(context.today, state.township).several(CIRCLE)
    if command.kinship.lower() not in circle:
        raise NotCloseRelative("这种亲属关系不在须备案的近亲属范围内（relatives.circle）。")
    number = resident_id.parse(command.resident_id, today=context.today).number
    person = context.pseudonym(number)
    if person in state.relatives:
        raise RelativeKnown("该近亲属已备案。")
    return [CloseRelativeFiled(command.officer, person, command.kinship)]


def _overlap(post: OfficerAppointed, command: AppointOfficer) -> bool:
    begins_in_time = command.to_on is None or post.from_on <= command.to_on
    return begins_in_time and (post.to_on is None or post.to_on >= command.from_on)


def _require_forward(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise PeriodBackwards("截止日期不能早于起始日期。")


def evolve(state: Officer, fact: Fact) -> Officer:
    """The officer after one more fact."""
    match fact:
        case OfficerAppointed():
            posts = {**state.posts, fact.appointment: fact}
            return replace(state, posts=posts, township=fact.township)
        case AppointmentEnded():
            ended = replace(state.posts[fact.appointment], to_on=fact.last_on)
            return replace(state, posts={**state.posts, fact.appointment: ended})
        case CloseRelativeFiled():
            return replace(state, relatives=state.relatives | {fact.person})
        case DelegationRecorded():
            return state
        case _:
            raise ValueError(fact.name)


def about(state: Officer) -> About:
    """An officer's township; their relatives are not whom an appointment is about."""
    return About(township=state.township)


OFFICER: Decider[Officer] = Decider(Officer(), decide, evolve, about)
