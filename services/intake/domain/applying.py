"""A household applies (57号 Art 4–6, 8, 9)."""

from collections.abc import Mapping
from datetime import date

from services.intake.commands import Account, Proxy, SubmitApplication
from services.intake.domain import materials
from services.intake.domain.finding import Found
from services.intake.domain.state import NoApplication, State
from services.intake.refusals import (
    AloneWithoutGround,
    AlreadyApplied,
    ApplicantNotHead,
    ApplicantNotMember,
    AppliedInFuture,
    AppliedLongAgo,
    HeadUnclear,
    NoSuchOfficer,
    NotPending,
    PayeeNotMember,
    ProxyNotAuthorised,
    ProxyUnknown,
    RelativeNotMember,
    SamePersonTwice,
)
from shared import resident_id
from shared.context import Context
from shared.deciding import Decided
from shared.facts.base import Fact
from shared.facts.intake import (
    ApplicationSubmitted,
    AppliedByProxy,
    Claim,
    ConditionClaimed,
    Household,
    NamedProxy,
    RelatedOfficer,
)
from shared.facts.people import Member, NamedMember, Payee
from shared.facts.words import Applies, ProxyKind
from shared.identity import named_id

HEAD = "HEAD"
EARLIEST_ON = date(2000, 1, 1)  # anything before is a slip of the pen
APPLICANT, BY_HEAD = "application.applicant", "head"


def case_id(context: Context) -> str:
    """A new case's number follows from the command that brings it."""
    return named_id("case", context.command_id)


def submit(state: State, command: SubmitApplication, context: Context) -> Decided:
    """The household as it applied. Refused where a member already stands elsewhere."""
    if not isinstance(state, NoApplication):
        raise NotPending("该申请编号已存在。")
    _require_day(command, context)
    _require_ground(command)
    found: Found = context.gathered or Found()
    named = _named_members(command, context)
    head = next(m for m, p in zip(named, command.members, strict=True) if p.relation == HEAD)
    applicant = _applicant(command, named, head, context)
    _refuse_if_applied(found.standing)
    payee = payee_of(command.account, named, context.today)
    rules = context.policy.at(context.today, command.township)
    submitted = ApplicationSubmitted(
        case=case_id(context),
        household=named_id("hh", head.person),
        programme=command.programme,
        category=command.category,
        township=command.township,
        village=command.village,
        applicant=applicant.person,
        members=tuple(
            Member(m.person, p.relation) for m, p in zip(named, command.members, strict=True)
        ),
        monthly_income_fen=command.monthly_income_fen,
        property_fen=command.property_fen,
        materials=materials.present(command, account=payee),
        submitted_on=command.applied_on,
        source=command.source,
        personal=Household(applicant.name, named, command.phone, command.address, payee),
        applies=command.applies,
        registered_here=command.registered_here,
        residence_elsewhere=command.residence_elsewhere,
        applied_elsewhere=command.applied_elsewhere,
        related_officers=_related(command, named, found, context),
        promised=materials.promised(command, rules),
        informed=found.informed,
    )
    return [submitted, *_by_proxy(submitted.case, command, context), *_claim(submitted, command)]


def payee_of(
    account: Account | None, members: tuple[NamedMember, ...], today: date
) -> Payee | None:
    """Whose account it is: a member's (57号 Art 25); raises PayeeNotMember."""
    if account is None:
        return None
    number = resident_id.parse(account.holder_resident_id, today=today).number
    if number not in {member.resident_id for member in members}:
        raise PayeeNotMember("收款账户应为共同生活家庭成员本人的账户。")
    return Payee(account.holder_name, number, account.bank, account.account)


def _require_day(command: SubmitApplication, context: Context) -> None:
    if command.applied_on > context.today:
        raise AppliedInFuture("申请日期不能晚于今天。")
    if command.applied_on < EARLIEST_ON:
        raise AppliedLongAgo("申请日期过早，请核对年份。")


