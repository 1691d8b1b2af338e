"""Deciding on an application: submit, supplement, accept or not, withdraw (57号 Art 4–11)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import assert_never

from services.intake.commands import (
    AcceptApplication,
    Account,
    Command,
    NoteDecision,
    RefuseAcceptance,
    RequestSupplement,
    SubmitApplication,
    SupplyMaterials,
    WithdrawApplication,
)
from services.intake.domain import materials
from services.intake.domain.state import (
    Accepted,
    Closed,
    NoApplication,
    Pending,
    State,
    about,
    evolve,
)
from services.intake.refusals import (
    AlreadyApplied,
    AlreadyAsked,
    AlreadyDecided,
    AppliedInFuture,
    AppliedLongAgo,
    HeadUnclear,
    MaterialsMissing,
    NoSuchApplication,
    NothingMissing,
    NothingSupplied,
    NotPending,
    PayeeNotMember,
    SamePersonTwice,
)
from shared import resident_id
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.facts.intake import (
    ApplicationAccepted,
    ApplicationDecided,
    ApplicationNotAccepted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    Household,
    MaterialsSupplemented,
    SupplementRequested,
    SuppliedPayee,
)
from shared.facts.people import Member, NamedMember, Payee
from shared.identity import named_id

HEAD = "HEAD"
EARLIEST_ON = date(2000, 1, 1)  # anything before is a slip of the pen


def case_id(context: Context) -> str:
    """A new case's number follows from the command that brings it."""
    return named_id("case", context.command_id)


