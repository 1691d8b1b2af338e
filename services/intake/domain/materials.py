"""What an application must hold before it can be accepted (57号 Art 9, 10)."""

from enum import StrEnum


class Material(StrEnum):
    """Materials that a household brings; what a government platform knows is not asked for."""

    AUTHORISATION = "AUTHORISATION"
    HONESTY_STATEMENT = "HONESTY_STATEMENT"
    INCOME = "INCOME"
    PROPERTY = "PROPERTY"
    ACCOUNT = "ACCOUNT"


TITLES = {
    Material.AUTHORISATION: "家庭经济状况核对授权书",
    Material.HONESTY_STATEMENT: "诚信承诺书",
    Material.INCOME: "家庭收入申报",
    Material.PROPERTY: "家庭财产申报",
    Material.ACCOUNT: "银行账户",
}


def present(
    *,
    signed_authorisation: bool,
    honesty_statement: bool,
    income_fen: int | None,
    property_fen: int | None,
    account: object | None,
) -> tuple[Material, ...]:
    """The materials that came, in the list's order."""
    came = {
        Material.AUTHORISATION: signed_authorisation,
        Material.HONESTY_STATEMENT: honesty_statement,
        Material.INCOME: income_fen is not None,
        Material.PROPERTY: property_fen is not None,
        Material.ACCOUNT: account is not None,
    }
    return tuple(material for material, here in came.items() if here)


def missing(materials: frozenset[str]) -> tuple[str, ...]:
    """Everything that is still missing, in the list's order."""
    return tuple(material for material in Material if material not in materials)


def titles(codes: tuple[str, ...]) -> str:
    """The list as a sentence part."""
    return "、".join(TITLES[Material(code)] for code in codes)
