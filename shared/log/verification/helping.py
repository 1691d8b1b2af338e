"""`python -m shared.log.verification.helping`: read one part of a log and write down what it tells.

Started by `parts`, which sends the order; exit status 0 only when all was written.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.database import server_arguments
from shared.log.verification import spool
from shared.log.verification.examining import Examiner
from shared.log.verification.report import Findings
from shared.log.verification.rows import lenient_text


def help_with(order: spool.Order, file: IO[bytes]) -> None:
    """Answer an order."""
    findings = Findings()
    with _reading(order.url) as conn, lenient_text(conn):
        examiner = Examiner(conn, order.log, order.part, findings, derive=False)
        for told in examiner.told():
            spool.write(file, told)
        examiner.close()
    spool.write(file, findings)
    file.flush()


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    """One snapshot; it may be a later one than the asker's, but facts are only ever added."""
    sqlite = sa.make_url(url).get_backend_name() == "sqlite"
    arguments: dict[str, Any] = {} if sqlite else server_arguments("yingbao verifying")
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=arguments)
    with engine.connect() as conn:
        if sqlite:
            conn.exec_driver_sql("BEGIN")
        else:
            conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield conn


if __name__ == "__main__":
    help_with(spool.Order.receive(sys.stdin.buffer), sys.stdout.buffer)
