"""A site's secrets: made once, whole, for their owner; the environment wins."""

from pathlib import Path

import pytest

from services.runtime.secrets import SecretMissing, Secrets
from shared.identity import random_keys, seeded_keys


def test_what_is_missing_is_made_and_what_is_there_stays(tmp_path: Path) -> None:
    """Founding again after a crash changes no key; only the owner may read one."""
    secrets = Secrets(tmp_path)
    secrets.make(("token",), random_keys)
    first = secrets.get("token")
    secrets.make(("token", "carrier"), random_keys)
    assert first == secrets.get("token")
    assert 32 == len(secrets.get("carrier"))
    assert {0o600} == {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}


def test_a_crash_while_a_key_is_written_leaves_no_half_key(tmp_path: Path) -> None:
    """What it left behind is passed over; the key is made whole the next time."""
    (tmp_path / ".token.new").write_text("ab")
    secrets = Secrets(tmp_path)
    with pytest.raises(SecretMissing):
        secrets.get("token")
    secrets.make(("token",), seeded_keys(1))
    assert seeded_keys(1)("secret", "token") == secrets.get("token")
    assert ["token"] == [path.name for path in tmp_path.iterdir()]


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is written for what it holds."""
    monkeypatch.setenv("YINGBAO_SECRET_LOG_REVIEW", "07" * 32)
    secrets = Secrets(tmp_path)
    secrets.make(("log-review",), random_keys)
    assert bytes([7]) * 32 == secrets.get("log-review")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "zz" * 32, "07" * 31, "07" * 33, "密" * 32])
def test_a_secret_that_is_no_key_is_named_and_not_shown(tmp_path: Path, text: str) -> None:
    """A damaged file is trouble with a name, not a traceback with its content."""
    (tmp_path / "token").write_text(text, "utf-8")
    with pytest.raises(SecretMissing) as caught:
        Secrets(tmp_path).get("token")
    assert "token" in str(caught.value)
    assert not text or text not in str(caught.value)
