"""A log's rows as they lie in the database, read a page at a time and trusted in nothing.

An attacker may have put anything into a column, on SQLite even of another type.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from operator import methodcaller
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.edge import split_hashes
from shared.log.merkle import HASH_SIZE, TILE_WIDTH
from shared.log.verification.report import Findings, Kind

PAGE: Final = 4 * TILE_WIDTH
"""Facts read at once: four tiles, some 64 MiB if every fact were as large as one may be."""
_CHECKPOINTS_PAGE: Final = 16


def as_bytes(value: object) -> bytes:
    """A binary column's bytes; of any other type none, which no hash agrees with."""
    return bytes(value) if isinstance(value, (bytes, memoryview)) else b""


@contextmanager
def lenient_text(conn: Connection) -> Iterator[None]:
    """Let SQLite give text that isn't UTF-8 as text that equals nothing, instead of stopping."""
    driver: Any = conn.connection.driver_connection
    if conn.dialect.name != "sqlite":  # PostgreSQL keeps no such text
        yield
        return
    usual = driver.text_factory
    driver.text_factory = methodcaller("decode", "utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = usual


def facts(conn: Connection, end: int) -> Iterator[sa.Row[Any] | None]:
    """The row at each position from 0 to `end`, None where there is none."""
    for start in range(0, end, PAGE):
        stop = min(start + PAGE, end)
        found = conn.execute(_FACTS, {"start": start, "stop": stop})
        page = {row.position: row for row in found}
        for position in range(start, stop):
            yield page.get(position)


def tile_hashes(conn: Connection, end: int) -> Iterator[bytes | None]:
    """The leaf at each position by the full tiles, None where they don't say."""
    for start in range(0, end, PAGE):
        first = start // TILE_WIDTH
        found = conn.execute(_TILES, {"first": first, "last": first + PAGE // TILE_WIDTH})
        page = {row.number: as_bytes(row.hashes) for row in found}
        for position in range(start, min(start + PAGE, end)):
            number, index = divmod(position, TILE_WIDTH)
            cut = page.get(number, b"")[index * HASH_SIZE : (index + 1) * HASH_SIZE]
            yield cut if len(cut) == HASH_SIZE else None


def checkpoints(conn: Connection, newest: int) -> Iterator[sa.Row[Any]]:
    """The stored checkpoints up to size `newest`, in order of size."""
    first = -(2**63)
    while first <= newest:
        place = {"first": first, "newest": newest, "limit": _CHECKPOINTS_PAGE}
        page = conn.execute(_CHECKPOINTS, place).all()
        yield from page
        if not page:
            return
        first = int(page[-1].size) + 1  # a fraction, too, must lead on


def kept_hashes(conn: Connection, newest: int, findings: Findings) -> Iterator[bytes | None]:
    """The leaf at each position by the checkpoints, None where they don't say; without end."""
    position = 0
    for row in checkpoints(conn, newest):
        leaves = as_bytes(row.leaves)
        if len(leaves) == (row.size - position) * HASH_SIZE:
            yield from split_hashes(leaves)
        else:
            start = row.size - len(leaves) // HASH_SIZE
            sentence = (
                f"检查点 {row.size} 所列的事实不接在检查点 {position} 之后：有检查点被删除或改动"
            )
            findings.add(None, Kind.CHECKPOINT_EDITED, sentence)
            known = start >= position and len(leaves) % HASH_SIZE == 0
            for _ in range(position, start if known else row.size):
                yield None
            yield from split_hashes(leaves) if known else ()
        position = max(position, row.size)
    while True:
        yield None


_FACTS = sa.text(
    "SELECT position, id, stream, version, name, at, officer, journey, household, township, "
    "village, body, leaf FROM fact WHERE position >= :start AND position < :stop ORDER BY position"
)
_TILES = sa.text(
    "SELECT number, hashes FROM merkle_tile "
    "WHERE level = 0 AND number >= :first AND number < :last ORDER BY number"
)
_CHECKPOINTS = sa.text(
    "SELECT size, root, leaves, note FROM checkpoint "
    "WHERE size >= :first AND size <= :newest ORDER BY size LIMIT :limit"
)
