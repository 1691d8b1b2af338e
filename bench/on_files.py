"""Appending to SQLite, by one thread and by sixteen that share commits."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.appending import fresh, tenfold
from bench.figures import Figure, at_least
from bench.logs import LONG, SHORT, Log, on_sqlite
from bench.measuring import interleave, prepared
from bench.raw import RawSqlite
from bench.stage import Stage
from shared.envelope import Row

THREADS = 16


def sqlite(stage: Stage) -> Iterator[Figure]:
    """A fact a transaction, beside one connection of sqlite3 that inserts and commits the same.

    Same columns, indexes and pragmas; the raw file has no triggers. The sixteen threads write
    each to streams of their own.
    """
    short = on_sqlite(stage, "short", stage.count(SHORT))
    long = on_sqlite(stage, "long", stage.count(LONG))
    raw = RawSqlite(stage, on_sqlite(stage, "raw", stage.count(SHORT)))
    total = stage.count(1_600)
    with ThreadPoolExecutor(THREADS) as pool:

        def together(log: Log, parts: list[list[Row]]) -> int:
            return sum(pool.map(log.append, parts))

        taken = interleave(
            {
                "ours": prepared(lambda: short.take(total), short.append),
                "raw": prepared(lambda: fresh(total), raw.insert_one_by_one),
                "together": prepared(lambda: _split(short, total), lambda p: together(short, p)),
                "long": prepared(lambda: long.take(total), long.append),
                "long, together": prepared(
                    lambda: _split(long, total), lambda p: together(long, p)
                ),
            },
            stage.rounds,
        )
    for side, name, aim in (
        ("ours", "append 1, SQLite", 0.80),
        ("together", "append 1 by sixteen threads, SQLite", 1.6),
    ):
        rate, ratio = taken.rate(side), taken.ratio(side, "raw")
        yield Figure.beside(
            f"{name}: raw commit", rate, "facts/s", taken.rate("raw"), ratio, at_least(aim)
        )
        grown = "long" if side == "ours" else "long, together"
        yield tenfold(name, taken.rate(grown), rate, taken.ratio(side, grown))


def _split(log: Log, total: int) -> list[list[Row]]:
    """As many parts as threads, each of whole cases."""
    return [log.take(max(8, total // THREADS // 8 * 8)) for _ in range(THREADS)]
