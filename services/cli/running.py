"""Running a site's services and bringing their databases up to date."""

import signal
import threading

import click

from services.runtime.home import Home
from services.runtime.houses import NAMES
from services.runtime.lock import SiteLock
from services.runtime.migrating import migrate_all
from services.runtime.supervising import supervise
from shared.collecting import settle
from shared.settings import Settings


@click.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...", type=click.Choice(NAMES))
@click.pass_obj
def migrate(settings: Settings, services: tuple[str, ...]) -> None:
    """Bring the databases of the site, or of each SERVICE only, to the newest form.

    In embedded mode no other process may write meanwhile. In distributed mode this is done as the
    databases' owners (YINGBAO_OWNER_URL_*), and each service's role is granted what it needs.
    """
    home = Home.of(settings)
    home.charter()
    lock = None if settings.distributed else SiteLock(home.path / "site.lock").take()
    try:
        migrate_all(home, services or NAMES)
    finally:
        if lock is not None:
            lock.release()
    click.echo("数据库结构已是最新。")


@click.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...", type=click.Choice(NAMES))
@click.option("--all", "everything", is_flag=True, help="Embedded: all services in this process.")
@click.pass_obj
def run(settings: Settings, services: tuple[str, ...], everything: bool) -> None:
    """Run services until SIGTERM or Ctrl-C: followers, retries, signing of checkpoints.

    In embedded mode one process holds all services and is the site's only writer: --all. In
    distributed mode each SERVICE is a process of its own: this one where one is named; where
    several are, this one starts them, passes SIGTERM on, and ends all when one ends by itself.

    Exit status 0: all ended because they were told to.
    """
    names = tuple(dict.fromkeys(services))
    match settings.distributed, everything, len(names):
        case False, True, 0:
            _run_all(settings)
        case False, _, _:
            raise click.UsageError("单机模式由一个进程运行全部服务：yingbao run --all")
        case True, False, 1:
            _run_one(settings, names[0])
        case True, False, count if count > 1:
            raise click.exceptions.Exit(supervise(names))
        case _:
            raise click.UsageError(
                f"分布模式下每个服务各为一个进程，请写明服务名：yingbao run {' '.join(NAMES)}"
            )


def _run_all(settings: Settings) -> None:
    from services.runtime.embedded import open_site  # noqa: PLC0415 - needs every service's folder
    from services.runtime.tending import tend  # noqa: PLC0415 - the same

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with open_site(settings.home, settings.policy) as site:
        settle()
        click.echo(f"站点 {site.charter.code} 运行中（{settings.home}），按 Ctrl-C 停止。")
        tend(site, stop)
    click.echo("已停止。")


def _run_one(settings: Settings, name: str) -> None:
    Home.of(settings).charter()  # said before anything is patched
    from services.runtime import processes  # noqa: PLC0415 - it patches the process it is in

    processes.run(name, settings)
