"""`python -m bench`: measure, print the table, write var/bench/figures.json."""

from pathlib import Path
from time import perf_counter

import click
from rich.console import Console
from rich.progress import Progress

from bench.figures import FILE, Figure, markdown_of, table_of, write_figures
from bench.machine import machine
from bench.rows import ROWS
from bench.stage import stage
from shared.collecting import collect_seldom
from shared.logging import configure


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="Rows by name; may come repeatedly.")
@click.option("--rounds", default=3, show_default=True, help="How often each side works.")
@click.option("--quick", is_flag=True, help="Tiny amounts: shows that it runs, tells no speed.")
@click.option("--file", type=click.Path(path_type=Path), default=FILE, show_default=True)
@click.option("--markdown", type=click.Path(path_type=Path), help="The table for a document, too.")
def main(
    only: tuple[str, ...], rounds: int, quick: bool, file: Path, markdown: Path | None
) -> None:
    """How fast, against what, and how it grows."""
    if unknown := sorted(set(only) - {row.name for row in ROWS}):
        raise click.BadParameter(f"{unknown}; there are {[row.name for row in ROWS]}")
    configure()  # warnings, past the progress bar
    collect_seldom()  # as every process of ours
    rows = [row for row in ROWS if not only or row.name in only]
    console, figures = Console(), list[Figure]()
    with stage(rounds, quick=quick) as place, Progress(console=console) as progress:
        task = progress.add_task("", total=len(rows))
        for row in rows:
            start = perf_counter()
            progress.update(task, description=row.name)
            figures += row.measure(place)
            progress.advance(task)
            progress.console.print(f"{row.name}: {perf_counter() - start:.0f} s")
    write_figures(machine(), figures, file)
    console.print(table_of(figures))
    if markdown is not None:
        markdown.write_text(markdown_of(figures), "utf-8")


if __name__ == "__main__":
    main()
