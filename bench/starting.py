"""Starting an embedded site."""

from collections.abc import Iterator

from bench.appending import TENFOLD
from bench.figures import Figure, at_most
from bench.logs import SIZES
from bench.long_sites import LongLog
from bench.measuring import Side, interleave, timed
from bench.stage import Stage
from services.runtime.embedded import open_site


def start(stage: Stage) -> Iterator[Figure]:
    """From `EmbeddedSite.open` until it has looked at every log and found it signed.

    Python and the program's modules are loaded by then.
    """
    short = LongLog.of(stage, stage.count(SIZES[1]))
    long = LongLog.of(stage, stage.count(SIZES[2]))
    taken = interleave({"short": _opened(short), "long": _opened(long)}, stage.rounds)
    name = f"start-up of an embedded site with {long.size:,} facts"
    seconds = 1 / taken.rate("long")
    yield Figure.alone(name, seconds, "s", at_most(3))
    yield Figure.beside(
        f"{name}: with a tenth of them",
        seconds, "s", 1 / taken.rate("short"), taken.ratio("short", "long"), TENFOLD,
    )  # fmt: skip


def _opened(log: LongLog) -> Side:
    def work() -> int:
        with open_site(log.path) as site:
            site.checkpoint()
            if site.services["review"].source.head() + 1 != log.size:
                raise RuntimeError("another log")
        return 1

    return timed(work)
