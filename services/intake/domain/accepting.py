"""From an application to its acceptance, or not (57号 Art 4, 5, 9–11)."""

from collections.abc import Sequence
from dataclasses import replace

from services.intake.commands import AcceptApplication, RefuseAcceptance, SupplyMaterials
from services.intake.domain import materials
from services.intake.domain.applying import payee_of
from services.intake.domain.finding import Tie
from services.intake.domain.relatives import registered
from services.intake.domain.state import Pending
from services.intake.refusals import (
    AlreadyAsked,
    MaterialsMissing,
    NothingMissing,
    NothingSupplied,
    RegisteredElsewhere,
)
from shared.context import Context
from shared.deciding import Decided, On
from shared.facts.intake import (
    ApplicationAccepted,
    ApplicationNotAccepted,
    MaterialsSupplemented,
    SupplementRequested,
    SuppliedPayee,
)
from shared.policy.model import PolicyOn

AT_RESIDENCE = "application.at_residence"


def request_supplement(state: Pending, _command: object, context: Context) -> Decided:
    """One list of everything missing, told once (57号 Art 10)."""
    lacking = missing(state, context)
    if not lacking:
        raise NothingMissing("材料已齐全，请直接受理。")
    if state.asked is not None:
        raise AlreadyAsked("已一次性告知所缺材料，不得再次要求补正。")
    return [SupplementRequested(state.submitted.case, lacking, context.today)]


def missing(state: Pending, context: Context) -> tuple[str, ...]:
    """What is lacking by the rules of today. Once the list was told, nothing that isn't on it."""
    demanded = materials.demanded(
        rules_of(state, context), condition_claimed=state.condition_claimed
    )
    lacking = materials.missing(demanded, state.materials)
    return lacking if state.asked is None else tuple(m for m in lacking if m in state.asked)


def rules_of(state: Pending, context: Context) -> PolicyOn:
    """What stands today in the township that was applied to."""
    return context.policy.at(context.today, state.submitted.township)


def supply(state: Pending, command: SupplyMaterials, context: Context) -> Decided:
    """What the household brought of what was missing."""
    members = state.submitted.personal.members if state.submitted.personal else ()
    payee = payee_of(command.account, members, context.today)
    promised = materials.promised(command, rules_of(state, context))
    came = tuple(m for m in materials.present(command, account=payee) if m not in state.materials)
    promised = tuple(m for m in promised if m not in state.materials and m not in came)
    if not came and not promised:
        raise NothingSupplied("没有收到所缺的材料。")
    income = command.monthly_income_fen if materials.Material.INCOME in came else None
    assets = command.property_fen if materials.Material.PROPERTY in came else None
    sealed = SuppliedPayee(payee) if materials.Material.ACCOUNT in came else None
    return [
        MaterialsSupplemented(
            state.submitted.case, came, income, assets, context.today, sealed, promised
        )
    ]


def accept(state: Pending, _command: AcceptApplication, context: Context) -> Decided:
    """Complete, so it is taken in; the limits of the law run from today (57号 Art 10, 22).

    Members who are close to officers go into a register of their own (57号 Art 11).
    """
    lacking = missing(state, context)
    if lacking or state.income_fen is None or state.property_fen is None:
        raise MaterialsMissing(f"材料不齐，尚缺：{materials.titles(lacking)}。")
    _require_place(state, context)
    ties: Sequence[Tie] = context.gathered or ()
    entries = registered(state, ties, context)
    submitted, household = state.submitted, state.submitted.personal
    accepted = ApplicationAccepted(
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
        notice_number=notice_number(submitted.township, submitted.case, context),
        applies=submitted.applies,
        residence_elsewhere=submitted.residence_elsewhere,
        applied_elsewhere=submitted.applied_elsewhere,
        relative_registered=bool(entries),
        proxy=context.pseudonym(state.proxy_number) if state.proxy_number else None,
    )
    register = f"relative/{submitted.case}"
    return [accepted, *(On(register, entry, state.about) for entry in entries)]


def notice_number(township: str, case: str, context: Context) -> str:
    """The number of the acceptance notice (受理通知书): unit, year, and the case's own mark."""
    return f"{township}-{context.today.year}-{case.rpartition('-')[2][:12]}"


def refuse(state: Pending, command: RefuseAcceptance, context: Context) -> Decided:
    """Not taken in. Missing materials count only after they were asked for (57号 Art 10)."""
    if "MATERIALS_NOT_SUPPLIED" in command.reasons and not (
        state.asked and missing(state, context)
    ):
        raise MaterialsMissing("未一次性告知所缺材料，或材料已齐，不得以材料不齐为由不予受理。")
    return [ApplicationNotAccepted(state.submitted.case, command.reasons, context.today)]


def _require_place(state: Pending, context: Context) -> None:
    """Where one of them is registered, or, where policy allows it, where they live (57号 Art 5)."""
    submitted = state.submitted
    if submitted.registered_here:
        return
    if not (submitted.applied_elsewhere and rules_of(state, context).flag(AT_RESIDENCE)):
        raise RegisteredElsewhere(
            "申请家庭没有成员户籍在本乡镇（街道），应向户籍所在地申请；请以此为由不予受理。"
        )
