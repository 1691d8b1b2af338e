"""A site's secrets: from the environment, else from files that only the owner reads.

`YINGBAO_SECRET_<NAME>` holds 64 hex digits, or `YINGBAO_SECRET_<NAME>_FILE` names a file that
does, and both win over `keys/<name>`. Missing secrets are made
once, when the site is founded, from the site's key source (seeded on a trial site).
"""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.identity import KeySource

MODE = 0o600


class SecretMissing(Exception):
    """A secret is neither in the environment nor in the site's folder."""


class Secrets:
    """Named secrets of 32 bytes each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes:
        """The secret, or SecretMissing."""
        given = self._given(name)
        try:
            text = given if given is not None else self._file(name).read_text("ascii")
        except (FileNotFoundError, UnicodeDecodeError) as error:
            raise SecretMissing(name) from error
        try:
            secret = bytes.fromhex(text.strip())
        except ValueError:
            secret = b""
        if len(secret) != 32:
            raise SecretMissing(f"{name}（应为 64 位十六进制数）")
        return secret

    def _given(self, name: str) -> str | None:
        return os.environ.get(_setting(name))

    def _file(self, name: str) -> Path:
        given = os.environ.get(_setting(name) + "_FILE")
        return self.folder / name if given is None else Path(given)

    def signing_key(self, name: str) -> Ed25519PrivateKey:
        """A secret as an Ed25519 key."""
        return Ed25519PrivateKey.from_private_bytes(self.get(name))

    def make(self, names: tuple[str, ...], source: KeySource) -> None:
        """Make those that don't exist yet."""
        for name in names:
            if self._given(name) is None and not self._file(name).exists():
                self._write(name, source("secret", name))

    def _write(self, name: str, secret: bytes) -> None:
        """In one move and durably: a site whose key is lost can't be read any more."""
        fresh = self.folder / f".{name}.new"
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / name)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _setting(name: str) -> str:
    return "YINGBAO_SECRET_" + name.upper().replace("-", "_")
