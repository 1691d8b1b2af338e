"""Four processes that write to one log at once, each fact in a transaction of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg2

from bench.appending import tenfold
from bench.figures import Figure, at_least
from bench.logs import LONG, SHORT, on_postgres
from bench.measuring import Side, interleave
from bench.peer import Recorder
from bench.stage import Stage

WRITERS = 4


class Crew:
    """Writer processes that wait for each other between rounds; they end with their input."""

    def __init__(self, stage: Stage, kind: str, address: str) -> None:
        self._each = stage.count(300)
        self._writers = [
            stage.things.enter_context(_process([kind, address, str(number)]))
            for number in range(1, WRITERS + 1)
        ]

    def write(self) -> float:
        """One round; facts per second from the first begin to the last end."""
        for line, answer in ((f"{self._each}\n", "ready"), ("go\n", "")):
            for writer in self._writers:
                _tell(writer, line)
            told = [_hear(writer) for writer in self._writers]
            if not all(one.startswith(answer) for one in told):
                raise RuntimeError(f"a writer said {told}")
        times = [[float(word) for word in one.split()] for one in told]
        spent = max(end for _, end in times) - min(start for start, _ in times)
        return WRITERS * self._each / spent


def four_writers(stage: Stage) -> Iterator[Figure]:
    """Beside four processes of the library; and while a report holds a snapshot open.

    The report's snapshot is a REPEATABLE READ transaction that is as old as the round.
    """
    log, long = on_postgres(stage, stage.count(SHORT)), on_postgres(stage, stage.count(LONG))
    peer = Recorder(stage.postgres.port, stage.postgres.create_database())
    stage.things.callback(peer.close)
    ours = Crew(stage, "ours", stage.postgres.url(log.name))
    theirs = Crew(stage, "peer", f"{stage.postgres.port}/{peer.database}")
    tenth = Crew(stage, "ours", stage.postgres.url(long.name))
    report = partial(_under_snapshot, stage.postgres.dsn(log.name), ours)
    sides: dict[str, Side] = {
        "ours": ours.write,
        "peer": theirs.write,
        "report": report,
        "long": tenth.write,
    }
    taken = interleave(sides, stage.rounds)
    rate = taken.rate("ours")
    name = "append 1 by four processes, PostgreSQL"
    yield Figure.beside(
        f"{name}: eventsourcing",
        rate, "facts/s", taken.rate("peer"), taken.ratio("ours", "peer"), at_least(2.4),
    )  # fmt: skip
    yield Figure.beside(
        f"{name}: itself without an open snapshot",
        taken.rate("report"), "facts/s", rate, taken.ratio("report", "ours"), at_least(0.9),
    )  # fmt: skip
    yield tenfold(name, taken.rate("long"), rate, taken.ratio("ours", "long"))


def _under_snapshot(dsn: str, crew: Crew) -> float:
    report = psycopg2.connect(dsn)
    try:
        report.set_session("REPEATABLE READ", readonly=True)
        report.cursor().execute("SELECT count(*) FROM fact")
        return crew.write()
    finally:
        report.close()


@contextmanager
def _process(words: list[str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "bench.writing", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield process


def _tell(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line)
    process.stdin.flush()


def _hear(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()
