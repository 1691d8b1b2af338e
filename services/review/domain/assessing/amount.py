"""The allowance a month: 649号 Art 12, 57号 Art 23 and 27; before 2021-07-01 220号 Art 27, 28."""

from dataclasses import dataclass
from datetime import date

from services.review.domain.assessing.alone import is_severe
from services.review.domain.assessing.asked import Member
from services.review.domain.assessing.gap import MONTHS, difference_fen, rounded
from services.review.domain.assessing.household import age_of, is_minor
from services.review.domain.assessing.income import MILLE
from services.review.domain.assessing.law import Law
from services.review.domain.assessing.outcome import Step
from services.review.domain.assessing.refusals import TierUnstated
from shared.facts.words import Labour, Tier
from shared.money import yuan_text

METHOD, ALONE, SHARE = "amount.method", "amount.alone", "amount.alone_share_per_mille"
LEAST_EACH, SEVERAL = "amount.minimum_per_head_per_mille", "amount.uplift_several"
ROUNDING, LEAST = "allowance.rounding", "allowance.minimum_month_fen"
REFUSALS, UPLIFT_AGE = "amount.refusals_count", "amount.uplift_old_from_years"


@dataclass(frozen=True, slots=True)
class Qualified:
    """Who is paid, and what the amount is reckoned from."""

    members: tuple[Member, ...]
    income_year_fen: int
    standard_fen: int
    alone: bool
    tier: Tier | None


@dataclass(frozen=True, slots=True)
class Allowance:
    """Fen a month; the uplift is part of it."""

    fen: int
    uplift_fen: int
    steps: tuple[Step, ...]


def allowance(law: Law, who: Qualified, on: date) -> Allowance:
    """The whole household's allowance, rounded once. Raises TierUnstated, PolicyUnknown."""
    base, steps = _base(law, who)
    base, least_steps = _at_least(law, who, base)
    uplifts, uplift_steps = _uplifts(law, who, on)
    refusers = _refusers(law, who.members)
    base = base * (len(who.members) - len(refusers)) // len(who.members)
    uplift = sum(fen for member, fen in uplifts.items() if member not in refusers)
    steps = [*steps, *least_steps, *uplift_steps, *_refused(law, refusers, base + uplift)]
    if len(refusers) == len(who.members):
        return Allowance(0, 0, tuple(steps))
    paid, round_steps = _rounded(law, base + uplift)
    return Allowance(paid, uplift, (*steps, *round_steps))


def _base(law: Law, who: Qualified) -> tuple[int, list[Step]]:
    """By difference, by tiers, or for someone alone by a share of the standard."""
    if who.alone and law.choice(ALONE) == "share":
        fen = who.standard_fen * law.number(SHARE) // MILLE
        return fen, [Step("SHARE", law.article(ALONE), f"按标准的比例：{yuan_text(fen)}元", fen)]
    if law.choice(METHOD) == "tiers":
        return _by_tier(law, who)
    count = len(who.members)
    fen = difference_fen(who.income_year_fen, who.standard_fen * count * MONTHS)
    income = yuan_text(who.income_year_fen // MONTHS)
    sentence = (
        f"差额：标准{yuan_text(who.standard_fen)}元×{count}人－收入{income}元＝{yuan_text(fen)}元"
    )
    return fen, [Step("DIFFERENCE", law.article(METHOD), sentence, fen)]


def _by_tier(law: Law, who: Qualified) -> tuple[int, list[Step]]:
    if who.tier is None:
        raise TierUnstated("本地低保金分档发放，须写明档次（tier）。")
    name = f"amount.tier_{who.tier.lower()}_fen"
    each, count = law.number(name), len(who.members)
    sentence = f"{who.tier}档：{yuan_text(each)}元×{count}人＝{yuan_text(each * count)}元"
    return each * count, [Step("TIER", law.article(name), sentence, each * count)]


def _at_least(law: Law, who: Qualified, fen: int) -> tuple[int, list[Step]]:
    """The least for each head, where policy sets a share of the standard."""
    each = who.standard_fen * law.number(LEAST_EACH) // MILLE
    least = each * len(who.members)
    if fen >= least:
        return fen, []
    sentence = f"低于每人最低发放额，按每人{yuan_text(each)}元发放：{yuan_text(least)}元"
    return least, [Step("LEAST_EACH", law.article(LEAST_EACH), sentence, least)]


def _rounded(law: Law, fen: int) -> tuple[int, list[Step]]:
    """Once a household; then not under the least that policy pays."""
    way, least = law.choice(ROUNDING), law.number(LEAST)
    paid = max(rounded(fen, way), least)
    if paid == fen:
        return paid, []
    name = LEAST if paid == least else ROUNDING
    return paid, [Step("ROUNDED", law.article(name), f"取整或最低额：{yuan_text(paid)}元", paid)]


def _uplifts(law: Law, who: Qualified, on: date) -> tuple[dict[str, int], list[Step]]:
    """649号 Art 12(2), 57号 Art 27: so much of the standard on top, by the member in need."""
    uplifts, steps = {}, []
    for member in who.members:
        rates = _rates(law, member, on)
        if not rates:
            continue
        chosen = max(rates.values()) if law.choice(SEVERAL) == "highest" else sum(rates.values())
        fen = uplifts[member.id] = who.standard_fen * chosen // MILLE
        name = max(rates, key=lambda name: rates[name])
        sentence = f"{member.id}分类施保增发{yuan_text(fen)}元"
        steps.append(Step("UPLIFT", law.article(name), sentence, fen))
    return uplifts, steps


def _rates(law: Law, member: Member, on: date) -> dict[str, int]:
    """The categories that a member is in and that get something: parameter → per mille."""
    fits = {
        "amount.uplift_serious_illness_per_mille": member.serious_illness,
        "amount.uplift_severe_disability_per_mille": is_severe(law, member),
        "amount.uplift_old_per_mille": age_of(member, on) >= law.number(UPLIFT_AGE),
        "amount.uplift_minor_per_mille": is_minor(law, member, on),
    }
    rates = {name: law.number(name) for name, fit in fits.items() if fit}
    return {name: rate for name, rate in rates.items() if rate}


def _refusers(law: Law, members: tuple[Member, ...]) -> tuple[str, ...]:
    """649号 Art 45, 57号 Art 34: who is able and refused work so often loses their own part.

    The part is an equal share of what all get, and one's own uplift; the texts don't say how to
    part it.
    """
    if not any(member.refusals_count for member in members):
        return ()
    often = law.number(REFUSALS)
    return tuple(
        member.id
        for member in members
        if member.labour is not Labour.LOST
        and not member.employed
        and member.refusals_count >= often
    )


def _refused(law: Law, refusers: tuple[str, ...], kept: int) -> list[Step]:
    """The step that says whose part is stopped; none, without refusers."""
    if not refusers:
        return []
    who, often = "、".join(sorted(refusers)), law.number(REFUSALS)
    sentence = f"{who}连续{often}次无正当理由拒绝介绍的工作，停发本人部分，余{yuan_text(kept)}元"
    return [Step("REFUSED_WORK", law.article(REFUSALS), sentence, kept)]
