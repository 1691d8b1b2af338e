"""What the household owns, held to the limits: 649号 Art 9, 57号 Art 14; before 220号 Art 17."""

from dataclasses import dataclass
from typing import TypeAlias

from services.review.domain.assessing.asked import Asset, Household
from services.review.domain.assessing.law import Law
from services.review.domain.assessing.outcome import Reason, Step
from shared.facts.words import AssetKind, PropertyFinding
from shared.money import yuan_text

LIQUID = {
    AssetKind.DEPOSIT,
    AssetKind.SECURITIES,
    AssetKind.FUND,
    AssetKind.INSURANCE,
    AssetKind.CLAIM,
    AssetKind.INTERNET_FINANCE,
}
Owners: TypeAlias = frozenset[str | None]
"""Whose things count; None: the household's, owned by nobody in particular."""
BOTH_TESTS = "property.both_tests"
LIQUID_MAX, VERGE_LIQUID_MAX = "property.liquid_months_max", "property.verge_liquid_months_max"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the liquid assets are held to: so many standards for each of so many heads."""

    name: str
    heads_count: int
    standard_fen: int


def above_limits(law: Law, asked: Household, owners: Owners, limits: Limits) -> tuple[Reason, ...]:
    """What lies above the limits, each with its article; none: the property fits.

    Counted is what the `owners` have, less what is exempt.
    """
    if asked.property_finding is PropertyFinding.ABOVE:
        sentence = "调查认定家庭财产超过规定"
        return (Reason("PROPERTY_ABOVE_LIMIT", law.article(BOTH_TESTS), sentence),)
    counted = _counted(law, asked, owners)
    found = [_liquid(law, counted, limits), _homes(law, counted), *_bars(law, counted)]
    return tuple(reason for reason in found if reason)


def liquid_steps(law: Law, asked: Household, owners: Owners, limits: Limits) -> tuple[Step, ...]:
    """The sum that is held to the limit, and the limit; nothing where nothing of it is owned."""
    owned = _liquid_fen(_counted(law, asked, owners))
    if not owned:
        return ()
    sentence = f"金融资产合计{yuan_text(owned)}元，上限{yuan_text(_most(law, limits))}元"
    return (Step("LIQUID_ASSETS", law.article(limits.name), sentence, owned),)


def _counted(law: Law, asked: Household, owners: Owners) -> list[Asset]:
    return [asset for asset in asked.assets if asset.owner in owners and not _exempt(law, asset)]


def _liquid_fen(assets: list[Asset]) -> int:
    return sum(asset.value_fen for asset in assets if asset.kind in LIQUID)


def _most(law: Law, limits: Limits) -> int:
    return law.number(limits.name) * limits.standard_fen * limits.heads_count


def _exempt(law: Law, asset: Asset) -> bool:
    """57号 Art 14: what life and work need may be left out; 220号 Art 17(2): disability vehicles."""
    aid = asset.kind is AssetKind.VEHICLE and asset.disability_aid
    if aid and law.flag("property.disability_vehicle_exempt"):
        return True
    return asset.necessary and law.flag("property.necessary_exempt")


def _liquid(law: Law, assets: list[Asset], limits: Limits) -> Reason | None:
    owned = _liquid_fen(assets)
    if not owned or owned <= (most := _most(law, limits)):
        return None
    sentence = f"金融资产{yuan_text(owned)}元，超过上限{yuan_text(most)}元"
    return Reason("LIQUID_ASSETS_ABOVE_LIMIT", law.article(limits.name), sentence)


def _homes(law: Law, assets: list[Asset]) -> Reason | None:
    count = sum(asset.kind is AssetKind.HOME for asset in assets)
    if not count or count <= (most := law.number("property.homes_max")):
        return None
    sentence = f"住房{count}套，超过上限{most}套"
    return Reason("HOMES_ABOVE_LIMIT", law.article("property.homes_max"), sentence)


def _bars(law: Law, assets: list[Asset]) -> list[Reason]:
    """What is not allowed at all, where policy says so."""
    owned = {asset.kind for asset in assets}
    return [
        Reason(code, law.article(name), sentence)
        for kind, name, code, sentence in BARS
        if kind in owned and law.flag(name)
    ]


BARS = (
    (AssetKind.VEHICLE, "property.vehicle_bars", "VEHICLE_OWNED", "有不属于豁免的机动车辆或船舶"),
    (AssetKind.COMPANY, "property.company_bars", "COMPANY_REGISTERED", "有市场主体登记"),
)
