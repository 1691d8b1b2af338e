"""Founding a site."""

from datetime import UTC, datetime

import click

from services.demo.district import DISTRICT_CODE
from services.demo.opening import found_trial
from services.runtime.founding import appoint_first_administrator, found
from services.runtime.home import Charter, Home, founding
from services.runtime.running_site import open_site
from shared.clock import day_of
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
    """Found a new site in YINGBAO_HOME: folders, keys, databases, administrator.

    With --trial the site also gets Huaiyang's units and synthetic officers, and a simulated clock
    that `yingbao clock` moves; then `yingbao import` works at once. Without it, --administrator
    and --name are needed, and everything else is registered by that person's commands.

    In distributed mode the databases are migrated on their servers. A trial there has keys and a
    simulated clock and empty logs: `yingbao demo --distributed` opens its district. Safe to repeat.
    """
    home = Home.of(settings)
    if settings.distributed:
        _found_servers(home, code, administrator, name, trial=trial)
        return
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
    with open_site(home) as site:
        gateway, today = site.services["gateway"], day_of(datetime.now(UTC))
        appoint_first_administrator(gateway, administrator, name, code, today)
        site.settle()
        site.checkpoint()


def _found_servers(
    home: Home, code: str, administrator: str | None, name: str | None, *, trial: bool
) -> None:
    if not trial and not (administrator and name):
        raise click.UsageError("请用 --administrator 和 --name 指定首任管理员，或用 --trial 试用。")
    charter = Charter(code, trial, "file" if trial else "system")
    if home.is_founded and home.charter() != charter:
        raise click.ClickException(f"{home.path} 已经是另一种站点，没有改动。")
    found(home, charter, datetime.now(UTC))
    if not trial:
        with open_site(home) as site:
            gateway, today = site.services["gateway"], day_of(datetime.now(UTC))
            appoint_first_administrator(gateway, str(administrator), str(name), code, today)
    folder = home.secrets.folder
    written = folder.is_dir() and any(folder.iterdir())
    keys = f"（密钥在 {folder}，请另行备份并限制访问）" if written else ""
    click.echo(f"站点已建立：{home.path}{keys}")
