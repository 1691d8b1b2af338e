"""The stored checkpoints in order, and the leaves that they list."""

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.merkle import HASH_SIZE, split_hashes
from shared.log.verification.report import Findings, Kind
from shared.log.verification.rows import as_bytes

_PAGE: Final = 16


def checkpoints(conn: Connection, newest: int) -> Iterator[sa.Row[Any]]:
    """The stored checkpoints up to size `newest`, in order of size."""
    first = -(2**63)
    while first <= newest:
        place = {"first": first, "newest": newest, "limit": _PAGE}
        page = conn.execute(_CHECKPOINTS, place).all()
        yield from page
        if not page:
            return
        first = int(page[-1].size) + 1  # a fraction, too, must lead on


def kept_hashes(conn: Connection, newest: int, findings: Findings) -> Iterator[bytes | None]:
    """The leaf at each position by the checkpoints, None where they don't say; without end."""
    position = 0
    for row in checkpoints(conn, newest):
        if not isinstance(row.size, int):
            continue  # it follows no other; `anchors` names it
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


_CHECKPOINTS = sa.text(
    "SELECT size, root, leaves, note FROM checkpoint "
    "WHERE size >= :first AND size <= :newest ORDER BY size LIMIT :limit"
)
