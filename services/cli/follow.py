"""How far every service has followed the others."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from services.runtime.home import Home
from services.runtime.reading import follow_status
from shared.settings import Settings


@click.group()
def follow() -> None:
    """Followers: who follows whom, how far behind, what is parked."""


@follow.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Show every follower's position, its source's head, its lag and its parked facts.

    Exit status 0: everybody is at the head and nothing is parked.
    """
    rows = follow_status(Home.of(settings))
    if as_json:
        shown = [{**asdict(row), "lag": row.lag} for row in rows]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        table = Table("服务", "跟随的日志", "已到", "源头", "滞后", "停放", title="跟随情况")
        for row in rows:
            cells = (row.follower, row.log, row.position, row.head, row.lag, row.parked)
            table.add_row(*map(str, cells), style="red" if row.lag or row.parked else None)
        Console().print(table)
    raise click.exceptions.Exit(1 if any(row.lag or row.parked for row in rows) else 0)
