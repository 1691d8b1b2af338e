"""The statement by which rows are appended on PostgreSQL: what append_fact and append_facts take.

Many rows go as one text for each column. Item by item (ARRAY['…', '…']) the driver would quote,
and the server parse, twelve thousand constants for a thousand rows: longer than storing them.
Bodies and leaves go as one run of bytes, cut up by the server.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from psycopg2 import Binary

from shared.envelope import Row


def append_call(rows: Sequence[Row]) -> tuple[str, Any]:
    """The statement and its values; one row alone goes without arrays."""
    return (_ONE, _one(rows[0])) if len(rows) == 1 else (_MANY, _many(rows))


def _one(row: Row) -> tuple[Any, ...]:
    return (
        row.id, row.stream, row.version, row.name, row.at, row.officer, row.journey, row.household,
        row.township, row.village, Binary(row.body), Binary(row.leaf), list(row.persons),
    )  # fmt: skip


def _many(rows: Sequence[Row]) -> dict[str, Any]:
    persons = [(person, i) for i, row in enumerate(rows, start=1) for person in row.persons]
    texts = {name: _texts(getattr(row, name) for row in rows) for name in _TEXT_COLUMNS}
    return {
        **texts,
        "version": _integers(row.version for row in rows),
        **_run("body", [row.body for row in rows]),
        **_run("leaf", [row.leaf for row in rows]),
        "person": _texts(person for person, _ in persons),
        "person_row": _integers(i for _, i in persons),
    }


def _run(name: str, pieces: Sequence[bytes]) -> dict[str, Any]:
    """The pieces behind each other; from which byte on, counted from 1, and how long each is."""
    sizes = [len(piece) for piece in pieces]
    return {
        name: Binary(b"".join(pieces)),
        f"{name}_start": _integers(accumulate(sizes[:-1], initial=1)),
        f"{name}_size": _integers(sizes),
    }


def _integers(numbers: Iterable[int]) -> str:
    """An array of PostgreSQL's as text."""
    return f"{{{','.join(map(str, numbers))}}}"


def _texts(items: Iterable[str | None]) -> str:
    """The same of texts; None is NULL."""
    return f"{{{','.join(map(_quoted, items))}}}"


def _quoted(item: str | None) -> str:
    if item is None:
        return "NULL"
    return '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'


_TEXT_COLUMNS = (
    "id", "stream", "name", "at", "officer", "journey", "household", "township", "village",
)  # fmt: skip
_ONE = "SELECT append_fact(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::text[])"
# unnest gives the pieces in their order, and ARRAY keeps it.
_MANY = (
    "SELECT append_facts(%(id)s::text[], %(stream)s::text[], %(version)s::int[], "
    "%(name)s::text[], %(at)s::text[], %(officer)s::text[], %(journey)s::text[], "
    "%(household)s::text[], %(township)s::text[], %(village)s::text[], "
    "ARRAY(SELECT substr(%(body)s, start, size) "
    "FROM unnest(%(body_start)s::int[], %(body_size)s::int[]) AS piece(start, size)), "
    "ARRAY(SELECT substr(%(leaf)s, start, size) "
    "FROM unnest(%(leaf_start)s::int[], %(leaf_size)s::int[]) AS piece(start, size)), "
    "%(person)s::text[], %(person_row)s::int[])"
)
