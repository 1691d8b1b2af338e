"""Appending by one writer: rows that are encoded and hashed, from their bytes to the commit."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count

from bench.figures import Aim, Figure, at_least, at_most
from bench.logs import LONG, SHORT, on_postgres
from bench.measuring import Taken, interleave, prepared
from bench.peer import Recorder, events
from bench.raw import RawPostgres
from bench.samples import rows
from bench.stage import Stage
from shared.envelope import Row

TENFOLD = at_most(1.2)
_SIZES = (  # facts in one transaction, facts in one round, aims
    (1, 600, at_least(0.60), at_least(2.2)),
    (100, 10_000, at_least(0.70), at_least(1.3)),
    (1_000, 10_000, at_least(0.70), at_least(1.3)),
)
_far = count(10_000_000, 100_000)


def fresh(total: int) -> list[Row]:
    """Facts that nobody else has, for a side that doesn't count its own."""
    return rows(next(_far), total)


def against(name: str, taken: Taken, aims: dict[str, tuple[str, Aim]]) -> Iterator[Figure]:
    """`ours` beside each side; and what a log ten times as long costs it, where it was measured."""
    ours = taken.rate("ours")
    for side, (whom, aim) in aims.items():
        ratio = taken.ratio("ours", side)
        yield Figure.beside(f"{name}: {whom}", ours, "facts/s", taken.rate(side), ratio, aim)
    if "long" in taken.rates:
        yield tenfold(name, taken.rate("long"), ours, taken.ratio("ours", "long"))


def tenfold(name: str, long: float, short: float, ratio: float) -> Figure:
    """How many times as long the same work takes on a log ten times as long."""
    return Figure.beside(f"{name}: a tenth of the log", long, "facts/s", short, ratio, TENFOLD)


def postgres(stage: Stage) -> Iterator[Figure]:
    """One, 100 and 1,000 facts in a transaction, beside a raw insert and the library.

    Raw: psycopg 2 into tables made like the log's, same columns and indexes, one statement.
    The library: its application recorder, with the order-keeping lock that it takes by default.
    """
    short, long = on_postgres(stage, stage.count(SHORT)), on_postgres(stage, stage.count(LONG))
    raw = RawPostgres(stage, short)
    peer = Recorder(stage.postgres.port, stage.postgres.create_database())
    stage.things.callback(peer.close)
    peer.insert(events(rows(0, stage.count(SHORT))), 1_000)
    for each, full, raw_aim, peer_aim in _SIZES:
        total = max(each, stage.count(full))
        insert = raw.insert_one_by_one if each == 1 else partial(_parts, raw, each)
        taken = interleave(
            {
                "ours": prepared(partial(short.take, total), partial(short.append, each=each)),
                "raw": prepared(partial(fresh, total), insert),
                "peer": prepared(partial(_events, total), partial(peer.insert, each=each)),
                "long": prepared(partial(long.take, total), partial(long.append, each=each)),
            },
            stage.rounds,
        )
        aims = {"raw": ("raw insert", raw_aim), "peer": ("eventsourcing", peer_aim)}
        yield from against(f"append {each:,}, PostgreSQL", taken, aims)


def _events(total: int) -> list[object]:
    return events(fresh(total))


def _parts(raw: RawPostgres, each: int, rows: Sequence[Row]) -> int:
    return sum(raw.insert_many(rows[cut : cut + each]) for cut in range(0, len(rows), each))