def _require_ground(command: SubmitApplication) -> None:
    """Alone on a ground of 57号 Art 8, or the family without one; the survey finds if it holds."""
    if (command.applies == Applies.ALONE) != (command.alone_ground is not None):
        raise AloneWithoutGround("单独提出申请的应选明所依据的情形；以家庭申请的不填此项。")


def _named_members(command: SubmitApplication, context: Context) -> tuple[NamedMember, ...]:
    numbers = [_number(person.resident_id, context) for person in command.members]
    if len(set(numbers)) != len(numbers):
        raise SamePersonTwice("同一身份证号码在家庭成员中重复出现。")
    if sum(person.relation == HEAD for person in command.members) != 1:
        raise HeadUnclear("家庭成员中应有且仅有一名户主。")
    return tuple(
        NamedMember(context.pseudonym(number), person.name, number)
        for number, person in zip(numbers, command.members, strict=True)
    )


def _applicant(
    command: SubmitApplication,
    named: tuple[NamedMember, ...],
    head: NamedMember,
    context: Context,
) -> NamedMember:
    """A member whom the household chose (57号 Art 4); until 2021-06-30 the head (220号 Art 9)."""
    if command.applicant is None:
        return head
    number = _number(command.applicant, context)
    applicant = next((member for member in named if member.resident_id == number), None)
    if applicant is None:
        raise ApplicantNotMember("申请人应为共同生活的家庭成员。")
    rules = context.policy.at(context.today, command.township)
    if applicant != head and rules.choice(APPLICANT) == BY_HEAD:
        raise ApplicantNotHead("按现行办法，应由户主或者其代理人以户主的名义提出申请。")
    return applicant


def _refuse_if_applied(standing: Mapping[str, str]) -> None:
    if standing:
        raise AlreadyApplied(
            "家庭成员已有申请或正在享受：" + "；".join(sorted(set(standing.values()))) + "。"
        )


def _related(
    command: SubmitApplication, named: tuple[NamedMember, ...], found: Found, context: Context
) -> tuple[RelatedOfficer, ...]:
    persons = {member.resident_id: member.person for member in named}
    related = []
    for told in command.related_officers:
        person = persons.get(_number(told.resident_id, context))
        if person is None:
            raise RelativeNotMember("申明近亲属关系的应为共同生活的家庭成员。")
        if told.officer is not None and told.officer not in found.officers:
            raise NoSuchOfficer("没有这名工作人员，请核对编号；村（居）委会成员可不填编号。")
        related.append(RelatedOfficer(person, told.kinship, told.post, told.officer))
    return tuple(dict.fromkeys(related))


def _by_proxy(case: str, command: SubmitApplication, context: Context) -> list[Fact]:
    proxy = command.proxy
    if proxy is None:
        return []
    authorised_on, document = proxy.authorised_on, proxy.authorisation_sha256
    if authorised_on is None or document is None or authorised_on > command.applied_on:
        raise ProxyNotAuthorised("代为申请的，应当先办理委托手续，并提交委托书。")
    sealed = NamedProxy(proxy.name, _proxy_number(proxy, context))
    return [AppliedByProxy(case, proxy.kind, authorised_on, document, sealed)]


def _proxy_number(proxy: Proxy, context: Context) -> str | None:
    if proxy.resident_id is not None:
        return _number(proxy.resident_id, context)
    if proxy.kind == ProxyKind.OTHER_PERSON:
        raise ProxyUnknown("受托人为个人的，应当登记其身份证号码。")
    return None


def _claim(submitted: ApplicationSubmitted, command: SubmitApplication) -> list[Fact]:
    conditions = tuple(dict.fromkeys(command.conditions))
    if command.alone_ground is None and not conditions:
        return []
    return [ConditionClaimed(submitted.case, Claim(command.alone_ground, conditions))]


def _number(text: str, context: Context) -> str:
    return resident_id.parse(text, today=context.today).number
