"""Some people judged together: their income and property against 649号 Art 9."""

from dataclasses import dataclass, replace
from datetime import date

from services.review.domain.assessing.asked import Household, Member
from services.review.domain.assessing.gap import MONTHS, NOT_BELOW, is_below
from services.review.domain.assessing.income import MILLE, Earned, earned
from services.review.domain.assessing.law import STANDARDS, Law
from services.review.domain.assessing.outcome import Reason, Step
from services.review.domain.assessing.property import (
    BOTH_TESTS,
    LIQUID_MAX,
    VERGE_LIQUID_MAX,
    Limits,
    Owners,
    above_limits,
    liquid_steps,
)
from shared.money import yuan_text

EQUAL_PASSES, VERGE_RATIO = "income.equal_passes", "verge.ratio_per_mille"
APPLICANT = "household.applicant"
LOOK_BACK = "income.look_back_months"


@dataclass(frozen=True, slots=True)
class Group:
    """A family, or someone alone. `against`: why they don't qualify; none: they do."""

    members: tuple[Member, ...]
    standard_fen: int
    standard_name: str
    income: Earned
    against: tuple[Reason, ...] = ()
    verge: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def ceiling_year_fen(self) -> int:
        """The standard for all of them for a year."""
        return self.standard_fen * len(self.members) * MONTHS

    @property
    def income_fen(self) -> int:
        """The income a month, the part of a fen left away."""
        return self.income.year_fen // MONTHS

    def barred(self, reason: Reason) -> "Group":
        """The same people, who don't qualify for a reason besides their means."""
        return replace(self, against=(reason, *self.against), verge=False)


def group_of(
    law: Law, asked: Household, members: tuple[Member, ...], on: date, *, alone: bool = False
) -> Group:
    """The two tests of 649号 Art 9; who fails them may still be on the verge (57号 Art 8).

    Someone alone answers for what they own, a family also for what nobody in particular owns.
    """
    name = STANDARDS[asked.category]
    standard = law.number(name)
    group = Group(members, standard, name, earned(law, members, standard, on))
    owners: Owners = frozenset(member.id for member in members)
    owners = owners if alone else owners | {None}
    limits = Limits(LIQUID_MAX, len(members), standard)
    above = above_limits(law, asked, owners, limits) if law.flag(BOTH_TESTS) else ()
    against = (*_income_against(law, group), *above)
    verge = bool(against) and _is_verge(law, asked, group, owners)
    steps = (*_steps(law, group), *liquid_steps(law, asked, owners, limits))
    return replace(group, against=against, verge=verge, steps=steps)


def reasons_for(law: Law) -> tuple[Reason, ...]:
    """Why a group qualifies: both tests of 649号 Art 9."""
    return (
        Reason("INCOME_BELOW_STANDARD", law.article(EQUAL_PASSES), "人均收入低于低保标准"),
        Reason("PROPERTY_WITHIN_LIMIT", law.article(BOTH_TESTS), "家庭财产没有超过规定"),
    )


def _income_against(law: Law, group: Group) -> tuple[Reason, ...]:
    """Lower than the standard, equal is not lower; as sums, so that nothing is divided."""
    income, ceiling = group.income.year_fen, group.ceiling_year_fen
    if not group.members:
        return (Reason("NOBODY_COUNTS", law.article(APPLICANT), "没有可计入的成员"),)
    if is_below(income, ceiling, equal_passes=law.flag(EQUAL_PASSES)):
        return ()
    return (Reason(NOT_BELOW, law.article(EQUAL_PASSES), "人均收入不低于低保标准"),)


def _is_verge(law: Law, asked: Household, group: Group, owners: Owners) -> bool:
    """57号 Art 8: under one and a half times the standard, and property within its limits."""
    if not law.knows(VERGE_RATIO):
        return False
    ceiling = group.ceiling_year_fen * law.number(VERGE_RATIO)
    limits = Limits(VERGE_LIQUID_MAX, len(group.members), group.standard_fen)
    poor = group.income.year_fen * MILLE < ceiling
    return poor and not above_limits(law, asked, owners, limits)


def _steps(law: Law, group: Group) -> tuple[Step, ...]:
    """The arithmetic of the income test: sum, per head, standard."""
    count, income = len(group.members), group.income_fen
    each = group.income.year_fen // MONTHS // max(count, 1)
    total = f"家庭月收入{yuan_text(income)}元，计入{count}人"
    head = f"人均月收入{yuan_text(each)}元（不足一分的舍去，比较时用总额）"
    standard = f"低保标准每人每月{yuan_text(group.standard_fen)}元"
    return (
        *group.income.steps,
        Step("HOUSEHOLD_INCOME", law.article(LOOK_BACK), total, income),
        Step("INCOME_PER_HEAD", law.article(EQUAL_PASSES), head, each),
        Step("STANDARD", law.article(group.standard_name), standard, group.standard_fen),
    )
