"""REACTIONS: which facts of which log become figures; and how to make the figures anew.

Reporting follows its own log too: the record holds every log of the site, and one timeline
shows them all. Facts without a row here are kept as well; the mirror sees everything.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.reporting.projections import FIGURES_FROM
from services.reporting.read_models.counts import FIGURES
from shared import codec
from shared.authority_rows import AUTHORITY_PROJECTIONS
from shared.carrying.reaction import Reaction, ToRows
from shared.codec import Recorded
from shared.decider import project
from shared.facts.base import Fact
from shared.facts.intake import ApplicationAccepted

PAGE = 1_000


def kept_only(_conn: Connection, _facts: Any) -> None:
    """Nothing to count: the mirror has kept it."""


REACTIONS = (
    *(Reaction("gateway", fact, rows=rows) for fact, rows in AUTHORITY_PROJECTIONS.items()),
    Reaction("intake", ApplicationAccepted, rows=kept_only),  # so that intake's log is followed
    *(
        Reaction(service, fact, rows=rows)
        for service, table in FIGURES_FROM.items()
        for fact, rows in table.items()
    ),
)


def rebuild_from_mirror(conn: Connection) -> int:
    """Throw every figure away and count again from the record; give how many facts were read.

    One transaction; a follower that comes meanwhile waits. Parked facts stay uncounted.
    """
    if conn.dialect.name == "postgresql":  # SQLite has one writer anyway
        names = ", ".join(table.name for table in FIGURES)
        conn.exec_driver_sql(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
    for table in FIGURES:
        conn.execute(sa.delete(table))
    logs = conn.execute(_LOGS).scalars().all()
    return sum(_count_again(conn, log) for log in logs)


def _count_again(conn: Connection, log: str) -> int:
    rows = FIGURES_FROM.get(log.rpartition("/")[2])
    if rows is None:
        return 0
    count = 0
    for page in _pages(conn, log, rows):
        project(conn, rows, page)
        count += len(page)
    return count


def _pages(
    conn: Connection, log: str, rows: Mapping[type[Fact], ToRows]
) -> Iterator[list[Recorded[Fact]]]:
    names = [fact.name for fact in rows]
    wanted = {"log": log, "names": names, "after": -1, "page": PAGE}
    while found := conn.execute(_PAGE, wanted).all():
        yield [codec.decode(bytes(row.body), None, row.position) for row in found]
        wanted["after"] = found[-1].position


_LOGS = sa.text("SELECT DISTINCT log FROM mirror_frontier ORDER BY log")
_PAGE = sa.text(
    "SELECT position, body FROM mirror_fact m WHERE log = :log AND position > :after "
    "AND name IN :names AND NOT EXISTS "
    "(SELECT 1 FROM parked p WHERE p.log = m.log AND p.position = m.position) "
    "ORDER BY position LIMIT :page"
).bindparams(sa.bindparam("names", expanding=True))
