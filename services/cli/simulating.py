"""What a policy that nobody has published yet would do to the households on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column, Table

from services.cli.answering import print_json, refused_as_json
from services.runtime.home import Home
from services.runtime.policies import policy_of_site, with_file
from shared.clock import day_of
from shared.money import yuan_text
from shared.policy.model import Policy
from shared.settings import Settings

if TYPE_CHECKING:
    from services.runtime.simulating import Progress, Simulation, Tally

STANDINGS = {"CONFIRMED": "发放中", "UNDER_REVIEW": "审核中（已有初审意见）"}


@click.command("simulate")
@click.argument("file", metavar="NEW.yaml", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--on",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day whose rules hold; without it, today, or NEW's first day where that is later.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
def simulate_policy(settings: Settings, file: Path, on: datetime | None, as_json: bool) -> None:
    """Show what NEW.yaml over the site's policy would do to the households on record.

    Each household under review with an opinion, and each in payment, is judged twice by the rules of
    one day: by the policy that stands, and with NEW over it. Nothing is written.
    """
    from services.runtime.simulating import simulate  # noqa: PLC0415 - needs review's folder

    home = Home.of(settings)
    today = day_of(home.clock(home.charter()).now())
    with refused_as_json(as_json):
        before = policy_of_site(home)
        after = with_file(before, file)
        day = on.date() if on else max(today, _first_day(after, today))
        with _bar() as tell:
            found = simulate(home, before, after, day, tell)
    if as_json:
        print_json({"on": day.isoformat(), "policy": {"before": before.digest,
                    "after": after.digest}, **_json(found)})  # fmt: skip
    else:
        _print(day, found)


def _first_day(policy: Policy, today: date) -> date:
    histories = policy.packs[-1].parameters.values()
    return min((one.from_on for each in histories for one in each.values), default=today)


@contextmanager
def _bar() -> "Iterator[Progress]":
    """How far it is, on standard error, where somebody looks."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("逐户测算", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _json(found: "Simulation") -> dict[str, object]:
    return {
        **_tally(found.total),
        "standings": {name: _tally(one) for name, one in sorted(found.standings.items())},
        "townships": {code: _tally(one) for code, one in sorted(found.townships.items())},
        "not_judged": dict(sorted(found.not_judged.items())),
    }


def _tally(one: "Tally") -> dict[str, int]:
    return asdict(one) | {"difference_fen": one.after_fen - one.before_fen}


def _print(day: date, found: "Simulation") -> None:
    headings = "户数", "新纳入", "退出", "增加", "减少", "现在", "改后", "相差"
    columns = (Column(heading, justify="right", no_wrap=True) for heading in headings)
    table = Table("", *columns, title=f"按 {day} 的规定测算（每月，元）")
    for name, one in found.standings.items():
        table.add_row(*_cells(STANDINGS.get(name, name), one))
    for code, one in sorted(found.townships.items()):
        table.add_row(*_cells(code, one))
    table.add_row(*_cells("合计", found.total))
    console = Console()
    console.print(table)
    if found.not_judged:
        why = "、".join(f"{code} {count}户" for code, count in sorted(found.not_judged.items()))
        console.print(f"另有未能测算的：{why}。", highlight=False)


def _cells(name: str, one: "Tally") -> tuple[str, ...]:
    counts = one.households_count, one.in_count, one.out_count, one.more_count, one.less_count
    money = one.before_fen, one.after_fen, one.after_fen - one.before_fen
    return name, *map(str, counts), *map(yuan_text, money)
