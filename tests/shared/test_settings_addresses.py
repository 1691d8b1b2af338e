"""Addresses in settings: looked at before anything is started, and never told."""

from pathlib import Path

import pytest

from shared.settings import SettingRefused, load_settings

SECRET = "geheim"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YINGBAO_DATABASE_URL_REVIEW", ""),
        ("YINGBAO_DATABASE_URL_REVIEW", f"review:{SECRET}@127.0.0.1/review"),
        ("YINGBAO_DATABASE_URL_REVIEW", f"mysql://review:{SECRET}@127.0.0.1/review"),
        ("YINGBAO_DATABASE_URL_REVIEW", f"postgresql://review:{SECRET}@127.0.0.1:port/review"),
        ("YINGBAO_OWNER_URL_REVIEW", f"postgresql://review:{SECRET}/x@127.0.0.1/review"),
        ("YINGBAO_BROKER_URL_OPERATOR", f"http://operator:{SECRET}@127.0.0.1/"),
        ("YINGBAO_BROKER_URL_OPERATOR", f"amqp://operator:{SECRET}/x@127.0.0.1:5672/yingbao"),
        ("YINGBAO_HTTP_REVIEW", "nonsense"),
        ("YINGBAO_HTTP_REVIEW", "127.0.0.1:99999"),
        ("YINGBAO_HTTP_REVIEW", "127.0.0.1"),
    ],
)
def test_what_is_no_address_is_refused_by_its_name(name: str, value: str) -> None:
    """Before a driver stumbles over it and tells half of a password."""
    with pytest.raises(SettingRefused) as refused:
        load_settings({name: value})
    assert name in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YINGBAO_DATABASE_URL_REVIEW", "postgresql://review:p%2Fw@db.example:5432/review"),
        ("YINGBAO_OWNER_URL_REVIEW", "postgresql+psycopg2://owner@127.0.0.1/review"),
        ("YINGBAO_BROKER_URL_REVIEW", "amqps://review:pw@broker.example/yingbao"),
        ("YINGBAO_HTTP_REVIEW", "0.0.0.0:8000"),
    ],
)
def test_an_address_is_taken(name: str, value: str) -> None:
    """With the driver named or not, with a port or the usual one."""
    assert value == load_settings({name: value}).servers[name]


def test_a_settings_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """With a sentence, where the operating system would only give a number."""
    (tmp_path / "settings.env").mkdir()

    with pytest.raises(SettingRefused, match=r"settings\.env 无法读取"):
        load_settings({"YINGBAO_HOME": str(tmp_path)})
