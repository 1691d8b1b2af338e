"""Founding and running a site, and its door by hand."""

import json
import signal
import sys
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import click

from services.demo.district import DISTRICT_CODE
from services.demo.opening import found_trial
from services.runtime.embedded import EmbeddedSite, open_site
from services.runtime.founding import appoint_first_administrator, found, migrate_all
from services.runtime.home import Charter, Home, founding, move_on
from services.runtime.lock import SiteLock
from services.runtime.tending import tend
from services.runtime.tokens import issue_token
from shared.clock import CHINA, day_of
from shared.settings import Settings


@click.command()
@click.option("--administrator", help="Officer id of the first administrator.")
@click.option("--name", help="The administrator's name.")
@click.option("--code", default=DISTRICT_CODE, show_default=True, help="Division code of the site.")
@click.option("--trial", is_flag=True, help="A site to try things on, with a made-up district.")
@click.pass_obj
def init(
    settings: Settings, administrator: str | None, name: str | None, code: str, trial: bool
) -> None:
    """Found a new embedded site in YINGBAO_HOME: folders, keys, databases, administrator.

    With --trial the site also gets Huaiyang's units and synthetic officers, and a simulated clock
    that `yingbao clock` moves; then `yingbao import` works at once. Without it, --administrator
    and --name are needed, and everything else is registered by that person's commands.
    """
    home = Home.of(settings)
    if home.path.exists() and any(home.path.iterdir()):
        raise click.ClickException(f"{home.path} 不是空目录，没有改动。")
    if not trial and not (administrator and name):
        raise click.UsageError("请用 --administrator 和 --name 指定首任管理员，或用 --trial 试用。")
    with founding(home) as new:
        if trial:
            found_trial(new, datetime.now(UTC))
        else:
            _found(new, code, str(administrator), str(name))
    click.echo(f"站点已建立：{home.path}（密钥在 keys/，请另行备份并限制访问）")


def _found(home: Home, code: str, administrator: str, name: str) -> None:
    found(home, Charter(code, trial=False))
    with open_site(home.path) as site:
        gateway, today = site.services["gateway"], day_of(datetime.now(UTC))
        appoint_first_administrator(gateway, administrator, name, code, today)
        _rest(site)


@click.command()
@click.option(
    "--to",
    "instant",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
    help="Move on to this day (09:00) or minute, China time.",
)
@click.pass_obj
def clock(settings: Settings, instant: datetime | None) -> None:
    """Show the site's time; on a trial site with a simulated clock, move it on."""
    home = Home.of(settings)
    charter = home.charter()
    if instant is not None:
        move_on(home, charter, instant)
    click.echo(home.clock(charter).now().astimezone(CHINA).isoformat(timespec="seconds"))


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring every database of the site to the newest form. No other process may write meanwhile."""
    home = Home.of(settings)
    home.charter()
    lock = SiteLock(home.path / "site.lock").take()
    try:
        migrate_all(home)
    finally:
        lock.release()
    click.echo("数据库结构已是最新。")


@click.command()
@click.option("--all", "everything", is_flag=True, help="All services in this one process.")
@click.pass_obj
def run(settings: Settings, everything: bool) -> None:
    """Run the site until SIGTERM or Ctrl-C: followers, retries, signing of checkpoints.

    In embedded mode one process holds all services and is the site's only writer.
    """
    if not everything:
        raise click.UsageError("embedded mode runs all services together: yingbao run --all")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with open_site(settings.home) as site:
        click.echo(f"站点 {site.charter.code} 运行中（{settings.home}），按 Ctrl-C 停止。")
        tend(site, stop)
    click.echo("已停止。")


@click.command()
@click.option("--officer", required=True, help="Officer id, e.g. o-411603101-3.")
@click.option("--for", "acting_for", help="Officer id whom this officer stands in for.")
@click.option(
    "--minutes",
    default=30,
    show_default=True,
    type=click.IntRange(1, 720),
    help="How long it is good for.",
)
@click.pass_obj
def token(settings: Settings, officer: str, acting_for: str | None, minutes: int) -> None:
    """Issue a signed token for an officer, good for some minutes of the site's time.

    A token grants nothing by itself: what the officer may do follows from the appointments on
    record on the day of the act. Needs the site's token key, so only its operator can do this.
    """
    click.echo(issue_token(Home.of(settings), officer, acting_for, minutes))


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
    with open_site(settings.home) as site:
        answer = site.execute(name, content, actor, command_id or str(uuid4()))
        click.echo(json.dumps(asdict(answer), ensure_ascii=False, indent=2))
        _rest(site)
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


def _rest(site: EmbeddedSite) -> None:
    site.settle()
    site.checkpoint()
