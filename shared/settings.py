"""Settings from the environment, checked once at the start. Table: deploy/settings.md.

A site's folder may hold `settings.env` (NAME=value lines); the environment wins over it. Every
setting can also be given as NAME_FILE: a file, such as a mounted secret, that holds the value.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

DEFAULT_HOME = "var/demo"
LEVELS = ("debug", "info", "warning", "error")
MODES = ("embedded", "distributed")
OPERATOR = "operator"
_PREFIX, _FILE = "YINGBAO_", "_FILE"


class SettingRefused(Exception):
    """A setting has a value that it can't have; names every such setting."""


class SettingMissing(Exception):
    """A setting that this command needs in this mode isn't there; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; every setting has a safe default or is asked for when needed."""

    home: Path
    log_format: str
    log_level: str
    mode: Literal["embedded", "distributed"]
    keys: Path
    policy: Path | None
    heartbeat_seconds: int
    workers: int
    servers: Mapping[str, str] = field(repr=False)  # addresses hold passwords: never shown

    @property
    def distributed(self) -> bool:
        return self.mode == "distributed"

    def database_url(self, service: str) -> str:
        """Where a service's run role finds its database: postgresql://role:password@host/name."""
        return _with_driver(self._server("YINGBAO_DATABASE_URL_", service))

    def owner_url(self, service: str) -> str:
        """The same database for the role that owns it and only migrates."""
        return _with_driver(self._server("YINGBAO_OWNER_URL_", service))

    def broker_url(self, who: str = OPERATOR) -> str:
        """RabbitMQ for a service, or for the operator's commands: amqp://user:password@host/vhost."""
        return self._server("YINGBAO_BROKER_URL_", who)

    def http_address(self, service: str) -> str:
        """HOST:PORT of a service's health and metrics."""
        return self._server("YINGBAO_HTTP_", service)

    def _server(self, what: str, who: str) -> str:
        name = what + who.upper()
        try:
            return self.servers[name]
        except KeyError as error:
            raise SettingMissing(f"缺少设置 {name}（见 deploy/settings.md）。") from error


def _with_driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg2://", 1)


class _SettingsSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    home = fields.String(data_key="YINGBAO_HOME", load_default=DEFAULT_HOME,
                         validate=validate.Length(min=1))  # fmt: skip
    log_format = fields.String(data_key="YINGBAO_LOG_FORMAT", load_default="console",
                               validate=validate.OneOf(("console", "json")))  # fmt: skip
    log_level = fields.String(data_key="YINGBAO_LOG_LEVEL", load_default="warning",
                              validate=validate.OneOf(LEVELS))  # fmt: skip
    mode = fields.String(data_key="YINGBAO_MODE", load_default="embedded",
                         validate=validate.OneOf(MODES))  # fmt: skip
    keys = fields.String(data_key="YINGBAO_KEYS", load_default=None,
                         validate=validate.Length(min=1))  # fmt: skip
    policy = fields.String(data_key="YINGBAO_POLICY", load_default=None,
                           validate=validate.Length(min=1))  # fmt: skip
    heartbeat_seconds = fields.Integer(data_key="YINGBAO_HEARTBEAT_SECONDS", load_default=30,
                                       validate=validate.Range(1, 600))  # fmt: skip
    workers = fields.Integer(data_key="YINGBAO_WORKERS", load_default=8,
                             validate=validate.Range(1, 64))  # fmt: skip

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        home, policy = Path(data["home"]), data["policy"]
        return data | {
            "home": home,
            "keys": Path(data["keys"] or home / "keys"),
            "policy": home / policy if policy else None,
        }


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises SettingRefused."""
    given = _from_files(environment)
    home = Path(given.get("YINGBAO_HOME") or DEFAULT_HOME)
    given = _from_files(_settings_file(home)) | given
    servers = {name: value for name, value in given.items() if name.startswith(tuple(_SERVERS))}
    wrong = [name for name, value in servers.items() if not _is_address(name, value)]
    try:
        known = _SettingsSchema().load(given)
    except ValidationError as error:
        wrong += error.normalized_messages()  # type: ignore[no-untyped-call]
    if wrong:  # their values are not told: they hold passwords
        names = "、".join(sorted(wrong))
        raise SettingRefused(f"环境变量的值不可用：{names}。可用的值见 deploy/settings.md。")
    return Settings(**known, servers=servers)


_SERVERS = {
    "YINGBAO_DATABASE_URL_": ("postgresql", "postgresql+psycopg2"),
    "YINGBAO_OWNER_URL_": ("postgresql", "postgresql+psycopg2"),
    "YINGBAO_BROKER_URL_": ("amqp", "amqps"),
    "YINGBAO_HTTP_": ("",),
}
"""What begins so is an address, of one of these schemes."""


def _is_address(name: str, value: str) -> bool:
    schemes = next(schemes for kind, schemes in _SERVERS.items() if name.startswith(kind))
    try:
        parts = urlsplit(value if schemes != ("",) else f"//{value}")
        port = parts.port
    except ValueError:  # such as a password with a slash in it that isn't written as %2F
        return False
    needs_port = schemes == ("",)
    return parts.scheme in schemes and bool(parts.hostname) and (port is not None or not needs_port)


def _settings_file(home: Path) -> dict[str, str]:
    """The lines of the site's settings.env; none where there is no such file.

    Raises SettingRefused where it can't be read.
    """
    try:
        lines = (home / "settings.env").read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingRefused(f"{home / 'settings.env'} 无法读取。") from error
    pairs = (line.partition("=") for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _from_files(environment: Mapping[str, str]) -> dict[str, str]:
    """Our own settings, those given as files read in."""
    own = {name: value for name, value in environment.items() if name.startswith(_PREFIX)}
    for name in [name for name in own if name.endswith(_FILE)]:
        try:
            said = Path(own.pop(name)).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingRefused(f"设置 {name} 指定的文件无法读取。") from error
        own.setdefault(name.removesuffix(_FILE), said)
    return own
