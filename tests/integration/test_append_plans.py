"""Appending looks things up; it never reads the log through, however little the server knows."""

from functools import partial

import pytest
import sqlalchemy as sa

from shared.database import PostgresDatabase
from shared.log import store
from tests.servers import PostgresDatabase as Server
from tests.shared.log.newest import newest_log
from tests.shared.log.site_log import fact

PAGES, PAGE = 20, 25
SCANS = sa.text("SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname LIKE 'fact%'")


@pytest.mark.parametrize("each", [1, PAGE])
def test_a_session_begun_on_an_empty_log_never_scans_it(
    postgres_database: Server, each: int
) -> None:
    """Its plans are made before there is anything to count, and serve it while the log grows."""
    database = PostgresDatabase(postgres_database.url(), pool_size=1)
    database.write(newest_log)
    before = scans(database)
    facts = [fact(number) for number in range(PAGES * PAGE)]
    for start in range(0, len(facts), each):
        database.write(partial(store.append_last, rows=facts[start : start + each]))
    after = scans(database)
    with database.read() as conn:
        size = store.size(conn)
    database.close()
    assert (PAGES * PAGE, 0) == (size, after - before)


def scans(database: PostgresDatabase) -> int:
    """How often a table of the log was read from end to end; this session's count is sent first."""
    with database.look() as conn:
        conn.exec_driver_sql("SELECT pg_stat_force_next_flush()")
        return int(conn.execute(SCANS).scalar_one())
