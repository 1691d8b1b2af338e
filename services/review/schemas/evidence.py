"""Files of a request: their kind, hash and size; the bytes stay where `yingbao evidence` put them."""

from typing import Any

from marshmallow import ValidationError, fields

from shared.facts.evidence import EvidenceFile
from shared.fields import MESSAGES, Choice, CommandSchema, Day, Digest

KINDS = ("HOUSE", "ROOM", "KITCHEN", "MEMBERS", "PROPERTY", "FORM", "PAPER", "RECORDING")
BYTES_MAX = 200 * 2**20


class Bytes(fields.Field[int]):
    """A file's size: from 1 byte on."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if type(value) is not int or not 1 <= value <= BYTES_MAX:
            raise ValidationError(f"文件大小应为 1 至 {BYTES_MAX} 字节的整数。")
        return value


class EvidenceFileSchema(CommandSchema):
    makes = EvidenceFile
    kind = Choice(KINDS, required=True)
    sha256 = Digest(required=True)
    size_bytes = Bytes(required=True)
    taken_on = Day(required=True)
