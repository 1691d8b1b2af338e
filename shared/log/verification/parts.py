"""A log's facts read in parts, by this process and by others beside it.

Another process writes what its part tells into a file without a name, so that nobody waits for
anybody and memory stays flat. A part whose process fails is read here: what is wrong with it then
shows as if there had been one process only.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final, Self

from sqlalchemy.engine import Connection

from shared.log.verification.examining import Examiner
from shared.log.verification.report import Findings
from shared.log.verification.rows import PAGE
from shared.log.verification.spool import Order, Tally, read_all
from shared.log.verification.told import Part, Told


@dataclass(frozen=True, slots=True)
class Asked:
    """Which log, up to which position, and whether the facts' rows are wanted, for a copy."""

    log: str
    end: int
    derive: bool


@contextmanager
def told_by(
    conn: Connection, asked: Asked, processes: int, findings: Findings
) -> Iterator[Iterator[Told]]:
    """What the facts from 0 to the end tell, in order, however many read them."""
    own, *others = parts(asked.end, processes)
    with ExitStack() as stack:
        helpers = [stack.enter_context(Helper.at_work(conn, asked.log, part)) for part in others]
        examiner = Examiner(conn, asked.log, own, findings, derive=asked.derive)

        def told() -> Iterator[Told]:
            yield from examiner.told()
            examiner.close()
            for helper in helpers:
                yield from helper.told(conn, asked, findings)

        yield (every := told())
        for _ in every:  # the last part ends after its last fact
            raise AssertionError("more was told than there are positions")


def parts(end: int, processes: int) -> list[Part]:
    """As many parts of whole pages, fewer where there are fewer pages.

    The first, which the asking process reads, is smaller than the others, which are alike.
    """
    pages = -(-end // PAGE)
    others = max(1, min(processes, pages)) - 1
    own = int(pages * (1 - others * _BESIDES) / (others + 1)) if others else pages
    own = max(1, own)
    starts = [0, *[(own + (pages - own) * n // others) * PAGE for n in range(others)]]
    stops = [*starts[1:], end]
    return [Part(a, b, b == end) for a, b in zip(starts, stops, strict=True)]


_BESIDES: Final = 0.1
"""What the asking process does for each fact of the log besides, in times of reading one."""


class Helper:
    """A process that reads a part."""

    def __init__(self, process: subprocess.Popen[bytes], part: Part, spool: IO[bytes]) -> None:
        self._process, self._part, self._spool = process, part, spool

    @classmethod
    @contextmanager
    def at_work(cls, conn: Connection, log: str, part: Part) -> Iterator[Self]:
        """Started, and ended with the block whatever happens."""
        url = conn.engine.url.render_as_string(hide_password=False)
        words = (sys.executable, "-m", "shared.log.verification.helping")
        with TemporaryFile() as spool:
            # What it has to complain of is found again where its part is read instead.
            process = subprocess.Popen(  # noqa: S603 - our own program
                words, stdin=subprocess.PIPE, stdout=spool, stderr=subprocess.DEVNULL
            )
            try:
                with suppress(BrokenPipeError):  # ended already; its status tells
                    Order(url, log, part).send(process.stdin)
                yield cls(process, part, spool)
            finally:
                process.kill()
                process.wait()

    def told(self, conn: Connection, asked: Asked, findings: Findings) -> Iterator[Told]:
        """What the part tells, and found in it."""
        if self._process.wait() != 0:
            examiner = Examiner(conn, asked.log, self._part, findings, derive=asked.derive)
            yield from examiner.told()
            examiner.close()
            return
        self._spool.seek(0)
        for said in read_all(self._spool):
            if isinstance(said, Tally):
                findings.take_over(said.named, said.counts)
            else:
                yield said
