"""Fields of the doors' schemas (marshmallow), strict, with messages an officer understands."""

import re
from datetime import date
from typing import Any, ClassVar
from unicodedata import category

from marshmallow import Schema, ValidationError, fields, post_load, validate
from marshmallow.exceptions import SCHEMA

from shared.half_width import half_width
from shared.money_field import Fen
from shared.months import MonthRefused, parse_month

__all__ = [
    "UNKNOWN",
    "Choice",
    "Code",
    "CommandSchema",
    "Day",
    "Digest",
    "Fen",
    "Flag",
    "Lines",
    "Month",
    "Part",
    "Parts",
    "Remark",
    "Text",
]

MESSAGES: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "此项必填。",
    "null": "此项不能为空。",
    "invalid": "此项格式不正确。",
    "type": "提交的内容必须是一个对象。",
    "unknown": "没有这一项。",
    "validator_failed": "此项不符合要求。",
}
UNKNOWN = "_unknown"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONG_NUMBER = re.compile(r"(?:\d[\s-]?){7,}")
_NAMES_A_PERSON = re.compile(r"\d{15,}")  # codes of townships have nine digits
# Controls, invisible format signs (such as text that runs backwards), half characters, private
# and unassigned ones, line separators: none belongs in a name or a remark.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Text(fields.String):
    """One line of text of 1 to `most` characters; a number is not text."""

    default_error_messages = MESSAGES

    def __init__(self, most: int = 100, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("此项应为文字。")
        if not 0 < len(value) <= self.most:
            raise ValidationError(f"此项应有 1 至 {self.most} 个字符。")
        if not value.strip() or any(category(sign) in _UNFIT for sign in value):
            raise ValidationError("此项含有不能使用的字符，或全为空白。")
        return value.strip()


class Remark(Text):
    """Free text that goes into the permanent record unsealed: no number that names a person.

    Seven digits or more in a row (ID, account, telephone) are refused; names the officer must keep
    out, which the page says and no program can see.
    """

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if _LONG_NUMBER.search(half_width(text)):
            raise ValidationError("此项会永久留痕，请勿填写身份证号、银行账号或电话号码。")
        return text


class Lines(Text):
    """Several lines of public text, such as a policy pack; no number as long as an ID number."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        lines = value.replace("\r\n", "\n").split("\n") if isinstance(value, str) else []
        super()._deserialize(" ".join(lines) if lines else value, attr, data, **kwargs)
        if any(_NAMES_A_PERSON.search(half_width(line)) for line in lines):
            raise ValidationError("此项会永久留痕，请勿填写身份证号、银行账号或电话号码。")
        return "\n".join(lines)


class Code(Text):
    """An identifier: ASCII letters, digits, dot, dash, underscore; up to 64 characters."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            raise ValidationError("此项应为编号（字母、数字、点、横线）。")
        return value


class Digest(Text):
    """A SHA-256 in small hex digits: what a file is known by."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not _DIGEST.fullmatch(value):
            raise ValidationError("此项应为 SHA-256 摘要（64位十六进制）。")
        return value


class Day(fields.Field[date]):
    """A day as 2024-03-01 and in no other form."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValidationError("日期应写作 2024-03-01。")
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError("没有这一天。") from error


class Month(fields.Field[str]):
    """A month as 2024-03."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            return parse_month(value if isinstance(value, str) else "")
        except MonthRefused as refusal:
            raise ValidationError(refusal.sentence) from refusal


class Flag(fields.Field[bool]):
    """true or false, nothing that looks like it."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("此项应为是或否。")
        return value


class Choice(Text):
    """One of a list of codes."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = tuple(str(choice) for choice in choices)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if value not in self.choices:
            raise ValidationError("此项只能是：" + "、".join(self.choices) + "。")
        return str(value)


class Part(fields.Nested):
    """A nested record."""

    default_error_messages = MESSAGES


class Parts(fields.List[Any]):
    """1 to `most` items, as a tuple."""

    default_error_messages = MESSAGES

    def __init__(self, inner: fields.Field[Any], most: int, least: int = 1, **kwargs: Any) -> None:
        super().__init__(inner, **kwargs)
        self._bounds = validate.Length(least, most, error=f"应有 {least} 至 {most} 项。")

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError("此项应为列表。")
        self._bounds(value)  # before the items: a hundred thousand wrong ones would each be told
        return tuple(super()._deserialize(value, attr, data, **kwargs))


class CommandSchema(Schema):
    """Loads plain JSON into the frozen dataclass `makes`; unknown and missing fields are refused.

    Unknown fields are told together under UNKNOWN: a name that came from outside may hold anything,
    and the answer is kept.
    """

    makes: ClassVar[type]
    _default_error_messages = {  # noqa: RUF012 - the library declares it so
        "type": "提交的内容必须是一个对象。",
        "unknown": "没有这一项。",
    }

    def handle_error(self, error: ValidationError, data: Any, **_kwargs: Any) -> None:
        """Raise the error again without the names of unknown fields."""
        told = error.messages
        names = {field.data_key or name for name, field in self.fields.items()}
        if not isinstance(told, dict) or told.keys() <= names | {SCHEMA}:
            return
        known = {name: told[name] for name in told if name in names}
        raise ValidationError({**known, UNKNOWN: ["提交了没有的项。"]}) from error

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> Any:
        return self.makes(**data)
