"""Whether a body is a fact of this log and the columns beside it say what it says."""

from functools import partial
from operator import attrgetter
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.canonical import NotCanonical, allowed
from shared.envelope import BODY_MAX, Envelope, from_body
from shared.log.verification.persons import PersonIndex
from shared.log.verification.report import Findings, Kind

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


def person_index(conn: Connection, findings: Findings) -> PersonIndex:
    """The rows of `fact_person` beside the facts, in one sorted reading."""
    options = {"stream_results": True, "yield_per": 1_000}
    rows = iter(conn.execute(_PERSONS, execution_options=options))
    return PersonIndex(rows, partial(findings.tell, Kind.PERSON_INDEX_EDITED))


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
    for row in conn.execute(_VERSIONS, {"end": end}):
        sentence = f"位置 {row.position} 的事实在流 {row.stream} 中的版本是 {row.version}，不相接"
        findings.add(row.position, Kind.VERSION_GAP, sentence)


_PERSONS = sa.text("SELECT position, person FROM fact_person ORDER BY position")
_VERSIONS = sa.text(
    "SELECT position, stream, version FROM ("
    " SELECT position, stream, version,"
    " row_number() OVER (PARTITION BY stream ORDER BY version) AS nth,"
    " lag(position) OVER (PARTITION BY stream ORDER BY version) AS before"
    " FROM fact WHERE position < :end) AS numbered "
    "WHERE version <> nth OR before > position ORDER BY position LIMIT 100"
)
