"""The list of commands, and one place where refusals become a sentence and a status."""

import os
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from services.cli.errors import sentence_of
from shared.collecting import collect_seldom
from shared.logging import configure
from shared.settings import SettingRefused, load_settings

VERSION = "0.1.0"
"""That of pyproject.toml. An image holds the code without being installed: nothing to ask there."""

COMMANDS = {
    "assess": "services.cli.assessing:assess",
    "backup": "services.cli.backup:backup",
    "checkpoint": "services.cli.checkpoints:checkpoint",
    "clock": "services.cli.clocks:clock",
    "competence": "services.cli.competences:competence",
    "deadlines": "services.cli.deadlines:deadlines",
    "demo": "services.cli.playing:demo",
    "evidence": "services.cli.evidence:evidence",
    "execute": "services.cli.executing:execute",
    "follow": "services.cli.follow:follow",
    "health": "services.cli.health:health",
    "import": "services.cli.importing:import_",
    "init": "services.cli.founding:init",
    "log": "services.cli.record:log",
    "migrate": "services.cli.running:migrate",
    "policy": "services.cli.policies:policy",
    "restore": "services.cli.backup:restore_",
    "rewind": "services.cli.backup:rewind",
    "run": "services.cli.running:run",
    "token": "services.cli.tokens:token",
    "topology": "services.cli.topology:topology",
    "verify": "services.cli.verifying:verify",
    "worklist": "services.cli.worklist:worklist",
    "working-days": "services.cli.deadlines:working_days",
}
"""Where each command is. It is imported when it is asked for: a service's image holds its own
folder only, and `yingbao run review` must not need the others'."""


class Commands(click.Group):
    """Commands are loaded when asked for. Refusals and missing sites end with one clear sentence,
    not with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """None where there is no such command, or where its parts are not installed here."""
        place = COMMANDS.get(cmd_name)
        return None if place is None else _load(place)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS and self.get_command(ctx, args[0]) is None:
            raise click.ClickException(f"这里没有安装 {args[0]} 所需的部分，请在运维镜像中运行。")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (click.Abort, KeyboardInterrupt):
            click.echo(
                "已中断。已记录的都在；演示可用 demo --resume 继续，导入可再导入一次。", err=True
            )
            ctx.exit(130)
        except Exception as error:
            said = sentence_of(error)
            if said is None:
                raise
            click.echo(said, err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
@click.pass_context
def main(ctx: click.Context) -> None:
    """应保 Yingbao：低保和特困人员审核确认系统。

    Every step of a case, from the application to the account, is a fact in an append-only log
    that says who did it, when, for whom, and by which article.

    YINGBAO_HOME names the folder of an embedded site (default: var/demo).
    """
    os.umask(0o077)  # databases, keys and documents are their owner's
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a terminal without Chinese gets escapes, not a crash
            stream.reconfigure(errors="backslashreplace")
    try:
        settings = load_settings()
    except SettingRefused as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    configure(settings.log_format, settings.log_level)
    collect_seldom()
    ctx.obj = settings


def _load(place: str) -> click.Command | None:
    """A command by `module:attribute`; None where a part of our own is missing, e.g. a sibling."""
    module, _, attribute = place.partition(":")
    try:
        command = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("services."):
            return None
        raise
    if not isinstance(command, click.Command):
        raise TypeError(f"{place} is no command")
    return command
