"""A well-formed payload for any command, made from its schema."""

from typing import Any

from marshmallow import Schema, fields

from services.payments.schemas import Content, Count
from services.review.commands import HouseholdMeans
from services.review.schemas import Number
from services.review.schemas.evidence import Bytes
from shared.fields import Choice, Code, Day, Digest, Fen, Flag, Month, Part, Parts, Text
from shared.shape_field import Shape

TOWNSHIP = "411603101"
# The more special kind stands before the one that it is made from.
PLAIN: tuple[tuple[type, Any], ...] = (
    (Digest, "0" * 64),
    (Bytes, 1),
    (Code, "x-1"),
    (Text, "文字"),
    (Day, "2024-03-01"),
    (Month, "2024-04"),
    (Fen, 100),
    (Flag, True),
    (Number, 1),
    (Count, 1),
    (Content, "eA=="),
)
SHAPES: dict[type, Any] = {HouseholdMeans: {"members": [{"member": 1}]}}


def payload_for(schema: type[Schema]) -> dict[str, Any]:
    """The required fields, each with something of its kind; the case needn't exist."""
    return {
        field.data_key or name: TOWNSHIP if name == "township" else sample(field)
        for name, field in schema().fields.items()
        if field.required
    }


def sample(field: fields.Field[Any]) -> Any:
    """Something that this kind of field takes; a TypeError for a kind unknown here."""
    match field:
        case Choice():
            return next(iter(field.choices))
        case Shape():
            return SHAPES[field.kind]
        case Part():
            return payload_for(type(field.schema))
        case Parts():
            return [sample(field.inner)]
        case _:
            for kind, value in PLAIN:
                if isinstance(field, kind):
                    return value
            raise TypeError(type(field))
