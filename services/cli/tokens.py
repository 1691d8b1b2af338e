"""An officer's token from the site's operator."""

import click

from services.runtime.home import Home
from services.runtime.tokens import issue_token
from shared.settings import Settings


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
