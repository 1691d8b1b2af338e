"""Whether a body is a fact of this log and the columns beside it say what it says."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.canonical import NotCanonical, allowed
from shared.envelope import BODY_MAX, Envelope, from_body
from shared.log.verification.persons import PersonIndex
from shared.log.verification.report import Findings, Kind
from shared.log.verification.rows import PAGE, driver_rows
from shared.log.verification.told import Part

_COLUMNS: Final = (
    "id",
    "stream",
    "version",
    "name",
    "at",
    "officer",
    "journey",
    "household",
    "township",
    "village",
)

_derived: Final = attrgetter(
    "id",
    "stream",
    "version",
    "fact",
    "at",
    "actor.officer",
    "journey",
    "about.household",
    "about.township",
    "about.village",
)
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class NotAFact(Exception):
    """The bytes aren't the canonical body of a fact; the message says why, in Chinese."""


def read_fact(body: bytes) -> Envelope:
    """The envelope of a canonical body. Raises NotAFact."""
    if len(body) > BODY_MAX:
        raise NotAFact("正文超过 64 KiB")
    try:
        envelope = from_body(body)
    except NotCanonical as error:  # not JSON, other fields, other types
        raise NotAFact("正文不是一条事实") from error
    # All else in an envelope is text by its type, and its keys are its fields' names.
    if not allowed((envelope.version, envelope.v, envelope.data)):
        raise NotAFact("正文不是一条事实")
    if _encode(envelope) != body:
        raise NotAFact("正文不是规范的 JSON")
    return envelope


def person_index(conn: Connection, part: Part, findings: Findings) -> PersonIndex:
    """The rows of `fact_person` beside the facts of a part, in one sorted reading."""
    return PersonIndex(_person_rows(conn, part), partial(findings.tell, Kind.PERSON_INDEX_EDITED))


def _person_rows(conn: Connection, part: Part) -> Iterator[Sequence[Any]]:
    statement, values = _persons_of(part), {"start": part.start, "stop": part.stop}
    if conn.dialect.name != "sqlite":
        options = {"stream_results": True, "yield_per": _PERSONS_PAGE}
        yield from map(tuple, conn.execute(statement, values, execution_options=options))
        return
    result, given = conn.execute(statement, values), 0
    try:
        while page := driver_rows(conn, result, _PERSONS_PAGE):
            given += len(page)
            yield from page
    except sa.exc.DBAPIError:  # text that is none, or worse: the usual way says
        yield from islice(conn.execute(statement, values), given, None)


def _persons_of(part: Part) -> sa.TextClause:
    """Each row of the index belongs to one part, wherever it points."""
    bounds = ["position >= :start"] if part.start else []
    if not part.last:
        bounds.append(
            "position < :stop" if part.start else "(position < :stop OR position IS NULL)"
        )
    where = f" WHERE {' AND '.join(bounds)}" if bounds else ""
    return sa.text(f"SELECT position, person FROM fact_person{where} ORDER BY position")  # noqa: S608 - our own words


def check_columns(found: sa.Row[Any], said: Envelope, findings: Findings) -> None:
    """Each column must be what the body says."""
    stored = tuple(found[1 : len(_COLUMNS) + 1])  # they follow the position as they were read
    derived = _derived(said)
    if stored != derived:
        pairs = zip(_COLUMNS, stored, derived, strict=True)
        wrong = [name for name, there, right in pairs if there != right]
        sentence = f"位置 {found.position} 的列与正文不符：{'、'.join(wrong)}"
        findings.add(found.position, Kind.COLUMN_EDITED, sentence)


def check_versions(conn: Connection, end: int, findings: Findings) -> None:
    """Each stream counts 1, 2, 3 … in order of position."""
    if conn.dialect.name == "sqlite" and _in_order(conn, end):
        return
    for row in conn.execute(_VERSIONS, {"end": end}):
        sentence = f"位置 {row.position} 的事实在流 {row.stream} 中的版本是 {row.version}，不相接"
        findings.add(row.position, Kind.VERSION_GAP, sentence)


def _in_order(conn: Connection, end: int) -> bool:
    """Whether nothing is wrong; in SQLite a walk along the index takes half as long as a window."""
    result, stream, version, position = conn.execute(_ORDERED, {"end": end}), _NONE, 0, -1
    try:
        while page := driver_rows(conn, result, PAGE):
            for one, nth, here in page:
                if one != stream:
                    stream, version, position = one, 0, -1
                if nth != version + 1 or here < position:
                    return False
                version, position = version + 1, here
    except sa.exc.DBAPIError:
        return False
    return True


_NONE: Final = object()
_PERSONS_PAGE: Final = 1_000
_ORDERED = sa.text(
    "SELECT stream, version, position FROM fact WHERE position < :end ORDER BY stream, version"
)
_VERSIONS = sa.text(
    "SELECT position, stream, version FROM ("
    " SELECT position, stream, version,"
    " row_number() OVER (PARTITION BY stream ORDER BY version) AS nth,"
    " lag(position) OVER (PARTITION BY stream ORDER BY version) AS before"
    " FROM fact WHERE position < :end) AS numbered "
    "WHERE version <> nth OR before > position ORDER BY position LIMIT 100"
)
