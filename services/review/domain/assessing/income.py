"""What the counted members have a year: 57号 Art 13, 83号 1(1); before 2021-07-01 220号 Art 16.

The article speaks of a person's wages, business, property: incomes of one kind are one sum before
costs, limit and loss. So neither the order nor the number of the lines plays a part.
Sums are exact, in fractions of a fen; the household's total is rounded once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from services.review.domain.assessing.alone import is_unemployed_severe
from services.review.domain.assessing.asked import Member
from services.review.domain.assessing.gap import MONTHS
from services.review.domain.assessing.law import Law
from services.review.domain.assessing.outcome import Step
from services.review.domain.assessing.refusals import ParameterRefused
from services.review.domain.assessing.titles import EXPENSES, INCOMES
from shared.facts.words import ExpenseKind, IncomeKind, Per
from shared.money import yuan_text

MILLE = 1000


@dataclass(frozen=True, slots=True)
class Earned:
    """A household's income, whole fen; `year_fen` is never under nothing."""

    year_fen: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one sum adds to the income of a year, exact; a deduction is negative."""

    year: Fraction
    step: Step


@dataclass(frozen=True, slots=True)
class _Sum:
    """All that a member has of one kind of income, fen a year, and what it takes to earn it."""

    kind: IncomeKind
    gross: Fraction
    costs: Fraction


def earned(law: Law, members: tuple[Member, ...], standard_fen: int, on: date) -> Earned:
    """All members' incomes less what may be taken off; negative sums are nothing.

    Rounded downwards: lower than the standard stays so. Raises ParameterRefused.
    """
    parts = [
        part
        for member in members
        for part in (*_incomes(law, member, standard_fen, on), *_expenses(law, member))
    ]
    total = sum((part.year for part in parts), Fraction())
    return Earned(max(floor(total), 0), tuple(part.step for part in parts))


def _a_year(law: Law, fen: int, per: Per) -> Fraction:
    """Fen a year; a single payment is spread over the look-back period."""
    match per:
        case Per.MONTH:
            return Fraction(fen * MONTHS)
        case Per.YEAR:
            return Fraction(fen)
        case Per.ONCE:
            months = law.number("income.look_back_months")
            if not months:
                raise ParameterRefused("参数“income.look_back_months”不能是0个月：无从分摊。")
            return Fraction(fen * MONTHS, months)


def _incomes(law: Law, member: Member, standard_fen: int, on: date) -> Iterator[_Part]:
    for kind in IncomeKind:
        lines = [line for line in member.incomes if line.kind is kind]
        if lines:
            gross = sum((_a_year(law, line.fen, line.per) for line in lines), Fraction())
            costs = sum((_a_year(law, line.costs_fen, line.per) for line in lines), Fraction())
            yield _income(law, member, _Sum(kind, gross, costs), standard_fen, on)


def _income(law: Law, member: Member, has: _Sum, standard_fen: int, on: date) -> _Part:
    name, counts = _counts(law, member, has.kind, on)
    said = f"{member.id}的{INCOMES[has.kind]}{_month(has.gross)}"
    if not counts:
        step = Step(f"EXCLUDED_{has.kind}", law.article(name), f"{said}，不计入", 0)
        return _Part(Fraction(), step)
    costs = _costs(law, has, standard_fen)
    net = has.gross - costs
    if net < 0 and not law.flag("income.loss_offsets"):
        net = Fraction()
    less = f"，扣减成本{_month(costs)}" if costs else ""
    sentence = f"{said}{less}，计入{_month(net)}"
    return _Part(net, Step(f"COUNTED_{has.kind}", law.article(name), sentence, net // MONTHS))


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


def _costs(law: Law, has: _Sum, standard_fen: int) -> Fraction:
    """What it takes to earn it, as far as it may be taken off; 0 without costs."""
    if not has.costs:
        return Fraction()
    match law.choice(f"income.costs_{has.kind.lower()}"):
        case "full":
            return has.costs
        case "capped":
            per_mille = law.number("income.work_cost_max_per_mille")
            return min(has.costs, Fraction(standard_fen * MONTHS * per_mille, MILLE))
        case _:
            return Fraction()


def _expenses(law: Law, member: Member) -> Iterator[_Part]:
    for kind in ExpenseKind:
        lines = [line for line in member.expenses if line.kind is kind]
        if lines:
            paid = sum((_a_year(law, line.fen, line.per) for line in lines), Fraction())
            yield _expense(law, member, kind, paid)


def _expense(law: Law, member: Member, kind: ExpenseKind, paid: Fraction) -> _Part:
    name = f"income.deducts_{kind.lower()}_per_mille"
    taken = paid * law.number(name) / MILLE
    sentence = f"{member.id}的{EXPENSES[kind]}，扣减{_month(taken)}"
    step = Step(f"DEDUCTED_{kind}", law.article(name), sentence, -(taken // MONTHS))
    return _Part(-taken, step)


def _month(year: Fraction) -> str:
    """Yuan a month, the part of a fen left away: to be read, not reckoned with."""
    return f"每月{yuan_text(year // MONTHS)}元"
