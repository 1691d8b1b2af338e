"""A backup's manifest: which files it has, their sizes and SHA-256, and how far each log goes."""

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
CHUNK: Final = 1 << 20
_NAME = re.compile(r"(?:public/|signer/[a-z]+/)?[a-z][a-z0-9_-]*(?:\.[a-z]+)?")


class BackupDamaged(Exception):
    """The backup isn't what its manifest says, or has none; the message is a sentence."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Extent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a log goes: facts, and how many of them its newest checkpoint signs."""

    size: int
    signed: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds. `made_at` by the machine's clock, `site_at` by the site's, both UTC."""

    format: int
    site: str
    made_at: str
    site_at: str
    logs: dict[str, Extent]
    files: dict[str, Entry]

    def write(self, folder: Path) -> None:
        """Durably, as the last of a backup's files."""
        write_durably(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(self)) + b"\n")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises BackupDamaged unless it is one that this program understands."""
        path = folder / MANIFEST
        try:
            found = msgspec.json.decode(path.read_bytes(), type=cls)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise BackupDamaged(f"{folder} 不是完整的备份：没有 {MANIFEST}。") from error
        except (ValueError, RecursionError) as error:
            raise BackupDamaged(f"备份清单 {path} 读不懂。") from error
        if found.format != FORMAT:
            raise BackupDamaged(f"备份清单 {path} 是另一种版本（{found.format}）。")
        strange = [name for name in found.files if not _NAME.fullmatch(name)]
        if strange:
            raise BackupDamaged(f"备份清单 {path} 列有不该有的文件：{strange[0]!r}")
        return found


def write_durably(path: Path, content: bytes) -> None:
    """A new file for its owner alone, on the disk when this returns."""
    with open_private(path) as file:
        file.write(content)
        durable(file)


def open_private(path: Path) -> BinaryIO:
    """A new file that only its owner reads, from the first byte on."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def copy_durably(source: Path, target: Path) -> Entry:
    """Copy a file and say what was copied."""
    digest, size = sha256(), 0
    with source.open("rb") as old, open_private(target) as new:
        while chunk := old.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            new.write(chunk)
        durable(new)
    return Entry(size, digest.hexdigest())


def entry_of(path: Path) -> Entry:
    """What a file is now; it is on the disk when this returns."""
    with path.open("r+b") as file:
        digest = sha256()
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        durable(file)
        return Entry(file.tell(), digest.hexdigest())


def durable(file: BinaryIO) -> None:
    """What was written survives a power cut."""
    file.flush()
    os.fsync(file.fileno())


def durable_folder(path: Path) -> None:
    """The names in a folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
