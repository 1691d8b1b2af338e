"""The demo's month: 5,000 households beside 500, seconds for each household."""

import io
from collections.abc import Iterator
from time import perf_counter

from rich.console import Console

from bench.figures import Figure, at_most
from bench.stage import Stage
from services.demo.preparing import Plan
from services.demo.run import run
from services.runtime.home import Home

FEW, MANY = 500, 5_000
MONTH = "2024-03"


def play(stage: Stage, households: int) -> float:
    """Sheets, applications, reviews, rosters, payments, reports and every log verified; seconds."""
    home = Home(stage.folder / f"demo-{households}")
    start = perf_counter()
    summary = run(home, Plan(households, 1, MONTH), Console(file=io.StringIO()))
    if not (summary.verified and summary.conserved):
        raise RuntimeError("the demo's books don't hold")
    return perf_counter() - start


def demo(stage: Stage) -> Iterator[Figure]:
    """Played once each, for the many take minutes."""
    few, many = stage.count(FEW), stage.count(MANY)
    short = play(stage, few) / few
    long = play(stage, many) / many
    name = f"demo of {many:,} households: each, beside {few:,}"
    yield Figure.beside(name, 1_000 * long, "ms", 1_000 * short, long / short, at_most(1.2))
