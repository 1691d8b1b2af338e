"""A stream's bodies come out of PostgreSQL by binary COPY as they went in."""

from dataclasses import replace
from functools import partial

from shared.database import PostgresDatabase
from shared.envelope import BODY_MAX, Row
from shared.log import binary, store
from shared.log.merkle import leaf_hash
from shared.log.schema import create_log
from tests.servers import PostgresDatabase as Server
from tests.shared.log.site_log import fact

BODIES = [bytes(range(256)), b"", b"\xff" * 8, "王庄村\n\t\\".encode(), b"\0" * BODY_MAX, b"{}"]
STREAM = "case/it's"


def holding(version: int, body: bytes) -> Row:
    """A row whose body may be any bytes."""
    row = replace(fact(version), stream=STREAM, version=version)
    return replace(row, body=body, leaf=leaf_hash(body))


def test_every_byte_comes_back(postgres_database: Server) -> None:
    """In order of version, other streams' left out; of a stream that isn't there, nothing."""
    database = PostgresDatabase(postgres_database.url())
    database.write(create_log)
    rows = [holding(version, body) for version, body in enumerate(BODIES, start=1)]
    database.write(partial(store.append, rows=[fact(100), *rows, fact(101)]))

    with database.read() as conn:
        read = [bytes(body) for body in binary.bodies(conn, STREAM)]
        plain = store.bodies(conn, STREAM)
        nothing = binary.bodies(conn, "case/none")
    database.close()

    assert (BODIES, BODIES, []) == (read, plain, nothing)
