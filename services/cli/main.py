"""The list of commands, and one place where refusals become a sentence and a status."""

import os
import sys
from io import TextIOWrapper

import click

from services.cli.checkpoints import checkpoint
from services.cli.errors import sentence_of
from services.cli.follow import follow
from services.cli.importing import import_
from services.cli.playing import demo
from services.cli.record import log
from services.cli.running import clock, execute, init, migrate, run, token
from services.cli.verifying import verify
from shared.logging import configure
from shared.settings import SettingRefused, load_settings


class Commands(click.Group):
    """Refusals and missing sites end with one clear sentence, not with a traceback."""

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
@click.version_option(package_name="yingbao")
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
    ctx.obj = settings


for command in (
    demo,
    import_,
    run,
    init,
    clock,
    migrate,
    execute,
    token,
    verify,
    checkpoint,
    log,
    follow,
):
    main.add_command(command)
