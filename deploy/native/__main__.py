"""`python -m deploy.native up|down|status`: a site with all its servers on this machine."""

import sys
from pathlib import Path

import click

from deploy.native.postgres import NotInitialised
from deploy.native.processes import HOST
from deploy.native.programs import ServerMissing
from deploy.native.services import NotFounded
from deploy.native.site import NativeSite, NotOurs, NotUp
from shared.carrying.rabbit.declaring import NotDeclared

TOLD = (
    NotDeclared, NotFounded, NotInitialised, NotOurs, NotUp, ServerMissing, TimeoutError
)  # fmt: skip
place = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/up"),
    show_default=True,
    help="Where everything of the site lies.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A distributed site on loopback: RabbitMQ, PostgreSQL and the five services."""


@main.command()
@place
@click.option("--fresh", is_flag=True, help="Delete what is there and begin anew.")
def up(folder: Path, fresh: bool) -> None:
    """Start what doesn't run and wait until everything is ready. Repeat it to repair."""
    site = NativeSite(folder)
    with site.alone():
        if fresh:
            site.forget()
        site.up(click.echo)
    _show(site)
    click.echo(f"export YINGBAO_HOME={site.home}")


@main.command()
@place
def down(folder: Path) -> None:
    """End everything that `up` started; data stays."""
    site = NativeSite(folder)
    with site.alone():
        site.down()
    click.echo("已停止，数据保留。")


@main.command()
@place
def status(folder: Path) -> None:
    """Show each process. Exit status 0: all run and are ready."""
    site = NativeSite(folder)
    _show(site)
    states = site.states()
    raise click.exceptions.Exit(0 if states and all(state.ready for state in states) else 1)


def _show(site: NativeSite) -> None:
    for state in site.states():
        how = "就绪" if state.ready else "未就绪" if state.pid else "未运行"
        click.echo(f"{state.name:<10} {HOST}:{state.port:<6} {how}  {state.pid or ''}".rstrip())


if __name__ == "__main__":
    try:
        main(prog_name="python -m deploy.native")
    except TOLD as error:
        click.echo(str(error), err=True)
        sys.exit(1)
