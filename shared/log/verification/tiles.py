"""Whether the stored tiles are whole and each stands for the tiles below it."""

from collections.abc import Set
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.merkle import HASH_SIZE, TILE_LEVELS, TILE_WIDTH, complete_root, split_hashes
from shared.log.verification.report import Findings, Kind
from shared.log.verification.rows import as_bytes


def check_tiles(
    conn: Connection, stored: int, signed: int, count: int, whole: Set[int], findings: Findings
) -> None:
    """Every full tile of the tree at `stored` leaves, and none among `count` beyond `signed`.

    That the hashes at level 0 are the facts' leaves is not seen here but beside the facts, where
    the `whole` ones among them have been seen to be so already.
    """
    for level, tiles in enumerate(_full_tiles(stored)):
        for number in range(tiles):
            if level == 0 and number in whole:
                continue
            place = {"level": level, "number": number}
            match conn.execute(_TILE, place).all():
                case []:
                    _wrong(findings, level, number, "不见了")
                case [row]:
                    if not _is_whole(row) or not _stands_on(conn, row):
                        _wrong(findings, level, number, "被改动")
                case _:
                    _wrong(findings, level, number, "不止一个")
    if count > (most := sum(_full_tiles(signed))):
        findings.add(None, Kind.TILE_EDITED, f"树块至多 {most} 个，却有 {count} 个")


def _full_tiles(size: int) -> list[int]:
    """How many full tiles a tree has at each tile level."""
    levels = size.bit_length() // TILE_LEVELS + 1
    return [size >> (TILE_LEVELS * (level + 1)) for level in range(levels)]


def _is_whole(row: sa.Row[Any]) -> bool:
    hashes = as_bytes(row.hashes)
    if len(hashes) != TILE_WIDTH * HASH_SIZE:
        return False
    return complete_root(split_hashes(hashes)) == as_bytes(row.root)


def _stands_on(conn: Connection, row: sa.Row[Any]) -> bool:
    if row.level == 0:
        return True
    first = row.number * TILE_WIDTH
    below = {"level": row.level - 1, "first": first, "end": first + TILE_WIDTH}
    roots = conn.execute(_ROOTS, below).scalars()
    return b"".join(as_bytes(root) for root in roots) == as_bytes(row.hashes)


def _wrong(findings: Findings, level: int, number: int, what: str) -> None:
    findings.add(None, Kind.TILE_EDITED, f"第 {level} 层第 {number} 个树块{what}")


_TILE = sa.text(
    "SELECT level, number, hashes, root FROM merkle_tile "
    "WHERE level = :level AND number = :number LIMIT 2"
)
_ROOTS = sa.text(
    "SELECT root FROM merkle_tile "
    "WHERE level = :level AND number >= :first AND number < :end ORDER BY number"
)
