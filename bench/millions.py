"""Very long logs in a short time: bodies from one pattern, indexes and triggers put back at the end.

What comes out is what appending one by one would have left behind.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from bench import samples
from bench.raw import values
from shared import canonical
from shared.envelope import Row, row_of
from shared.log.merkle import leaf_hash

_encode = msgspec.json.Encoder(order="deterministic").encode


def fill(path: Path, count: int, log: str = samples.LOG) -> None:
    """Put `count` facts into the empty log in this file, which nobody else has open."""
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute("BEGIN IMMEDIATE")
        aside = conn.execute(_ASIDE).fetchall()
        for kind, name, _ in aside:
            conn.execute(f"DROP {kind} {name}")
        conn.executemany(_FACT, (values(at, row) for at, row in enumerate(_rows(log, count))))
        conn.executemany("INSERT INTO fact_person VALUES (?,?)", _persons(count))
        for _, _, statement in aside:
            conn.execute(statement)
        conn.execute("COMMIT")
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        conn.close()


def _rows(log: str, count: int) -> Iterator[Row]:
    """Visits as in samples; each case, id, cause and income its own."""
    tree = {**canonical.decode(samples.row(0).body), "log": log}
    for number in range(count):
        case, about = samples.case(number), tree["about"]
        household = f"hh-{case[5:]}"
        tree["stream"], tree["version"] = f"case/{case}", number % samples.FACTS_PER_CASE + 1
        tree["id"] = f"018df82d-1c80-7000-8000-{number:012x}"
        tree["cause"] = f"0b4e5d0a-52f1-5c3e-8a6f-{number:012x}"
        tree["journey"] = tree["data"]["case"] = about["case"] = case
        about["household"], about["persons"] = household, list(_people(number))
        tree["data"]["monthly_income_fen"] = 30_000 + number % 70_000
        body = _encode(tree)
        yield Row(
            tree["id"], tree["stream"], tree["version"], tree["fact"], tree["at"],
            tree["actor"]["officer"], case, household, about["township"], about["village"],
            tuple(about["persons"]), body, leaf_hash(body),
        )  # fmt: skip


def sound(log: str = samples.LOG) -> bool:
    """Whether the pattern's rows are what their bodies say, by the product's own derivation."""
    return all(row_of(row.body) == row for row in _rows(log, 2 * samples.FACTS_PER_CASE))


def _people(number: int) -> tuple[str, str]:
    """A household of two."""
    household = number // samples.FACTS_PER_CASE
    return f"{household:032x}", f"f{household:031x}"


def _persons(count: int) -> Iterator[tuple[Any, ...]]:
    """The index of persons, in the order of its key."""
    for which in (0, 1):
        for number in range(count):
            yield _people(number)[which], number


_FACT = "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
_ASIDE = (
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'trigger' "
    "OR (type = 'index' AND tbl_name IN ('fact', 'fact_person')))"
)
