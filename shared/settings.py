"""Settings from the environment, checked once at the start. Table: deploy/settings.md."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

DEFAULT_HOME = "var/demo"
LEVELS = ("debug", "info", "warning", "error")


class SettingRefused(Exception):
    """A setting has a value that it can't have; names every such setting."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; every setting has a safe default."""

    home: Path
    log_format: str
    log_level: str


class _SettingsSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    home = fields.String(data_key="YINGBAO_HOME", load_default=DEFAULT_HOME,
                         validate=validate.Length(min=1))  # fmt: skip
    log_format = fields.String(data_key="YINGBAO_LOG_FORMAT", load_default="console",
                               validate=validate.OneOf(("console", "json")))  # fmt: skip
    log_level = fields.String(data_key="YINGBAO_LOG_LEVEL", load_default="warning",
                              validate=validate.OneOf(LEVELS))  # fmt: skip

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> Settings:
        return Settings(Path(data["home"]), data["log_format"], data["log_level"])


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises SettingRefused."""
    try:
        settings: Settings = _SettingsSchema().load(dict(environment))
    except ValidationError as error:
        names = "、".join(error.normalized_messages())  # type: ignore[no-untyped-call]
        raise SettingRefused(
            f"环境变量的值不可用：{names}。可用的值见 deploy/settings.md。"
        ) from error
    return settings
