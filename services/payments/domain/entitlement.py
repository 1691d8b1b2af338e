"""Who may be paid, how much, from which month on, into which account."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from services.payments.commands import (
    CorrectPayee,
    EndEntitlement,
    EntitlementCommand,
    NewAccount,
    OpenEntitlement,
)
from services.payments.refusals import HolderUnclear, NoEntitlement, PayeeNotMember
from shared import resident_id
from shared.context import Context
from shared.deciding import Decided, Decider
from shared.envelope import About
from shared.facts.base import Fact
from shared.facts.payments import EntitlementEnded, EntitlementOpened, PayeeCorrected, Receiver
from shared.facts.people import Payee


@dataclass(frozen=True, slots=True)
class Never:
    """The household was never confirmed for this programme."""


@dataclass(frozen=True, slots=True)
class Entitled:
    """In payment. `cases` are all cases that ever led here: none opens twice."""

    about: About
    cases: frozenset[str]
    receiver: Receiver | None


@dataclass(frozen=True, slots=True)
class Ended:
    """No longer in payment; months before the end may still have to be paid."""

    about: About
    cases: frozenset[str]
    receiver: Receiver | None


State: TypeAlias = Never | Entitled | Ended


def decide(state: State, command: EntitlementCommand, context: Context) -> Decided:
    """Facts, or a refusal; pure."""
    match command:
        case OpenEntitlement():
            return open_entitlement(state, command)
        case EndEntitlement():
            return end_entitlement(state, command)
        case CorrectPayee():
            return correct_payee(state, command, context)
        case _:
            assert_never(command)


def open_entitlement(state: State, command: OpenEntitlement) -> Decided:
    """By the confirmation's terms (57号 Art 21). A case opens once, however often it is heard."""
    if not isinstance(state, Never) and command.case in state.cases:
        return []
    return [
        EntitlementOpened(
            household=command.household,
            programme=command.programme,
            category=command.category,
            case=command.case,
            township=command.township,
            village=command.village,
            persons=command.persons,
            members_count=command.members_count,
            allowance_fen=command.allowance_fen,
            from_month=command.from_month,
            personal=command.receiver,
        )
    ]


def end_entitlement(state: State, command: EndEntitlement) -> Decided:
    """Only the case in payment ends; the end of an older one changes nothing (57号 Art 31, 32)."""
    match state:
        case Entitled() if state.about.case == command.case:
            return [
                EntitlementEnded(
                    command.household, command.programme, command.reason, command.stops_from
                )
            ]
        case Never() | Entitled() | Ended():
            return []


def correct_payee(state: State, command: CorrectPayee, context: Context) -> Decided:
    """A household's account by its township's word; also after the end, for what is still due."""
    if isinstance(state, Never):
        raise NoEntitlement("该家庭没有已确认的待遇，不能登记收款账户。")
    receiver = _receiver(state, command.account, context)
    return [
        PayeeCorrected(
            command.household,
            command.programme,
            context.people,
            context.today,
            command.reason,
            receiver,
        )
    ]


def _receiver(state: Entitled | Ended, account: NewAccount, context: Context) -> Receiver:
    """Another account, the same head; of a head whose name was erased nothing is known."""
    head_name = state.receiver.head_name if state.receiver else ""
    return Receiver(head_name, _payee(state, account, context))


def _payee(state: Entitled | Ended, account: NewAccount, context: Context) -> Payee:
    """The same person with another account, or a member of the household named in full."""
    known = state.receiver.payee if state.receiver else None
    name = account.holder_name or (known.name if known else None)
    given = account.holder_resident_id
    if name is None or (given and not account.holder_name) or not (given or known):
        raise HolderUnclear("请同时填写开户人的姓名和身份证号码。")
    number = _number(given, context.today) if given else known.resident_id if known else ""
    if given and context.pseudonym(number) not in state.about.persons:
        raise PayeeNotMember("收款账户应为共同生活家庭成员本人的账户。")
    return Payee(name, number, account.bank, account.account)


def _number(text: str, today: date) -> str:
    return resident_id.parse(text, today=today).number


def evolve(state: State, fact: Fact) -> State:
    """The state after one more fact."""
    match state, fact:
        case _, EntitlementOpened():
            cases = frozenset[str]() if isinstance(state, Never) else state.cases
            return Entitled(_about(fact), cases | {fact.case}, fact.personal)
        case Entitled(), EntitlementEnded():
            return Ended(state.about, state.cases, state.receiver)
        case Entitled() | Ended(), PayeeCorrected():
            return replace(state, receiver=fact.personal)
        case _:
            raise ValueError(f"{fact.name} can't follow {type(state).__name__}")


def _about(fact: EntitlementOpened) -> About:
    return About(fact.case, fact.household, fact.persons, fact.village, fact.township)


def about(state: State) -> About:
    """Whom and where the entitlement concerns."""
    return About() if isinstance(state, Never) else state.about


ENTITLEMENT: Decider[State] = Decider(Never(), decide, evolve, about)
