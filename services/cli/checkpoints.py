"""Taking a log's signed checkpoint along, to hold the log against it later."""

import click

from services.runtime.home import Home
from services.runtime.houses import NAMES
from services.runtime.reading import newest_checkpoint
from shared.settings import Settings


@click.command()
@click.argument("service", type=click.Choice(NAMES))
@click.pass_obj
def checkpoint(settings: Settings, service: str) -> None:
    """Print the newest signed checkpoint of SERVICE's log.

    Keep it where the site's operators can't reach; months later `yingbao verify --checkpoint FILE`
    shows that the log still begins with exactly these facts.
    """
    note = newest_checkpoint(Home.of(settings), service)
    if note is None:
        raise click.ClickException("这个日志还没有签名的检查点。")
    click.echo(note, nl=False)
