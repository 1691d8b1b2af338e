"""What a signer remembers of the checkpoints it signed, apart from the log's database.

It is written before the checkpoint is stored. So the database is at most one checkpoint behind,
and that one lies here word for word: it is stored again as it was signed, never signed anew.
Size and root follow from the newest note, and the chain from all of them, so that whoever
rewrites, joins or deletes stored checkpoints meets a signer who knows better.
"""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

import msgspec

from shared.log.merkle import EMPTY_ROOT, HASH_SIZE
from shared.log.note import Note

CHAIN_START: Final = bytes(HASH_SIZE)
"""The chain before the first checkpoint."""


class RecordUnreadable(Exception):
    """The signer's own record is there but isn't one."""


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file's JSON."""

    note: str
    previous: int
    count: int
    chain: str


@dataclass(frozen=True, slots=True)
class SignerRecord:
    """The newest note as signed, the size before it, how many there were, and their chain."""

    log: str
    size: int
    root: bytes
    note: str
    previous: int
    count: int
    chain: bytes

    @classmethod
    def empty(cls, log: str) -> Self:
        """Nothing was signed yet."""
        return cls(log, 0, EMPTY_ROOT, "", 0, 0, CHAIN_START)

    def then(self, note: Note) -> Self:
        """What is remembered after signing this one, too."""
        text, signed = note.encode(), note.checkpoint
        chain = linked(self.chain, text.encode())
        return type(self)(
            self.log, signed.size, signed.root, text, self.size, self.count + 1, chain
        )

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """The record in this file, None when there is no file. Raises RecordUnreadable."""
        try:
            text = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            kept = _decode(text)
            signed = Note.parse(kept.note).checkpoint
            chain = bytes.fromhex(kept.chain)
        except ValueError as error:  # of msgspec's and the note's errors, too
            raise RecordUnreadable(str(path)) from error
        if len(chain) != HASH_SIZE or not 0 <= kept.previous < signed.size or kept.count < 1:
            raise RecordUnreadable(str(path))
        return cls(
            signed.origin, signed.size, signed.root, kept.note, kept.previous, kept.count, chain
        )

    def save(self, path: Path) -> None:
        """Replace the file; after a power cut it holds the old record or this one, whole."""
        kept = _Kept(self.note, self.previous, self.count, self.chain.hex())
        fresh = path.with_name(path.name + ".new")
        with fresh.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(kept)))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name itself must survive, too
        finally:
            os.close(folder)


def linked(chain: bytes, note: bytes) -> bytes:
    """The chain with one more note, in UTF-8."""
    return sha256(chain + note).digest()


_decode = msgspec.json.Decoder(_Kept).decode
