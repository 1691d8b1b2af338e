"""What waits for an officer, until when, and how many days are left."""

from dataclasses import asdict
from datetime import date, datetime

import click
from rich.console import Console
from rich.table import Column, Table

from services.cli.answering import print_json
from services.review.domain.warning import Urgency
from services.review.queries import LINES_MAX, WorkLine, worklist_of
from services.runtime.home import Home
from services.runtime.reading import reading
from services.runtime.sites import build_site
from shared.authority import authority_of
from shared.clock import day_of
from shared.settings import Settings
from shared.token import Identity

DAY = click.DateTime(["%Y-%m-%d"])
LIMIT = 200
URGENCY = {Urgency.OVERDUE: "逾期", Urgency.DUE_SOON: "将到期", Urgency.ON_TIME: "未到期"}
STYLE = {Urgency.OVERDUE: "bold red", Urgency.DUE_SOON: "yellow", Urgency.ON_TIME: None}


@click.command()
@click.option("--officer", required=True, help="Officer id; the posts held on the day decide.")
@click.option("--acting-for", help="Officer id of whom this one stands in for.")
@click.option("--on", "on", type=DAY, help="The day, 2024-03-01; without it, the site's today.")
@click.option("--limit", type=click.IntRange(1, LINES_MAX), default=LIMIT, show_default=True,
              help="At most so many, the nearest limit first.")  # fmt: skip
@click.option("--after", help="The place of the last line of the page before, as --json gives it.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def worklist(
    settings: Settings,
    officer: str,
    acting_for: str | None,
    on: datetime | None,
    limit: int,
    after: str | None,
    as_json: bool,
) -> None:
    """List what waits for an officer: a case officer's township, an aide's village, the decisions
    of a head, the bureau's verification and visits.

    Days are left in the limit's own unit, working days or the calendar's. A step without a limit
    of its own shows the decision's, marked *. How early is warned is policy: warning.days_before.
    """
    home = Home.of(settings)
    site = build_site(home, home.charter(), home.secrets)
    day = day_of(site.clock.now()) if on is None else on.date()
    with reading(home, "review") as conn:
        posts = authority_of(conn, Identity(officer, acting_for), day).posts
        lines = worklist_of(conn, site, posts, day, limit, _place(after))
    if as_json:
        print_json({"officer": officer, "on": day.isoformat(), "tasks": [_json(x) for x in lines]})
    else:
        _print(officer, day, lines, whole=len(lines) < limit)


def _place(text: str | None) -> tuple[date, str, str, int] | None:
    """Last day, case, step and item, with slashes between them."""
    if text is None:
        return None
    try:
        due_on, case, step, item = text.split("/")
        return date.fromisoformat(due_on), case, step, int(item)
    except ValueError as error:
        raise click.BadParameter("应为上一页最后一行的 place。", param_hint="--after") from error


def _json(line: WorkLine) -> dict[str, object]:
    days = {"since": line.since.isoformat(), "due_on": line.due_on and line.due_on.isoformat()}
    due_on, *rest = line.place
    place = "/".join((due_on.isoformat(), *map(str, rest)))
    return asdict(line) | days | {"place": place}


def _print(officer: str, day: date, lines: list[WorkLine], *, whole: bool) -> None:
    columns = (
        "案件",
        "事项",
        "村（社区）",
        "最后一日",
        Column("剩余", justify="right"),
        "状态",
        "依据",
    )
    table = Table(*columns, title=f"{officer} 的待办（{day}）")
    for line in lines:
        step = f"{line.title} {line.item}" if line.item else line.title
        due = "—" if line.due_on is None else f"{line.due_on}{'' if line.own_limit else '*'}"
        unit = "工作日" if line.in_working_days else "日"
        left = "—" if line.days_left is None else f"{line.days_left} {unit}"
        cells = (line.case, step, line.village, due, left, URGENCY[line.urgency], line.basis)
        table.add_row(*cells, style=STYLE[line.urgency])
    Console().print(table)
    overdue = sum(line.urgency is Urgency.OVERDUE for line in lines)
    near = sum(line.urgency is Urgency.DUE_SOON for line in lines)
    click.echo(
        f"共 {len(lines)} 项{'' if whole else '（还有下一页）'}：逾期 {overdue}，将到期 {near}。"
    )
