"""Where ids and keys come from. Injected, so that a seeded run is repeatable byte for byte."""

import hashlib
import hmac
import os
import uuid
from datetime import datetime
from typing import Protocol


class KeySource(Protocol):
    """Gives 32 secret bytes for a purpose, such as ("household", "hh-…")."""

    def __call__(self, *purpose: str) -> bytes: ...


def random_keys(*_purpose: str) -> bytes:
    """Fresh secrets from the operating system: what every real site uses."""
    return os.urandom(32)


def seeded_keys(seed: int) -> KeySource:
    """Repeatable secrets for a trial site; never for a real one."""
    root = hashlib.sha256(f"yingbao trial {seed}".encode()).digest()

    def derive(*purpose: str) -> bytes:
        return hmac.digest(root, "\x1f".join(purpose).encode(), "sha256")

    return derive


def fact_id(at: datetime, log: str, cause: str, number: int) -> str:
    """A UUIDv7 whose time is the act's and whose rest follows from its cause.

    The `number`-th fact of a cause always has the same id at the same instant, so a repeated
    append is recognised. Causes are unique: a command's id, or the id of another fact.
    """
    rest = hashlib.sha256(f"{log}\x1f{cause}\x1f{number}".encode()).digest()
    return _uuid7(int(at.timestamp() * 1000), rest)


def named_id(prefix: str, *parts: str) -> str:
    """A short stable name for a new thing, from what caused it: `case-1f0a…`, 80 bits."""
    return f"{prefix}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:20]}"


def content_uuid(*parts: str | bytes) -> uuid.UUID:
    """A UUIDv8 that stands for a content: equal contents, equal ids."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    value = int.from_bytes(digest.digest()[:16], "big")
    return uuid.UUID(int=_stamped(value, version=8))


def pseudonym(key: bytes, resident_number: str) -> str:
    """How a person appears in the log: a keyed hash of the ID number, 128 bits in hex."""
    return hmac.digest(key, resident_number.encode(), "sha256").hex()[:32]


def payload_digest(key: bytes, *parts: bytes) -> str:
    """A keyed digest of a command's name and payload: a refusal names it without holding it."""
    digest = hmac.new(key, digestmod="sha256")
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)  # large payloads are not copied
    return digest.hexdigest()


def _uuid7(milliseconds: int, rest: bytes) -> str:
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(rest[:10], "big")
    return str(uuid.UUID(int=_stamped(value, version=7)))


def _stamped(value: int, version: int) -> int:
    value = value & ~(0xF << 76) | version << 76
    return value & ~(0x3 << 62) | 0x2 << 62
