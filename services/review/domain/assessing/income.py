"""What the counted members have a year: 57号 Art 13, 83号 1(1); before 2021-07-01 220号 Art 16.

Everything is whole fen a year, so that no month's division loses anything.
"""

from dataclasses import dataclass
from datetime import date

from services.review.domain.assessing.alone import is_unemployed_severe
from services.review.domain.assessing.asked import Expense, Income, Member
from services.review.domain.assessing.gap import MONTHS
from services.review.domain.assessing.law import Law
from services.review.domain.assessing.outcome import Step
from services.review.domain.assessing.words import IncomeKind, Per
from shared.money import yuan_text

MILLE = 1000


@dataclass(frozen=True, slots=True)
class Earned:
    """A household's income; `year_fen` is never under nothing."""

    year_fen: int
    steps: tuple[Step, ...]


def earned(law: Law, members: tuple[Member, ...], standard_fen: int, on: date) -> Earned:
    """All members' incomes less what may be taken off; negative sums are nothing."""
    total, steps = 0, list[Step]()
    for member in members:
        caps = _Caps(standard_fen * MONTHS)
        for income in member.incomes:
            fen, step = _income(law, member, income, caps, on)
            total, steps = total + fen, [*steps, step]
        for expense in member.expenses:
            fen, step = _expense(law, member, expense)
            total, steps = total - fen, [*steps, step]
    return Earned(max(total, 0), tuple(steps))


@dataclass(slots=True)
class _Caps:
    """The standard of a year, and how much of a member's work cost has been taken off already."""

    standard_year_fen: int
    work_fen: int = 0


def a_year(law: Law, fen: int, per: Per) -> int:
    """Fen a year; a single payment is spread over the look-back period."""
    match per:
        case Per.MONTH:
            return fen * MONTHS
        case Per.YEAR:
            return fen
        case Per.ONCE:
            return fen * MONTHS // law.number("income.look_back_months")


def _income(law: Law, member: Member, income: Income, caps: _Caps, on: date) -> tuple[int, Step]:
    name, counts = _counts(law, member, income.kind, on)
    gross = a_year(law, income.fen, income.per)
    if not counts:
        sentence = f"{member.id}的{TITLES[income.kind]}{_month(gross)}，不计入"
        return 0, Step(f"EXCLUDED_{income.kind}", law.article(name), sentence, 0)
    costs = _costs(law, income, caps)
    net = gross - costs
    if net < 0 and not law.flag("income.loss_offsets"):
        net = 0
    less = f"，扣减成本{_month(costs)}" if costs else ""
    sentence = f"{member.id}的{TITLES[income.kind]}{_month(gross)}{less}，计入{_month(net)}"
    return net, Step(f"COUNTED_{income.kind}", law.article(name), sentence, net // MONTHS)


def _counts(law: Law, member: Member, kind: IncomeKind, on: date) -> tuple[str, bool]:
    """The parameter that says so, and whether the income counts."""
    match kind:
        case IncomeKind.NOTIONAL if member.hard_to_employ:
            name = "income.counts_notional_hard_to_employ"
        case IncomeKind.SUPPORT_SIBLING_OR_ELDER if not is_unemployed_severe(law, member, on):
            name = "income.counts_support"  # 83号 1(1) speaks of the severely disabled only
        case _:
            name = f"income.counts_{kind.lower()}"
    return name, law.flag(name)


def _costs(law: Law, income: Income, caps: _Caps) -> int:
    """What it takes to earn it, as far as it may be taken off; 0 without costs."""
    if not income.costs_fen:
        return 0
    stated = a_year(law, income.costs_fen, income.per)
    match law.choice(f"income.costs_{income.kind.lower()}"):
        case "full":
            return stated
        case "capped":
            per_mille = law.number("income.work_cost_max_per_mille")
            most = caps.standard_year_fen * per_mille // MILLE - caps.work_fen
            taken = min(stated, most)
            caps.work_fen += taken
            return taken
        case _:
            return 0


def _expense(law: Law, member: Member, expense: Expense) -> tuple[int, Step]:
    name = f"income.deducts_{expense.kind.lower()}_per_mille"
    taken = a_year(law, expense.fen, expense.per) * law.number(name) // MILLE
    title = EXPENSES[expense.kind]
    sentence = f"{member.id}的{title}，扣减{_month(taken)}"
    step = Step(f"DEDUCTED_{expense.kind}", law.article(name), sentence, -(taken // MONTHS))
    return taken, step


def _month(year_fen: int) -> str:
    """Yuan a month, the part of a fen left away: to be read, not reckoned with."""
    return f"每月{yuan_text(year_fen // MONTHS)}元"


TITLES = {
    IncomeKind.WAGE: "工资性收入",
    IncomeKind.BUSINESS: "经营收入",
    IncomeKind.PROPERTY: "财产收入",
    IncomeKind.SUPPORT: "赡养、抚养、扶养费",
    IncomeKind.SUPPORT_SIBLING_OR_ELDER: "兄弟姐妹或60周岁及以上老年人给付的供养费",
    IncomeKind.PENSION: "离退休金",
    IncomeKind.UNEMPLOYMENT_BENEFIT: "失业保险金",
    IncomeKind.SURVIVOR_BENEFIT: "遗属补助金",
    IncomeKind.COMPENSATION: "赔偿收入",
    IncomeKind.GIFT: "捐赠（赠送）收入",
    IncomeKind.INHERITANCE: "遗产收入",
    IncomeKind.BASIC_PENSION_CENTRAL: "中央基础养老金",
    IncomeKind.BASIC_PENSION_LOCAL: "地方加发基础养老金",
    IncomeKind.PENSION_ACCOUNT: "个人账户养老金",
    IncomeKind.OLD_AGE_ALLOWANCE: "高龄津贴",
    IncomeKind.DISABILITY_SUBSIDY: "残疾人两项补贴",
    IncomeKind.SOCIAL_ASSISTANCE: "社会救助款物",
    IncomeKind.PREFERENTIAL_COMPENSATION: "优待抚恤金",
    IncomeKind.BIRTH_PLANNING_AWARD: "计划生育奖励与扶助金",
    IncomeKind.SCHOLARSHIP: "奖学金",
    IncomeKind.BRAVERY_AWARD: "见义勇为等奖励性补助",
    IncomeKind.EXEMPT_LOCALLY: "市级以上规定不计入的收入",
    IncomeKind.NOTIONAL: "推算收入",
    IncomeKind.OTHER: "其他收入",
}
EXPENSES = {
    "TAX": "税款",
    "SOCIAL_INSURANCE": "社会保障支出",
    "SUPPORT_PAID": "支付的赡养、抚养、扶养费",
    "DISABILITY": "因残疾增加的刚性支出",
    "ILLNESS": "因患重病增加的刚性支出",
}
