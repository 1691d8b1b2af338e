"""What the requests of review share."""

from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from shared.fields import Code, CommandSchema, Text

COUNT_MAX = 999


class Number(fields.Field[int]):
    """A whole number from `least` on; neither text nor a truth value."""

    least: ClassVar[int] = 1

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if type(value) is not int or not self.least <= value <= COUNT_MAX:
            raise ValidationError(f"此项应为 {self.least} 至 {COUNT_MAX} 之间的整数。")
        return value

    default_error_messages = Text.default_error_messages


class Count(Number):
    """How many; none is a number, too."""

    least = 0


class CaseSchema(CommandSchema):
    case = Code(required=True)
