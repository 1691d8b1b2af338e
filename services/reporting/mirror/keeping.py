"""Keeping the copy: bytes as they came, in order, and the edge of the tree over them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.reporting.read_models import MIRROR_FACT, MIRROR_FRONTIER, MIRROR_PERSON
from shared.carrying.follower import LogOutOfOrder
from shared.carrying.source import Carried
from shared.envelope import Row, row_of
from shared.log.merkle import Frontier, leaf_hash, split_hashes
from shared.log.verification import as_bytes
from shared.writing import insert

APPEND_ONLY = ("mirror_fact", "mirror_person", "mirror_checkpoint")
STATION = 1_024
"""A frontier is kept for good every so many facts: no past root is further than this."""


class CopyDamaged(Exception):
    """A fact or a frontier of the copy itself is missing or isn't one; says which."""


def keep(conn: Connection, carried: Sequence[Carried]) -> None:
    """Store a batch of one log, next to what is here; in the follower's own transaction.

    Raises LogOutOfOrder when the batch doesn't begin where the copy ends.
    """
    log, first = carried[0].log, carried[0].position
    frontier = copied(conn, log)
    if frontier.size != first:
        raise LogOutOfOrder(f"{log}: {first} came where the copy ends at {frontier.size}")
    rows = [_row(one) for one in carried]
    insert(conn, MIRROR_FACT, [_fact(log, first + i, r) for i, r in enumerate(rows)])
    persons = [
        {"person": person, "log": log, "position": first + i}
        for i, row in enumerate(rows)
        for person in row.persons
    ]
    insert(conn, MIRROR_PERSON, persons)
    _grow(conn, log, frontier, [row.leaf for row in rows])


def copied(conn: Connection, log: str) -> Frontier:
    """How far the copy of a log goes, ready to say its root; empty for an unknown log."""
    return nearest(conn, log, 2**62)


def nearest(conn: Connection, log: str, size: int) -> Frontier:
    """The kept frontier that is the last at or before `size` facts. Raises CopyDamaged."""
    row = conn.execute(_NEAREST, {"log": log, "size": size}).first()
    if row is None:
        return Frontier()
    try:
        return Frontier(row.size, split_hashes(as_bytes(row.peaks)))
    except ValueError as error:
        raise CopyDamaged(f"{log}: what is kept at {row.size} is no frontier") from error


def _row(one: Carried) -> Row:
    """Bytes that are no fact are kept too, else the copy would end here; nothing finds them."""
    try:
        return row_of(one.body)
    except (ValueError, KeyError, TypeError):
        nowhere = f"unreadable/{one.position}"
        return Row(
            id=nowhere, stream=nowhere, version=0, name="unreadable", at="", officer="",
            journey=nowhere, household=None, township=None, village=None, persons=(),
            body=one.body, leaf=leaf_hash(one.body),
        )  # fmt: skip


def _fact(log: str, position: int, row: Row) -> dict[str, object]:
    return {
        "log": log,
        "position": position,
        "stream": row.stream,
        "version": row.version,
        "name": row.name,
        "at": row.at,
        "officer": row.officer,
        "journey": row.journey,
        "household": row.household,
        "township": row.township,
        "village": row.village,
        "body": row.body,
        "leaf": row.leaf,
    }


def _grow(conn: Connection, log: str, frontier: Frontier, leaves: list[bytes]) -> None:
    """Move the edge; the one it leaves behind goes unless it stood at a station."""
    left, done = frontier.size, 0
    passed: list[dict[str, object]] = []
    while done < len(leaves):
        room = STATION - frontier.size % STATION
        frontier.extend(leaves[done : done + room])
        done += room
        passed.append({"log": log, "size": frontier.size, "peaks": b"".join(frontier.peaks)})
    if left % STATION:
        conn.execute(_FORGET, {"log": log, "size": left})
    insert(conn, MIRROR_FRONTIER, passed)


_NEAREST = sa.text(
    "SELECT size, peaks FROM mirror_frontier WHERE log = :log AND size <= :size "
    "ORDER BY size DESC LIMIT 1"
)
_FORGET = sa.text("DELETE FROM mirror_frontier WHERE log = :log AND size = :size")
