"""The numbers and switches of the law, as they stood on a day, and what has changed since."""

from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from services.cli.answering import print_json, refused_as_json
from services.cli.parameters import parameter_json, unit_code, value_text
from services.cli.simulating import simulate_policy
from services.runtime.home import Home
from services.runtime.policies import policy_of_site, with_file
from shared.clock import day_of
from shared.policy.comparing import Change, Kind, compare
from shared.policy.model import Parameter, PolicyOn
from shared.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])
KINDS = {
    Kind.ADDED: "新增",
    Kind.REMOVED: "失效",
    Kind.VALUE: "改变",
    Kind.BASIS: "依据改变",
}

_unit = click.option(
    "--unit",
    "township",
    metavar="CODE",
    callback=unit_code,
    help="A township's own values, too.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
_policy = click.option(
    "--policy",
    "pack",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="One more policy file, over what stands.",
)


@click.group()
def policy() -> None:
    """The parameters of the law: values by day, with article and certainty."""


policy.add_command(simulate_policy)


@policy.command()
@click.option("--on", "on", type=DAY, help="The day, 2024-03-01; without it, today.")
@_unit
@_policy
@_json
@click.pass_obj
def show(
    settings: Settings,
    on: datetime | None,
    township: str | None,
    pack: Path | None,
    as_json: bool,
) -> None:
    """Show every parameter that stands on a day, with its version, article and certainty.

    T: the text itself. S: second hand. L: another place's practice. I: interpreted. M: from memory.
    C: calculated. P: assumed. At a site its own file and what the bureau has published stand over
    the built-in packs; no site is needed.
    """
    with refused_as_json(as_json):
        rules = with_file(policy_of_site(Home.of(settings)), pack).at(_day(on), township)
    if as_json:
        print_json({**_side(rules), "parameters": [parameter_json(p) for p in rules.parameters()]})
    else:
        _print_parameters(rules)


@policy.command()
@click.option("--from", "from_on", type=DAY, help="The first day; without it, today.")
@click.option("--to", "to_on", type=DAY, help="The second day; without it, the first.")
@_unit
@_policy
@_json
@click.pass_obj
def diff(
    settings: Settings,
    from_on: datetime | None,
    to_on: datetime | None,
    township: str | None,
    pack: Path | None,
    as_json: bool,
) -> None:
    """Show what differs between two days, or between what stands and a file over it.

    With --policy the second side is read with the file over what stands, so that
    `--from DAY --policy FILE` shows what the file changes on that day. No site is needed.
    """
    if to_on is None and pack is None:
        raise click.UsageError("请用 --to 指定另一日，或用 --policy 指定文件。")
    first = _day(from_on)
    with refused_as_json(as_json):
        standing = policy_of_site(Home.of(settings))
        before = standing.at(first, township)
        after = with_file(standing, pack).at(_day(to_on) if to_on else first, township)
    changes = compare(before, after)
    if as_json:
        shown = [_change_json(change) for change in changes]
        print_json({"from": _side(before), "to": _side(after), "changes": shown})
    else:
        _print_changes(before, after, changes)


def _day(given: datetime | None) -> date:
    return day_of(datetime.now(UTC)) if given is None else given.date()


def _side(rules: PolicyOn) -> dict[str, object]:
    day, township = rules.day.isoformat(), rules.township
    return {"on": day, "unit": township, "policy": rules.policy.digest}


def _change_json(change: Change) -> dict[str, object]:
    sides = {"before": change.before, "after": change.after}
    return {
        "name": change.parameter.name,
        "title": change.parameter.title,
        "kind": change.kind,
        **{side: parameter_json(one) if one else None for side, one in sides.items()},
    }


def _print_parameters(rules: PolicyOn) -> None:
    """A line each, as wide as it is: so many can only be searched, and a cut name isn't found."""
    shown = rules.parameters()
    for one in shown:
        basis = f"{one.citation}（{one.certainty}）"
        click.echo("  ".join((one.name, value_text(one), one.title, f"依据 {basis}", one.version)))
    where = f"，{rules.township}" if rules.township else ""
    click.echo(f"{rules.day}{where}，共 {len(shown)} 项。政策摘要 {rules.policy.digest}")


def _print_changes(before: PolicyOn, after: PolicyOn, changes: list[Change]) -> None:
    headings = ("参数", "名称", "变化", str(before.day), str(after.day))
    columns = (Column(heading, overflow="fold") for heading in headings)  # nothing is cut off
    table = Table(*columns, title="政策参数的变化")
    for change in changes:
        cells = (change.parameter.name, change.parameter.title, KINDS[change.kind],
                 _cell(change.before), _cell(change.after))  # fmt: skip
        table.add_row(*map(escape, cells))
    console = Console()
    console.print(table)
    console.print(f"共 {len(changes)} 项。", highlight=False)


def _cell(parameter: Parameter | None) -> str:
    return f"{value_text(parameter)}（{parameter.citation}）" if parameter else "—"
