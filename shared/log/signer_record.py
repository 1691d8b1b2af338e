"""What a signer remembers of the last checkpoint it signed, apart from the log's database.

It is written before the checkpoint is stored. So the database is at most one checkpoint behind,
and whoever rewrites or restores the database meets a signer who knows better.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from shared.log.merkle import EMPTY_ROOT, HASH_SIZE


class RecordUnreadable(Exception):
    """The signer's own record is there but isn't one."""


class _Kept(msgspec.Struct, frozen=True):
    """The file's JSON."""

    log: str
    size: int
    root: str
    previous: int
    at: int


@dataclass(frozen=True, slots=True)
class SignerRecord:
    """The last signed size and root, the size stored before it, and the cosignature's second."""

    log: str
    size: int
    root: bytes
    previous: int
    at: int

    @classmethod
    def empty(cls, log: str) -> Self:
        """Nothing was signed yet."""
        return cls(log, 0, EMPTY_ROOT, 0, 0)

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """The record in this file, None when there is no file. Raises RecordUnreadable."""
        try:
            text = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            kept = msgspec.json.decode(text, type=_Kept)
            root = bytes.fromhex(kept.root)
        except ValueError as error:  # of msgspec's errors, too
            raise RecordUnreadable(str(path)) from error
        if len(root) != HASH_SIZE:
            raise RecordUnreadable(str(path))
        return cls(kept.log, kept.size, root, kept.previous, kept.at)

    def save(self, path: Path) -> None:
        """Replace the file; after a power cut it holds the old record or this one, whole."""
        kept = _Kept(self.log, self.size, self.root.hex(), self.previous, self.at)
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
