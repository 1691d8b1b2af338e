"""What a log has become since its last stored checkpoint, and whether it may be signed."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log import store
from shared.log.merkle import HASH_SIZE
from shared.log.signer_record import SignerRecord

STEP_MAX = 16_384
"""Facts in one checkpoint at most; so a checkpoint's leaves stay within half a megabyte."""


class NotConsistent(Exception):
    """The database doesn't extend what was signed last; nothing is signed until this is cleared."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Growth:
    """What has come since the last stored checkpoint, or up to a signed one that isn't stored."""

    stored: int
    leaves: list[bytes]


def read_growth(conn: Connection, record: SignerRecord) -> Growth:
    """At most STEP_MAX new leaves. Raises NotConsistent unless all fits the signer's record."""
    newest = conn.execute(_NEWEST).one_or_none()
    stored = 0 if newest is None else int(newest.size)
    size = store.size(conn)
    if size < max(stored, record.size):
        raise NotConsistent(f"日志只有 {size} 条，而已签到 {max(stored, record.size)} 条")
    if stored not in (record.previous, record.size):
        raise NotConsistent(f"数据库里的检查点到 {stored} 条，签名人记得 {record.size} 条")
    if stored < record.size:
        return Growth(stored, _leaves(conn, stored, min(record.size, stored + STEP_MAX)))
    if newest is not None and newest.note != record.note:
        raise NotConsistent(f"检查点 {stored} 的签名文本与签名人记得的不同")
    return Growth(stored, _leaves(conn, stored, min(size, stored + STEP_MAX)))


def _leaves(conn: Connection, start: int, end: int) -> list[bytes]:
    leaves: list[bytes] = []
    for first in range(start, end, store.PAGE):
        page = {"first": first, "end": min(first + store.PAGE, end)}
        for position, leaf in conn.execute(_LEAVES, page):
            if position != start + len(leaves) or len(leaf) != HASH_SIZE:
                raise NotConsistent(f"位置 {start + len(leaves)} 的事实缺失或残缺")
            leaves.append(bytes(leaf))
    if len(leaves) != end - start:
        raise NotConsistent(f"位置 {start + len(leaves)} 的事实缺失")
    return leaves


_NEWEST = sa.text("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1")
_LEAVES = sa.text(
    "SELECT position, leaf FROM fact WHERE position >= :first AND position < :end ORDER BY position"
)
