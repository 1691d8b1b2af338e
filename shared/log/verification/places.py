"""Whether each fact has a position to itself: 0, 1, 2 … and nothing beside them."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.verification.report import Findings, Kind


def check_places(
    conn: Connection, size: int, row_count: int, found_count: int, findings: Findings
) -> None:
    """Name the rows that share a position or have none of 0 … `size` − 1.

    `found_count` of the positions have a fact. Where that is all of them, and there are as many
    rows, no row is left over and nothing need be asked. What follows a stream reads every row of
    it, wherever it stands, so that one left over would be decided on.
    """
    if size == row_count == found_count:
        return
    for row in conn.execute(_OUT_OF_PLACE[conn.dialect.name]):
        _name(row.position, row.standing, findings)


def _name(position: Any, standing: int, findings: Findings) -> None:
    match position:
        case None:
            findings.add(None, Kind.INSERTED, f"有 {standing} 条事实没有位置，是插入的")
        case int() if position < 0:
            findings.add(position, Kind.INSERTED, f"位置 {position} 不在日志之内")
        case int():
            sentence = f"位置 {position} 有 {standing} 条事实，其中只有一条可能是原有的"
            findings.add(position, Kind.INSERTED, sentence)
        case _:
            sentence = f"有 {standing} 条事实的位置不是整数，是插入的：{ascii(position)[:40]}"
            findings.add(None, Kind.INSERTED, sentence)


_STANDING: Final = (
    "SELECT position, count(*) AS standing FROM fact GROUP BY position "
    "HAVING count(*) > 1 OR position < 0 OR {} ORDER BY position LIMIT 100"
)
# Only SQLite lets a row's position be of another type than its column's.
_OUT_OF_PLACE: Final = {
    "sqlite": sa.text(_STANDING.format("typeof(position) <> 'integer'")),
    "postgresql": sa.text(_STANDING.format("position IS NULL")),
}
