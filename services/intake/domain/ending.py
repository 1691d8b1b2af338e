"""What ends or changes an application before a decision; and review's decision."""

from datetime import date
from typing import assert_never

from services.intake.commands import (
    Account,
    NoteDecision,
    ReportMemberDeath,
    WithdrawApplication,
)
from services.intake.domain.applying import payee_of
from services.intake.domain.state import Accepted, Closed, NoApplication, Pending, State
from services.intake.refusals import (
    AlreadyDecided,
    ApplicantDied,
    ApplicantNotMember,
    HappenedInFuture,
    MembersRemain,
    NoMemberRemains,
    NoSuchApplication,
    NotAMember,
    NotPending,
    PayeeDied,
)
from shared import resident_id
from shared.context import Context
from shared.deciding import Decided
from shared.facts.intake import ApplicationDecided, ApplicationWithdrawn, Household, MemberDied
from shared.facts.people import NamedMember, Payee
from shared.facts.words import Withdrawal


def withdraw(state: State, command: WithdrawApplication, context: Context) -> Decided:
    """Before a decision: taken back, moved away, or nobody is left who could be supported."""
    before = before_decision(state)
    happened_on = _past(command.happened_on or context.today, context)
    if command.kind == Withdrawal.SOLE_MEMBER_DIED and len(before.people.members) > 1:
        raise MembersRemain("该户还有其他共同生活的家庭成员，请登记成员死亡，申请继续办理。")
    return [
        ApplicationWithdrawn(command.case, command.reason, context.today, command.kind, happened_on)
    ]


def report_death(state: State, command: ReportMemberDeath, context: Context) -> Decided:
    """The others go on; where the dead member applied or was to be paid, another one does."""
    people = before_decision(state).people
    died_on = _past(command.died_on, context)
    person = context.pseudonym(_number(command.resident_id, context))
    members = tuple(member for member in people.members if member.person != person)
    if len(members) == len(people.members):
        raise NotAMember("该人不是这个申请的共同生活家庭成员，或者已经登记死亡。")
    if not members:
        raise NoMemberRemains("该户已没有其他家庭成员，请以唯一成员死亡终结申请。")
    applicant = _applicant(command.applicant, people.applicant, person, context)
    if applicant not in {member.person for member in members}:
        raise ApplicantNotMember("申请人应为共同生活的家庭成员。")
    named = _remaining(people.named, person, applicant, command.account, context)
    return [MemberDied(command.case, person, died_on, context.today, applicant, members, named)]


def before_decision(state: State) -> Pending | Accepted:
    """The application, where nothing has been decided yet."""
    match state:
        case Pending() | Accepted():
            return state
        case NoApplication():
            raise NoSuchApplication("没有这个申请。")
        case Closed(outcome="CONFIRMED" | "DECLINED" | "ENDED"):
            raise AlreadyDecided("该申请已作出决定，不能再作此操作。")
        case Closed():
            raise NotPending("该申请已经办结。")
        case _:
            assert_never(state)


def note_decision(state: State, command: NoteDecision, _context: Context) -> Decided:
    """Review's word ends the application here; what is closed already stays as it is."""
    match state:
        case Accepted():
            return [ApplicationDecided(command.case, command.outcome, command.decided_on)]
        case Closed(outcome="CONFIRMED" | "WITHDRAWN") if command.outcome != state.outcome:
            return [ApplicationDecided(command.case, command.outcome, command.decided_on)]
        case NoApplication() | Pending() | Closed():
            return []


def _past(day: date, context: Context) -> date:
    if day > context.today:
        raise HappenedInFuture("发生日期不能晚于今天。")
    return day


def _applicant(chosen: str | None, before: str, dead: str, context: Context) -> str:
    if chosen is not None:
        return context.pseudonym(_number(chosen, context))
    if before == dead:
        raise ApplicantDied("申请人已经死亡，请由家庭另行确定一名共同生活的家庭成员作为申请人。")
    return before


def _remaining(
    named: Household | None, dead: str, applicant: str, account: Account | None, context: Context
) -> Household | None:
    """The sealed part of those who go on; None where their key is destroyed."""
    if named is None:
        return None
    members = tuple(member for member in named.members if member.person != dead)
    [name] = [member.name for member in members if member.person == applicant]
    payee = payee_of(account, members, context.today) or _still_paid(named.payee, members)
    return Household(name, members, named.phone, named.address, payee)


def _still_paid(payee: Payee | None, members: tuple[NamedMember, ...]) -> Payee | None:
    if payee and payee.resident_id not in {member.resident_id for member in members}:
        raise PayeeDied("收款账户是死亡成员的账户，请提供其他共同生活家庭成员的账户。")
    return payee


def _number(text: str, context: Context) -> str:
    return resident_id.parse(text, today=context.today).number
