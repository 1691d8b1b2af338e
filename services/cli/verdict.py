"""An assessment as an officer reads it."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.review.domain.assessing.outcome import Outcome, Reason
from shared.money import yuan_text
from shared.policy.pack import Certainty


def print_verdict(outcome: Outcome) -> None:
    """The answer, then the way to it, each line with its article."""
    console = Console()
    console.print(_headline(outcome), style="bold", highlight=False)
    _reasons(console, "理由", outcome.reasons)
    console.print(_members(outcome), _steps(outcome))
    _reasons(console, "什么会改变结论", outcome.would_change)
    console.print(_rules(outcome))
    console.print(f"政策摘要 {outcome.policy_digest}", style="dim", highlight=False)


def _headline(outcome: Outcome) -> str:
    day = f"按{outcome.on.isoformat()}的规定"
    if outcome.eligible:
        uplift = f"（含分类施保{yuan_text(outcome.uplift_fen)}元）" if outcome.uplift_fen else ""
        return f"{day}：符合低保条件，每月{yuan_text(outcome.allowance_fen)}元{uplift}"
    return f"{day}：不符合低保条件" + ("，属于低保边缘家庭" if outcome.verge else "")


def _reasons(console: Console, title: str, reasons: tuple[Reason, ...]) -> None:
    if not reasons:
        return
    console.print(f"\n{title}", style="bold")
    for one in reasons:
        whom = f"{one.member}：" if one.member else ""
        line = f"  {whom}{one.sentence}（{one.article}）[{one.code}]"
        console.print(escape(line), highlight=False)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _members(outcome: Outcome) -> Table:
    table = _table("家庭成员", "成员", "计入", "理由", "依据")
    for one in outcome.members:
        counted = "是" if one.counted else "否"
        row = (one.member, counted, one.reason.sentence, one.reason.article)
        table.add_row(*(escape(cell) for cell in row))
    return table


def _steps(outcome: Outcome) -> Table:
    table = _table("计算步骤", "步骤", "元/月", "依据")
    table.columns[1].justify = "right"
    for step in outcome.steps:
        table.add_row(escape(step.sentence), yuan_text(step.fen), escape(step.article))
    return table


def _rules(outcome: Outcome) -> Table:
    """What was assumed or taken from elsewhere; rules that the texts state are in the JSON."""
    table = _table("所用参数中不是原文写明的", "参数", "程度", "版本", "依据")
    for rule in outcome.rules:
        if rule.certainty is not Certainty.TEXT:
            cells = (rule.title, rule.certainty.value, rule.version, rule.citation)
            table.add_row(*(escape(cell) for cell in cells))
    return table
