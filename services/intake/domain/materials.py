"""What an application must hold before it can be accepted (57号 Art 9, 10; 83号 一(二))."""

from collections.abc import Set
from enum import StrEnum

from services.intake.commands import SubmitApplication, SupplyMaterials
from services.intake.refusals import PromiseNotAllowed
from shared.policy.model import PolicyOn

SUPPLIED_BY_PLATFORM = "materials.platform_supplied"
PROMISABLE = "materials.promise_replaces"
OBLIGORS_SIGN = "materials.obligor_authorisation"


class Material(StrEnum):
    """Materials that a household brings. What a certificate says of whose health isn't named."""

    AUTHORISATION = "AUTHORISATION"
    HONESTY_STATEMENT = "HONESTY_STATEMENT"
    INCOME = "INCOME"
    PROPERTY = "PROPERTY"
    ACCOUNT = "ACCOUNT"
    IDENTITY = "IDENTITY"
    CONDITION_PROOF = "CONDITION_PROOF"
    OBLIGOR_AUTHORISATION = "OBLIGOR_AUTHORISATION"


TITLES = {
    Material.AUTHORISATION: "家庭经济状况核对授权书",
    Material.HONESTY_STATEMENT: "诚信承诺书",
    Material.INCOME: "家庭收入申报",
    Material.PROPERTY: "家庭财产申报",
    Material.ACCOUNT: "银行账户",
    Material.IDENTITY: "全体共同生活家庭成员的身份证、户口簿",
    Material.CONDITION_PROOF: "所主张情形的证明（残疾人证、重特大疾病认定或其他证明）",
    Material.OBLIGOR_AUTHORISATION: "赡养、抚养、扶养义务人的核对授权书",
}


def present(
    brought: SubmitApplication | SupplyMaterials, *, account: object | None
) -> tuple[Material, ...]:
    """The materials that came, in the list's order."""
    came = {
        Material.AUTHORISATION: brought.signed_authorisation,
        Material.HONESTY_STATEMENT: brought.honesty_statement,
        Material.INCOME: brought.monthly_income_fen is not None,
        Material.PROPERTY: brought.property_fen is not None,
        Material.ACCOUNT: account is not None,
        Material.IDENTITY: brought.identity_documents,
        Material.CONDITION_PROOF: brought.condition_proof,
        Material.OBLIGOR_AUTHORISATION: brought.obligor_authorisation,
    }
    return tuple(material for material, here in came.items() if here)


def promised(brought: SubmitApplication | SupplyMaterials, rules: PolicyOn) -> tuple[str, ...]:
    """For what a written promise stands (告知承诺, 83号 一(二)); raises PromiseNotAllowed."""
    allowed = _named(rules, PROMISABLE)
    wrong = tuple(material for material in brought.promised if material not in allowed)
    if wrong:
        raise PromiseNotAllowed(f"以下材料不能以书面承诺代替：{titles(wrong)}。")
    return tuple(dict.fromkeys(brought.promised))


def demanded(rules: PolicyOn, *, condition_claimed: bool) -> tuple[Material, ...]:
    """What this household is asked for: nothing that a government platform supplies (57号 Art 10).

    A proof only where something is claimed; the obligors' signature only where policy asks.
    """
    only_if = {
        Material.CONDITION_PROOF: condition_claimed,
        Material.OBLIGOR_AUTHORISATION: rules.flag(OBLIGORS_SIGN),
    }
    supplied = _named(rules, SUPPLIED_BY_PLATFORM)
    return tuple(m for m in Material if only_if.get(m, True) and m not in supplied)


def missing(asked_for: tuple[Material, ...], here: Set[str]) -> tuple[str, ...]:
    """Everything of it that is still missing, in the list's order."""
    return tuple(material for material in asked_for if material not in here)


def titles(codes: tuple[str, ...]) -> str:
    """The list as a sentence part."""
    return "、".join(TITLES[Material(code)] for code in codes)


def _named(rules: PolicyOn, parameter: str) -> frozenset[Material]:
    return frozenset(Material(code.upper()) for code in rules.several(parameter))
