"""A household's means (57号 Art 12-14): recorded after the survey, and assessed as a household."""

from datetime import date
from typing import Any

import msgspec

from services.review import commands as c
from services.review.domain.assessing.asked import Asset, Household, Income, Member
from services.review.domain.assessing.gap import MONTHS
from services.review.domain.assessing.reading import check
from services.review.domain.state import Open
from services.review.refusals import HouseholdErased, MeansIncomplete, NotVisited
from shared import resident_id
from shared.context import Context
from shared.deciding import Decided
from shared.facts import people
from shared.facts.means import Asset as Owned
from shared.facts.means import Circumstances, Family, Means, MemberMeans, Thing
from shared.facts.review import MeansRecorded
from shared.facts.words import AssetKind, Category, IncomeKind, Per, Relation

RELATIONS = {
    "HEAD": Relation.APPLICANT,
    "CHILD_IN_LAW": Relation.CHILD_SPOUSE,
    "PARENT_IN_LAW": Relation.OTHER,
}
"""What an application calls differently; parents-in-law count as others with a duty to them."""

_CIRCUMSTANCES, _THING = Circumstances.__struct_fields__, Thing.__struct_fields__
_FAMILY = Family.__struct_fields__


def record_means(state: Open, command: c.RecordMeans, context: Context) -> Decided:
    """What the survey established of each member, all of them (83号 一(一)).

    The sums are those of the lines before exclusions and costs: they are held to the findings.
    """
    if state.visit is None:
        raise NotVisited("尚未入户调查，不能填写家庭经济状况。")
    means = _named(command.means, state.opened.members)
    check(_household(state, means))
    return [
        MeansRecorded(
            case=command.case,
            recorded_by=context.people,
            recorded_on=context.today,
            monthly_income_fen=gross_fen(means),
            property_fen=sum(asset.value_fen for asset in means.assets),
            personal=means,
        )
    ]


def gross_fen(means: Means) -> int:
    """All incomes a month as they came in, the part of a fen left away."""
    lines = [income for member in means.members for income in member.incomes]
    year = sum(one.fen * (MONTHS if one.per is Per.MONTH else 1) for one in lines)
    return year // MONTHS


def household_of(state: Open, income_fen: int) -> Household:
    """The household as it is assessed, with `income_fen` a month before exclusions.

    Where no means are recorded, the income is one sum of no kind, and property the larger of the
    two findings. What the registers found on top of the recorded lines is income, or a deposit,
    of the household as well (57号 Art 13(5), 14). Raises HouseholdErased.
    """
    recorded = state.means
    if recorded is None or recorded.personal is None:
        means, gross, owned = _plain(state), 0, 0
    else:
        means, gross, owned = recorded.personal, recorded.monthly_income_fen, recorded.property_fen
    household = _household(state, means)
    members = tuple(
        _more(member, income_fen - gross) if member.relation is Relation.APPLICANT else member
        for member in household.members
    )
    more = _property_found(state) - owned
    judged_elsewhere = household.property_finding is not None
    assets = household.assets
    if more > 0 and not judged_elsewhere:
        assets = (*assets, Asset(kind=AssetKind.DEPOSIT, value_fen=more))
    return msgspec.structs.replace(household, members=members, assets=assets)


def _property_found(state: Open) -> int:
    reported = state.checking.report
    registers = reported.property_fen if reported else 0
    return max(registers, state.visit.property_fen if state.visit and not state.means else 0)


def _more(member: Member, fen: int) -> Member:
    if fen <= 0:
        return member
    found = Income(IncomeKind.OTHER, fen)
    return msgspec.structs.replace(member, incomes=(*member.incomes, found))


def _plain(state: Open) -> Means:
    """Everybody who applied lives in the household, and nothing more is known of them."""
    members = state.opened.members
    return Means(members=tuple(MemberMeans(person=one.person) for one in members))


def _named(asked: c.HouseholdMeans, members: tuple[people.Member, ...]) -> Means:
    """Places in the application → pseudonyms. Raises MeansIncomplete."""
    places = [one.member for one in asked.members]
    if sorted(places) != list(range(1, len(members) + 1)):
        raise MeansIncomplete(
            f"应逐一填写全部 {len(members)} 名家庭成员的情况（按申请表顺序编号），不重不漏。"
        )
    owners = {asset.owner for asset in asked.assets if asset.owner is not None}
    if not owners <= set(places):
        raise MeansIncomplete("财产所有人不在申请的家庭成员之中。")
    person = {place: member.person for place, member in enumerate(members, start=1)}
    return Means(
        members=tuple(
            MemberMeans(person=person[one.member], **_fields(one, _CIRCUMSTANCES))
            for one in sorted(asked.members, key=lambda one: one.member)
        ),
        assets=tuple(
            Owned(owner=person[one.owner] if one.owner else None, **_fields(one, _THING))
            for one in asked.assets
        ),
        **_fields(asked, _FAMILY),
    )


def _household(state: Open, means: Means) -> Household:
    relation = {one.person: one.relation for one in state.opened.members}
    born = _born_on(state)
    return Household(
        category=Category(state.opened.category),
        members=tuple(
            Member(
                one.person,
                _relation(relation[one.person]),
                born_on=born[one.person],
                **_fields(one, _CIRCUMSTANCES) | _duty(one),
            )
            for one in means.members
        ),
        township=state.opened.township,
        assets=tuple(Asset(owner=one.owner, **_fields(one, _THING)) for one in means.assets),
        **_fields(means, _FAMILY),
    )


def _relation(word: str) -> Relation:
    return RELATIONS.get(word) or Relation(word)


def _duty(one: MemberMeans) -> dict[str, bool]:
    """Who applied together claims the duty to support one another; the survey may say it isn't."""
    return {"support_duty": one.support_duty is not False}


def _born_on(state: Open) -> dict[str, date]:
    """By pseudonym, from the sealed numbers. Raises HouseholdErased."""
    household = state.opened.personal
    if household is None:
        raise HouseholdErased("该户的个人信息已不可读，不能评估。")
    return {one.person: resident_id.born_on(one.resident_id) for one in household.members}


def _fields(one: msgspec.Struct, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}
