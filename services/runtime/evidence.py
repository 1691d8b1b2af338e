"""Photos and papers of a site, each under its own SHA-256, readable by their owner only.

The log holds hash and size; the bytes lie here and nowhere else, `evidence/0a/0a3f…` in the site's
folder. They show people: a backup of the site doesn't take them along, see docs/evidence.md.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from services.runtime.home import Home, NoSite

CHUNK_BYTES = 1 << 20


class Found(StrEnum):
    """What lies under a hash."""

    KEPT = "kept"
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the log would name it."""

    sha256: str
    size_bytes: int


def keep(home: Home, file: Path) -> Kept:
    """Copy the file to its place, whole or not at all; again is no change. Raises NoSite."""
    if not home.is_founded:
        raise NoSite(home.path)
    kept = _measured(file)
    place = place_of(home, kept.sha256)
    if look(home, kept.sha256) is Found.KEPT:
        return kept
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.with_suffix(".half")
    half.unlink(missing_ok=True)
    with file.open("rb") as source, os.fdopen(_new(half), "wb") as target:
        while chunk := source.read(CHUNK_BYTES):
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    half.replace(place)
    return kept


def look(home: Home, sha256: str) -> Found:
    """Hash again what lies there."""
    place = place_of(home, sha256)
    if not place.is_file():
        return Found.MISSING
    return Found.KEPT if _measured(place).sha256 == sha256 else Found.ALTERED


def place_of(home: Home, sha256: str) -> Path:
    return home.path / "evidence" / sha256[:2] / sha256


def named_in(data: Iterable[Any]) -> Iterator[str]:
    """The hashes of all files that these data of facts name, each as often as it stands there."""
    for part in data:
        match part:
            case {"sha256": str(digest), "size_bytes": int()}:
                yield digest
            case dict():
                yield from named_in(part.values())
            case list() | tuple():
                yield from named_in(part)


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _measured(file: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return Kept(digest.hexdigest(), size)
