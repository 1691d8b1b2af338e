"""The site's time."""

from datetime import datetime

import click

from services.runtime.home import Home, move_on
from shared.clock import CHINA
from shared.settings import Settings


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
