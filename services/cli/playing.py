"""The demo."""

import os

import click
from rich.console import Console

from services.demo.identifiers import HOUSEHOLD_MAX
from services.demo.preparing import Plan
from services.demo.run import run
from services.runtime.home import Home
from shared.months import MonthRefused, parse_month
from shared.settings import Settings, load_settings

TABLE_WIDTH = 112
UP_HOME = "var/up/site"


def _month(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    try:
        return parse_month(value)
    except MonthRefused as refusal:
        raise click.BadParameter(refusal.sentence) from refusal


@click.command()
@click.option(
    "--households",
    default=500,
    show_default=True,
    type=click.IntRange(1, HOUSEHOLD_MAX),
    help="How many households apply.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(0),
    help="Where every choice comes from; the same seed gives the same month.",
)
@click.option(
    "--month",
    default="2024-03",
    show_default=True,
    callback=_month,
    help="The month of decisions; the roster is of the month after.",
)
@click.option("--resume", is_flag=True, help="Go on with a demo that was interrupted.")
@click.option(
    "--distributed",
    is_flag=True,
    help="In the site of `make up` (var/up/site, or YINGBAO_HOME), by its running services.",
)
@click.pass_obj
def demo(
    settings: Settings, households: int, seed: int, month: str, resume: bool, distributed: bool
) -> None:
    """Play one month of a synthetic district, from application to bank account.

    Units and officers of Huaiyang as of that day, synthetic households; spreadsheets are written
    and taken in; officers of all departments act through the same doors as in production, under a
    simulated clock over China's working days. Everything lands in YINGBAO_HOME (var/demo):
    databases, rosters/, bank/, tables/, sheets/, summary.json. A former demo there is replaced.

    The same seed gives the same roots. Exit status 0: every log verifies, and in every township
    approved = paid + returned + pending.
    """
    plan = Plan(households, seed, month)
    if distributed:
        settings = _servers(settings)
    console = Console()
    console.width = max(console.width, TABLE_WIDTH)  # amounts are never cut short
    summary = run(Home.of(settings), plan, console, resume=resume)
    raise click.exceptions.Exit(0 if summary.verified and summary.conserved else 1)


def _servers(settings: Settings) -> Settings:
    """The settings of the site that `make up` made, unless another one is named."""
    if "YINGBAO_HOME" not in os.environ:
        settings = load_settings({**os.environ, "YINGBAO_HOME": UP_HOME})
    if not settings.distributed:
        raise click.ClickException(
            f"{settings.home} 不是分布模式的站点。请先运行 make up，或用 YINGBAO_HOME 指定站点目录。"
        )
    return settings
