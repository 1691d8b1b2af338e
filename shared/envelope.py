"""What surrounds a fact, field by field, and how it becomes the bytes that are hashed.

A body is a canonical JSON object with exactly the fields of `Envelope`. Columns that an
inspector searches by are derived from it (`columns`), never the other way round.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from shared import canonical
from shared.log.merkle import leaf_hash

BODY_MAX = 65_535  # a tlog-tiles entry's length is a uint16


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, in which post, and for whom (an officer's id) when standing in."""

    officer: str
    name: str
    post: str
    organisation: str
    acting_for: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Whom and where it concerns: what an inspector searches by. Persons are pseudonyms."""

    case: str | None = None
    household: str | None = None
    persons: tuple[str, ...] = ()
    village: str | None = None
    township: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A fact as it stands in its log, less its position. `at` is fixed-width UTC text."""

    log: str
    stream: str
    version: int
    fact: str
    v: int
    id: str
    at: str
    actor: Actor
    basis: str
    cause: str
    journey: str
    about: About
    data: dict[str, Any]
    personal: dict[str, str] | None


_decode = msgspec.json.Decoder(Envelope).decode


@dataclass(frozen=True, slots=True)
class Row:
    """A fact ready to append: its bytes, its leaf, and the columns derived from them."""

    id: str
    stream: str
    version: int
    name: str
    at: str
    officer: str
    journey: str
    household: str | None
    township: str | None
    village: str | None
    persons: tuple[str, ...]
    body: bytes
    leaf: bytes


class BodyTooLarge(ValueError):
    """A fact's body must stay under 64 KiB; attachments are named by their hash."""


def to_row(envelope: Envelope) -> Row:
    """Encode and hash; raises NotCanonical or BodyTooLarge before anything is written."""
    return filled(envelope, envelope.fact, envelope.v, envelope.data, envelope.personal)


def filled(
    frame: Envelope, name: str, v: int, data: dict[str, Any], personal: dict[str, str] | None
) -> Row:
    """The row of a fact whose surroundings are `frame`'s; raises as to_row."""
    tree = _tree(frame)
    tree["fact"], tree["v"], tree["data"], tree["personal"] = name, v, data, personal
    body = canonical.encode(tree)
    if len(body) > BODY_MAX:
        raise BodyTooLarge(f"{name}: {len(body)} bytes")
    return _row(frame, name, body, leaf_hash(body))


def row_of(body: bytes) -> Row:
    """What the columns of these bytes must be; raises NotCanonical for a wrong body."""
    envelope = from_body(body)
    return _row(envelope, envelope.fact, body, leaf_hash(body))


def from_body(body: bytes) -> Envelope:
    """The envelope behind a body; raises NotCanonical for bytes that are none."""
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise canonical.NotCanonical("not the body of a fact") from error


def _tree(envelope: Envelope) -> dict[str, Any]:
    actor, about = envelope.actor, envelope.about
    return {
        "log": envelope.log,
        "stream": envelope.stream,
        "version": envelope.version,
        "fact": envelope.fact,
        "v": envelope.v,
        "id": envelope.id,
        "at": envelope.at,
        "actor": {
            "officer": actor.officer,
            "name": actor.name,
            "post": actor.post,
            "organisation": actor.organisation,
            "acting_for": actor.acting_for,
        },
        "basis": envelope.basis,
        "cause": envelope.cause,
        "journey": envelope.journey,
        "about": {
            "case": about.case,
            "household": about.household,
            "persons": list(about.persons),
            "village": about.village,
            "township": about.township,
        },
        "data": envelope.data,
        "personal": envelope.personal,
    }


def _row(envelope: Envelope, name: str, body: bytes, leaf: bytes) -> Row:
    about = envelope.about
    return Row(
        id=envelope.id,
        stream=envelope.stream,
        version=envelope.version,
        name=name,
        at=envelope.at,
        officer=envelope.actor.officer,
        journey=envelope.journey,
        household=about.household,
        township=about.township,
        village=about.village,
        persons=tuple(dict.fromkeys(about.persons)),
        body=body,
        leaf=leaf,
    )
