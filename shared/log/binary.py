"""A stream's bodies out of PostgreSQL as they lie there, by a binary COPY.

An ordinary result spells bytes out in hexadecimal, twice as long, and the driver reads them back
digit by digit: for a long stream that took longer than decoding and folding all its facts.
"""

from collections.abc import Iterator
from io import BytesIO
from struct import Struct

from sqlalchemy.engine import Connection

from shared.driver import on_driver
from shared.log import store

HEADER_LENGTH = 19  # a signature of 11 bytes, flags, the length of an extension that isn't there
TRAILER_LENGTH = 2
ROW = Struct("!hi")  # a row's count of fields, the size of its only one


def bodies(conn: Connection, name: str) -> list[bytes] | list[memoryview]:
    """One stream's bodies in order of version, on either engine; exact bytes, also of no fact."""
    if conn.dialect.name != "postgresql":
        return store.bodies(conn, name)
    copied = BytesIO()
    with on_driver(conn) as driver, driver.cursor() as cursor:
        cursor.copy_expert(cursor.mogrify(_COPY, (name,)), copied)
    return list(_fields(copied.getbuffer()))


def _fields(copied: memoryview) -> Iterator[memoryview]:
    """Of each row its only field."""
    at, end = HEADER_LENGTH, len(copied) - TRAILER_LENGTH
    while at < end:
        _, size = ROW.unpack_from(copied, at)
        start = at + ROW.size
        at = start + size
        yield copied[start:at]


_COPY = "COPY (SELECT body FROM fact WHERE stream = %s ORDER BY version) TO STDOUT (FORMAT binary)"
