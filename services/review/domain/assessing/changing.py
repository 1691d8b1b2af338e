"""What would change the answer: the income that turns it, what stands in the way, new rules."""

from collections.abc import Iterator
from datetime import date, timedelta

from services.review.domain.assessing.gap import MONTHS, NOT_BELOW
from services.review.domain.assessing.group import EQUAL_PASSES, Group
from services.review.domain.assessing.law import Law
from services.review.domain.assessing.outcome import Reason
from shared.money import yuan_text
from shared.policy.model import Parameter


def would_change(law: Law, group: Group, others: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Each with its article; the earliest coming change of every rule that was used."""
    income = _by_income(law, group)
    rest = tuple(
        Reason(f"WITHOUT_{reason.code}", reason.article, f"现为：{reason.sentence}", reason.member)
        for reason in group.against
        if reason.code != NOT_BELOW
    )
    return (*income, *rest, *others, *_by_rules(law))


def _by_income(law: Law, group: Group) -> tuple[Reason, ...]:
    """How much more or less a month turns the income test."""
    by_income = any(reason.code == NOT_BELOW for reason in group.against)
    if not group.members or (group.against and not by_income):
        return ()
    article = law.article(EQUAL_PASSES)
    over = group.income.year_fen - group.ceiling_year_fen + (not law.flag(EQUAL_PASSES))
    if by_income:
        fen = -(-over // MONTHS)
        sentence = f"家庭月收入至少减少{yuan_text(fen)}元，人均收入才低于标准"
        return (Reason("INCOME_LOWER", article, sentence),)
    fen = -(-(1 - over) // MONTHS)
    sentence = f"家庭月收入增加{yuan_text(fen)}元，人均收入就不再低于标准"
    return (Reason("INCOME_HIGHER", article, sentence),)


def _by_rules(law: Law) -> Iterator[Reason]:
    """Rules already written for later days that differ from those used."""
    for name in sorted(law.used):
        now = law.used[name]
        for day in _days(law, name):
            rules = law.rules.policy.at(day, law.rules.township)
            if rules.knows(name):
                then = rules.parameter(name)
                if then.value != now.value:
                    yield _change(now, then, day)
                    break


def _days(law: Law, name: str) -> list[date]:
    """When something may change, later than the day of the question."""
    values = [
        dated
        for pack in law.rules.policy.packs
        if name in pack.parameters
        for dated in pack.parameters[name].values
    ]
    starts = {dated.from_on for dated in values}
    lasts = (dated.to_on for dated in values if dated.to_on)
    ends = {last + timedelta(days=1) for last in lasts if last < date.max}
    return sorted(day for day in starts | ends if day > law.rules.day)


def _change(now: Parameter, then: Parameter, day: date) -> Reason:
    sentence = f"{day.isoformat()}起“{now.title}”由{_said(now)}改为{_said(then)}"
    return Reason("RULE_CHANGES", then.citation, sentence)


def _said(parameter: Parameter) -> str:
    match parameter.value:
        case bool(flag):
            return "是" if flag else "否"
        case int(number) if parameter.name.endswith("_fen"):
            return f"{yuan_text(number)}元"
        case value:
            return str(value)
