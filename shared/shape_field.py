"""A part of a request whose form a type tells: too deep for fields written one by one."""

import re
from typing import Any

import msgspec
from marshmallow import ValidationError, fields

from shared.fields import MESSAGES

_DECODERS: dict[type, msgspec.json.Decoder[Any]] = {}
_PLACE = re.compile(r" - at `(.*)`$", re.DOTALL)


class Shape(fields.Field[Any]):
    """A msgspec Struct in plain JSON; an unknown field, a wrong type or range is refused.

    The sentence says where, never what was there: it is kept.
    """

    default_error_messages = MESSAGES

    def __init__(self, kind: type, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind
        _DECODERS.setdefault(kind, msgspec.json.Decoder(kind, strict=True))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return _DECODERS[self.kind].decode(msgspec.json.encode(value))
        except msgspec.MsgspecError as error:
            place = _PLACE.search(str(error))
            where = f"（位置 {place[1]}）" if place else ""
            raise ValidationError(f"取值的类型、范围或写法不对，或有没有的项{where}。") from error
