"""Money at the doors: marshmallow fields that give fen, with messages an officer understands."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, types

from shared.money import FEN_MAX, MoneyRefused, fen_from_text, yuan_text

_COMMON: types.ErrorMessages = {"required": "金额必须填写。", "null": "金额不能为空。"}
_FEN: types.ErrorMessages = {
    **_COMMON,
    "not_fen": "金额应为整数，单位为分。",
    "negative": "金额不能为负。",
    "too_large": f"金额太大：不能超过{yuan_text(FEN_MAX)}元。",
}
_YUAN: types.ErrorMessages = {**_COMMON, "not_text": "金额应为文字，例如 1,234.50元。"}


class Fen(fields.Field[int]):
    """Whole fen as JSON commands carry it: an int from 0 to FEN_MAX; no text, bool or fraction."""

    default_error_messages = _FEN

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("not_fen")
        if value < 0:
            raise self.make_error("negative")
        if value > FEN_MAX:
            raise self.make_error("too_large")
        return value


class YuanText(fields.Field[int]):
    """Yuan as people write it ("1,234.50元"), taken as fen; given back as "1,234.50"."""

    default_error_messages = _YUAN

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else yuan_text(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, str):
            raise self.make_error("not_text")
        try:
            return fen_from_text(value)
        except MoneyRefused as refusal:
            raise ValidationError(refusal.sentence) from refusal
