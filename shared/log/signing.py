"""Who signs a checkpoint, and who checks that they did (C2SP signed-note, tlog-cosignature).

A signature line is kept without its newline: a dash, the key's name, base64 of the key id
(4 bytes) and what the algorithm puts after it.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.log.checkpoint_text import Checkpoint, NoteError, check_name, from_base64

AT_MAX: Final = 2**63 - 1
_LINE: Final = re.compile(r"— ([^ ]+) ([^ ]+)")
_VKEY: Final = re.compile(r"([^+]+)\+([0-9a-f]{8})\+(.+)")


class Algorithm(IntEnum):
    """The byte that says what a key signs and how; lines of other algorithms are kept unread."""

    LOG = 0x01
    """Ed25519 over the checkpoint's text: the log's own word."""
    COSIGNATURE = 0x04
    """Ed25519 over time and text: a witness's word, `cosignature/v1`."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A known Ed25519 key: whose it is (`name`) and its 32 public bytes. Raises NoteError.

    Without `only` it speaks for both algorithms; read from a vkey, for that key's alone.
    """

    name: str
    public_key: bytes
    only: Algorithm | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public_key) != 32:
            raise NoteError(f"an Ed25519 key has 32 bytes, not {len(self.public_key)}")

    def key_id(self, algorithm: Algorithm) -> bytes:
        """The 4 bytes by which lines of this key and algorithm are found."""
        return key_id(self.name, algorithm, self.public_key)

    def vkey(self, algorithm: Algorithm) -> str:
        """The key as it is published: name+hex(key id)+base64(algorithm and key)."""
        encoded = b64encode(bytes([algorithm]) + self.public_key).decode()
        return f"{self.name}+{self.key_id(algorithm).hex()}+{encoded}"

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """The key of a published vkey. Raises NoteError, also for an unknown algorithm."""
        parts = _VKEY.fullmatch(vkey)
        if parts is None:
            raise NoteError("a verifier key is name+id+key")
        name, identifier, encoded = parts.groups()
        algorithm, public_key = from_base64(encoded)[:1], from_base64(encoded)[1:]
        if algorithm not in [bytes([known]) for known in Algorithm]:
            raise NoteError(f"no algorithm known under 0x{algorithm.hex()}")
        verifier = cls(name, public_key, Algorithm(algorithm[0]))
        if verifier.vkey(Algorithm(algorithm[0])) != vkey:
            raise NoteError(f"key id {identifier} isn't that of the key")
        return verifier

    def signs(self, checkpoint: Checkpoint, line: str) -> bool:
        """Whether `line` is the log's signature of this checkpoint by this key."""
        signature = self.payload(line, Algorithm.LOG)
        return signature is not None and self._holds(signature, checkpoint.text())

    def cosigns(self, checkpoint: Checkpoint, line: str) -> int | None:
        """The Unix second at which this key cosigned the checkpoint by `line`, or None."""
        payload = self.payload(line, Algorithm.COSIGNATURE)
        if payload is None:
            return None
        at = int.from_bytes(payload[:8], "big")
        holds = at <= AT_MAX and self._holds(payload[8:], _timed(checkpoint, at))
        return at if holds else None

    def payload(self, line: str, algorithm: Algorithm) -> bytes | None:
        """What follows the key id in a line of this very key, unchecked; None for others' lines."""
        if self.only not in (None, algorithm):
            return None
        name, payload = read_line(line)
        ours = name == self.name and payload[:4] == self.key_id(algorithm)
        return payload[4:] if ours else None

    def _holds(self, signature: bytes, message: str) -> bool:
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public_key)
            key.verify(signature, message.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A private key and the name it signs under. Raises NoteError for a name not fit for one."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.verifier: Final = Verifier(name, key.public_key().public_bytes_raw())

    def sign(self, checkpoint: Checkpoint) -> str:
        """The log's signature line. Consistency with what was signed before is the caller's."""
        return self._line(Algorithm.LOG, self._key.sign(checkpoint.text().encode()))

    def cosign(self, checkpoint: Checkpoint, at: int) -> str:
        """The witness's line: seen consistent at Unix second `at`. ValueError for no such time."""
        if not 0 <= at <= AT_MAX:
            raise ValueError(f"no Unix second: {at}")
        signature = self._key.sign(_timed(checkpoint, at).encode())
        return self._line(Algorithm.COSIGNATURE, at.to_bytes(8, "big") + signature)

    def _line(self, algorithm: Algorithm, payload: bytes) -> str:
        encoded = b64encode(self.verifier.key_id(algorithm) + payload).decode()
        return f"— {self.verifier.name} {encoded}"


def key_id(name: str, algorithm: int, public_key: bytes) -> bytes:
    """The 4 bytes by which a line says which key signed it (signed-note, key ID)."""
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + public_key).digest()[:4]


def read_line(line: str) -> tuple[str, bytes]:
    """The name and the bytes (key id and signature) of a signature line."""
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise NoteError("a signature line is a dash, a name and base64")
    check_name(parts[1])
    payload = from_base64(parts[2])
    if len(payload) < 5:
        raise NoteError("a signature is more than its key id")
    return parts[1], payload


def _timed(checkpoint: Checkpoint, at: int) -> str:
    return f"cosignature/v1\ntime {at}\n{checkpoint.text()}"