def decide(state: State, command: Command, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case SubmitApplication():
            return submit(state, command, context)
        case RequestSupplement():
            return request_supplement(pending(state), context)
        case SupplyMaterials():
            return supply(pending(state), command, context)
        case AcceptApplication():
            return accept(pending(state), context)
        case RefuseAcceptance():
            return refuse(pending(state), command.reasons, context)
        case WithdrawApplication():
            return withdraw(state, command, context)
        case NoteDecision():
            return note_decision(state, command)
        case _:
            assert_never(command)


def submit(state: State, command: SubmitApplication, context: Context) -> Decided:
    """The household as it applied. Refused where a member already stands elsewhere."""
    if not isinstance(state, NoApplication):
        raise NotPending("该申请编号已存在。")
    if command.applied_on > context.today:
        raise AppliedInFuture("申请日期不能晚于今天。")
    if command.applied_on < EARLIEST_ON:
        raise AppliedLongAgo("申请日期过早，请核对年份。")
    named = _named_members(command, context)
    head = next(m for m, p in zip(named, command.members, strict=True) if p.relation == HEAD)
    _refuse_if_applied(context.gathered or {})
    payee = _payee(command.account, named, context.today)
    household = named_id("hh", head.person)
    came = materials.present(
        signed_authorisation=command.signed_authorisation,
        honesty_statement=command.honesty_statement,
        income_fen=command.monthly_income_fen,
        property_fen=command.property_fen,
        account=payee,
    )
    submitted = ApplicationSubmitted(
        case=case_id(context),
        household=household,
        programme=command.programme,
        category=command.category,
        township=command.township,
        village=command.village,
        applicant=head.person,
        members=tuple(
            Member(m.person, p.relation) for m, p in zip(named, command.members, strict=True)
        ),
        monthly_income_fen=command.monthly_income_fen,
        property_fen=command.property_fen,
        materials=came,
        submitted_on=command.applied_on,
        source=command.source,
        personal=Household(head.name, named, command.phone, command.address, payee),
    )
    return [submitted]


def request_supplement(state: Pending, context: Context) -> Decided:
    """One list of everything missing, told once (57号 Art 10)."""
    lacking = materials.missing(state.materials)
    if not lacking:
        raise NothingMissing("材料已齐全，请直接受理。")
    if state.asked is not None:
        raise AlreadyAsked("已一次性告知所缺材料，不得再次要求补正。")
    return [SupplementRequested(state.submitted.case, lacking, context.today)]


def supply(state: Pending, command: SupplyMaterials, context: Context) -> Decided:
    """What the household brought of what was missing."""
    members = state.submitted.personal.members if state.submitted.personal else ()
    payee = _payee(command.account, members, context.today)
    came = materials.present(
        signed_authorisation=command.signed_authorisation,
        honesty_statement=command.honesty_statement,
        income_fen=command.monthly_income_fen,
        property_fen=command.property_fen,
        account=payee,
    )
    fresh = tuple(m for m in came if m not in state.materials)
    if not fresh:
        raise NothingSupplied("没有收到所缺的材料。")
    income = command.monthly_income_fen if materials.Material.INCOME in fresh else None
    assets = command.property_fen if materials.Material.PROPERTY in fresh else None
    sealed = SuppliedPayee(payee) if materials.Material.ACCOUNT in fresh else None
    return [
        MaterialsSupplemented(state.submitted.case, fresh, income, assets, context.today, sealed)
    ]


def accept(state: Pending, context: Context) -> Decided:
    """Complete, so it is taken in; the limits of the law run from today (57号 Art 10, 22)."""
    lacking = materials.missing(state.materials)
    if lacking or state.income_fen is None or state.property_fen is None:
        raise MaterialsMissing(f"材料不齐，尚缺：{materials.titles(lacking)}。")
    submitted, household = state.submitted, state.submitted.personal
    return [
        ApplicationAccepted(
            case=submitted.case,
            household=submitted.household,
            programme=submitted.programme,
            category=submitted.category,
            township=submitted.township,
            village=submitted.village,
            applicant=submitted.applicant,
            members=submitted.members,
            monthly_income_fen=state.income_fen,
            property_fen=state.property_fen,
            accepted_on=context.today,
            personal=replace(household, payee=state.payee) if household else None,
        )
    ]


def refuse(state: Pending, reasons: tuple[str, ...], context: Context) -> Decided:
    """Not taken in. Missing materials count only after they were asked for (57号 Art 10)."""
    if "MATERIALS_NOT_SUPPLIED" in reasons and not (
        state.asked and materials.missing(state.materials)
    ):
        raise MaterialsMissing("未一次性告知所缺材料，或材料已齐，不得以材料不齐为由不予受理。")
    return [ApplicationNotAccepted(state.submitted.case, reasons, context.today)]


def withdraw(state: State, command: WithdrawApplication, context: Context) -> Decided:
    """Before a decision the household may take it back."""
    match state:
        case NoApplication():
            raise NoSuchApplication("没有这个申请。")
        case Closed(outcome="CONFIRMED" | "DECLINED" | "ENDED"):
            raise AlreadyDecided("该申请已作出决定，不能撤回。")
        case Closed():
            raise NotPending("该申请已经办结。")
        case Pending() | Accepted():
            return [ApplicationWithdrawn(command.case, command.reason, context.today)]


def note_decision(state: State, command: NoteDecision) -> Decided:
    """Review's word ends the application here; what is closed already stays as it is."""
    match state:
        case Accepted():
            return [ApplicationDecided(command.case, command.outcome, command.decided_on)]
        case Closed(outcome="CONFIRMED" | "WITHDRAWN") if command.outcome != state.outcome:
            return [ApplicationDecided(command.case, command.outcome, command.decided_on)]
        case NoApplication() | Pending() | Closed():
            return []


def pending(state: State) -> Pending:
    """The application, where it still waits for acceptance."""
    match state:
        case Pending():
            return state
        case NoApplication():
            raise NoSuchApplication("没有这个申请。")
        case Accepted() | Closed():
            raise NotPending("该申请已受理或已办结，不能再作此操作。")


def _named_members(command: SubmitApplication, context: Context) -> tuple[NamedMember, ...]:
    numbers = [
        resident_id.parse(person.resident_id, today=context.today).number
        for person in command.members
    ]
    if len(set(numbers)) != len(numbers):
        raise SamePersonTwice("同一身份证号码在家庭成员中重复出现。")
    if sum(person.relation == HEAD for person in command.members) != 1:
        raise HeadUnclear("家庭成员中应有且仅有一名户主（申请人）。")
    return tuple(
        NamedMember(context.pseudonym(number), person.name, number)
        for number, person in zip(numbers, command.members, strict=True)
    )


def _refuse_if_applied(found: Mapping[str, str]) -> None:
    if found:
        raise AlreadyApplied(
            "家庭成员已有申请或正在享受：" + "；".join(sorted(set(found.values()))) + "。"
        )


def _payee(account: Account | None, members: tuple[NamedMember, ...], today: date) -> Payee | None:
    if account is None:
        return None
    number = resident_id.parse(account.holder_resident_id, today=today).number
    if number not in {member.resident_id for member in members}:
        raise PayeeNotMember("收款账户应为共同生活家庭成员本人的账户。")
    return Payee(account.holder_name, number, account.bank, account.account)


APPLICATION: Decider[State] = Decider(NoApplication(), decide, evolve, about)
