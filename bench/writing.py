"""`python -m bench.writing ours|peer ADDRESS NUMBER`: one of several writer processes.

Told a count on its input it makes so many facts and answers; told `go` it writes each in a
transaction of its own and answers when it began and when it ended, by the machine's clock.
"""

import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from time import perf_counter
from typing import Any

from bench import samples
from bench.logs import Log
from bench.peer import Recorder, events
from shared.database import PostgresDatabase
from shared.envelope import Row

APART = 1_000_000_000


def main() -> None:
    """Until the input ends."""
    kind, address, number = sys.argv[1:]
    numbers = count(APART * int(number), 100_000)
    make, write = _writer(kind, address)
    for line in sys.stdin:
        facts = make(samples.rows(next(numbers), int(line)))
        _say("ready")
        sys.stdin.readline()
        start = perf_counter()
        write(facts)
        _say(f"{start} {perf_counter()}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _writer(kind: str, address: str) -> tuple[Callable[[list[Row]], Any], Callable[[Any], int]]:
    if kind == "peer":
        port, _, database = address.partition("/")
        return events, Recorder(int(port), database, create=False).insert
    return lambda rows: rows, partial(Log(PostgresDatabase(address)).append, each=1)


if __name__ == "__main__":
    main()
