"""What a signer remembers of the last checkpoint it signed, apart from the log's database.

It is written before the checkpoint is stored. So the database is at most one checkpoint behind,
and whoever rewrites or restores the database meets a signer who knows better.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shared.log.merkle import EMPTY_ROOT


class RecordUnreadable(Exception):
    """The signer's own record is there but isn't one."""


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
            kept = json.loads(text)
            root = bytes.fromhex(kept["root"])
            record = cls(kept["log"], kept["size"], root, kept["previous"], kept["at"])
            numbers = (record.size, record.previous, record.at)
            if any(type(number) is not int for number in numbers) or len(root) != 32:
                raise ValueError("no record")
        except (ValueError, KeyError, TypeError) as error:
            raise RecordUnreadable(str(path)) from error
        return record

    def save(self, path: Path) -> None:
        """Replace the file; after a power cut it holds the old record or this one, whole."""
        kept = {
            "log": self.log,
            "size": self.size,
            "root": self.root.hex(),
            "previous": self.previous,
            "at": self.at,
        }
        fresh = path.with_name(path.name + ".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name itself must survive, too
        finally:
            os.close(folder)
