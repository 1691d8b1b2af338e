"""Verify a log: read all of it once, with flat memory, and name the first wrong position.

Nothing in the database is trusted: its owner may have dropped the triggers, edited, deleted,
swapped, restored an old backup, or rebuilt everything under another key.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.log.note import Note
from shared.log.tables import APPEND_ONLY
from shared.log.verification import rows
from shared.log.verification.anchors import Keys, outside_anchors
from shared.log.verification.report import Findings, Report
from shared.log.verification.signer_state import Chain, compare_record, read_record
from shared.log.verification.triggers import check_triggers
from shared.log.verification.walk import Head, Walk, truncated
from shared.log.verification.witnesses import Mirror


class NotNumbered(Exception):
    """The log's rows can't be put in order; the message is a sentence."""


def verify(
    conn: Connection,
    keys: Keys,
    *,
    state_file: Path | None = None,
    handed: Sequence[Note] = (),
    mirror: Mirror | None = None,
    progress: Callable[[int], None] = lambda _position: None,
    processes: int = 1,
) -> Report:
    """Whether everything in the log named `keys.log` is as it was recorded and signed.

    `handed` are checkpoints kept elsewhere, `mirror` is a copy kept in another house, looked at
    before the log, which moves on; `progress` is told how many positions are done. With more than one of
    `processes` the facts are read by as many, each its own part, over connections to the same
    URL; the report is the same. Others may go on writing meanwhile. Raises NotNumbered, and what the database raises.
    """
    findings = Findings()
    before = read_record(state_file, keys.log, findings)
    with rows.lenient_text(conn):
        head, chain = _head(conn), Chain(None)
        if state_file is not None:
            after = read_record(state_file, keys.log, findings)
            compare_record(before, head.newest, after, findings)
            at_head = after is not None and head.newest in (after.size, after.previous)
            chain = Chain(after if at_head else before)
        check_triggers(conn, APPEND_ONLY, findings)
        outside = outside_anchors(before, handed, keys, findings)
        if mirror is not None and mirror.size > head.size:
            truncated(head.size, "另一处保存的副本", findings)
        return Walk(conn, keys, head, processes, findings).run(outside, chain, mirror, progress)


def _head(conn: Connection) -> Head:
    numbers = conn.execute(_HEAD).one()
    if not all(isinstance(number, int) for number in numbers):
        raise NotNumbered("有一行的位置或大小不是整数：表被换过")
    return Head(*numbers)


_HEAD = sa.text(
    "SELECT (SELECT coalesce(max(position), -1) + 1 FROM fact), "
    "(SELECT count(*) FROM fact), "
    "(SELECT coalesce(max(size), 0) FROM checkpoint), (SELECT count(*) FROM checkpoint), "
    "(SELECT count(*) FROM merkle_tile)"
)
