"""Photos and papers: kept by their hash, which is what the log holds."""

from pathlib import Path

import click

from services.cli.answering import print_json
from services.reporting.mirror import timeline
from services.runtime.evidence import Found, keep, look, named_in
from services.runtime.home import Home
from services.runtime.reading import reading
from shared.settings import Settings

SAID = {Found.KEPT: "完好", Found.MISSING: "缺失", Found.ALTERED: "已被改动"}
_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.group()
def evidence() -> None:
    """Photos of visits and papers, kept in the site's folder under their SHA-256."""


@evidence.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_json
@click.pass_obj
def add(settings: Settings, file: Path, as_json: bool) -> None:
    """Keep FILE and print its SHA-256 and size, to be named in a command. The file stays."""
    kept = keep(Home.of(settings), file)
    if as_json:
        print_json({"sha256": kept.sha256, "size_bytes": kept.size_bytes})
    else:
        click.echo(f"{kept.sha256}  {kept.size_bytes}")


@evidence.command()
@click.option("--case", help="Only what this case's steps name.")
@_json
@click.pass_context
def check(ctx: click.Context, case: str | None, as_json: bool) -> None:
    """Hash again every file that the record names, and say which is missing or altered.

    Exit status 1 where one is.
    """
    home = Home.of(ctx.obj)
    with reading(home, "reporting") as conn:
        entries = timeline(conn, case=case)
        digests = sorted({digest for entry in entries for digest in named_in((entry.data,))})
    found = {digest: look(home, digest) for digest in digests}
    wrong = {digest: state for digest, state in found.items() if state is not Found.KEPT}
    if as_json:
        print_json(
            {"named": len(found), "wrong": {one: str(state) for one, state in wrong.items()}}
        )
    else:
        for digest, state in wrong.items():
            click.echo(f"{digest}  {SAID[state]}")
        click.echo(f"记录中共有 {len(found)} 份照片和材料，{len(wrong)} 份缺失或已被改动。")
    ctx.exit(1 if wrong else 0)
