"""The site's door by hand."""

import json
import sys
from dataclasses import asdict
from typing import Any
from uuid import uuid4

import click

from services.runtime.home import Home
from services.runtime.running_site import open_site
from shared.settings import Settings


@click.command()
@click.argument("name")
@click.option("--payload", type=click.File("rb"), default="-", help="JSON file; - for stdin.")
@click.option("--token", "actor", required=True, envvar="YINGBAO_TOKEN", help="Officer's token.")
@click.option("--id", "command_id", help="The command's UUID; the same id repeats the answer.")
@click.pass_obj
def execute(
    settings: Settings, name: str, payload: Any, actor: str, command_id: str | None
) -> None:
    """Give one command NAME at the site's door and print the answer as JSON.

    Example: export YINGBAO_TOKEN=$(yingbao token --officer o-411603101-3)
             yingbao execute accept_application --payload case.json
    """
    content = read_json(payload.read())
    with open_site(Home.of(settings)) as site:
        answer = site.execute(name, content, actor, command_id or str(uuid4()))
        click.echo(json.dumps(asdict(answer), ensure_ascii=False, indent=2))
        if not settings.distributed:  # there the services do it by themselves
            site.settle()
            site.checkpoint()
    sys.exit(0 if answer.done else 1)


def read_json(raw: bytes) -> Any:
    """Plain JSON; a name given twice, NaN or endless nesting is not taken for something else."""
    try:
        return json.loads(raw, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"不是有效的 JSON：{type(error).__name__}") from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)
