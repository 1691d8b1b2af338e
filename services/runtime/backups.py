"""Backup and restore of an embedded site. What is kept, what isn't, and why: docs/backup.md.

A backup holds databases, charter, clock, public keys and the signers' records, all of one moment;
no secrets and no documents, so that it opens no personal part by itself.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from services.runtime.home import Home
from services.runtime.houses import NAMES
from services.runtime.manifest import (
    FORMAT,
    BackupDamaged,
    Entry,
    Extent,
    Manifest,
    copy_durably,
    durable_folder,
    entry_of,
    open_private,
    write_durably,
)
from services.runtime.snapshots import copy_database, one_moment
from shared.clock import instant_text

_EXTENT = (
    "SELECT (SELECT coalesce(max(position), -1) + 1 FROM fact), "
    "(SELECT coalesce(max(size), 0) FROM checkpoint)"
)


class PlaceTaken(Exception):
    """Something lies where a backup or a site is to be put; the message is a sentence."""


def back_up(home: Home, target: Path) -> Manifest:
    """Make a backup of the site, beside its writer or not. Raises NoSite, PlaceTaken.

    The small files are read in the moment in which no database can be written. A signer writes its
    record before it stores a checkpoint, and waits for that before the next: so the record read
    then is that of the newest stored checkpoint or of the one after it, as after a crash.
    """
    charter = home.charter()
    kept: dict[str, bytes] = {}
    databases = [home.database(name) for name in NAMES]
    for path in databases:
        path.stat()  # raises FileNotFoundError that names it
    with _made_whole(target) as part:
        with one_moment(databases, lambda: kept.update(_small_files(home))) as readers:
            site_at = instant_text(home.clock(charter).now())
            logs = {}
            for name, reader in zip(NAMES, readers, strict=True):
                logs[f"{charter.code}/{name}"] = Extent(*reader.execute(_EXTENT).fetchone())
                open_private(part / f"{name}.db").close()
                copy_database(reader, part / f"{name}.db")
        files = {f"{name}.db": entry_of(part / f"{name}.db") for name in NAMES}
        for name, content in kept.items():
            (part / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(part / name, content)
            files[name] = entry_of(part / name)
        manifest = Manifest(
            FORMAT, charter.code, instant_text(datetime.now(UTC)), site_at, logs, files
        )
        manifest.write(part)
    return manifest


def restore(source: Path, home: Home, signer: Path | None = None) -> Manifest:
    """Put a backup in place of a site that is gone. Raises BackupDamaged, PlaceTaken.

    Every file is held against the manifest as it is copied, beside the site's place; only a whole
    copy is moved there. `signer`: records of the signers that outlived the site, instead of those
    in the backup.
    """
    manifest = Manifest.read(source)
    missing = {"site.json", *(f"{name}.db" for name in NAMES)} - manifest.files.keys()
    if missing:
        raise BackupDamaged(f"备份不完整：清单里没有 {'、'.join(sorted(missing))}。")
    with _made_whole(home.path) as part:
        restored = Home(part)
        for folder in ("keys", "public", *(f"signer/{name}" for name in NAMES)):
            (part / folder).mkdir(mode=0o700, parents=True)
        for name, entry in manifest.files.items():
            if _copied(source / name, part / name) != entry:
                raise BackupDamaged(f"备份中的文件 {name} 与清单不符，没有恢复任何内容。")
        if signer is not None:
            _take_records(signer, restored)
    return manifest


def copy_keys(source: Path, target: Path) -> int:
    """Copy a folder of secrets, readable by their owner alone; gives how many. Raises PlaceTaken."""
    with _made_whole(target) as part:
        secrets = sorted(path for path in source.iterdir() if not path.name.startswith("."))
        for path in secrets:
            copy_durably(path, part / path.name)
    return len(secrets)


def _small_files(home: Home) -> dict[str, bytes]:
    """By their names in the site's folder. Each is replaced in one move, never half written."""
    paths = [home.charter_file, home.clock_file, home.path / "demo.json"]
    paths += sorted(home.public_key("x").parent.glob("*.vkey"))
    paths += (home.signer_state(name) for name in NAMES)
    return {str(p.relative_to(home.path)): p.read_bytes() for p in paths if p.is_file()}


def _take_records(signer: Path, restored: Home) -> None:
    """The records that outlived the site, in place of the backup's."""
    for name in NAMES:
        state = restored.signer_state(name)
        state.unlink(missing_ok=True)
        outlived = signer / name / state.name
        if outlived.exists():
            copy_durably(outlived, state)


def _copied(source: Path, target: Path) -> Entry | None:
    try:
        return copy_durably(source, target)
    except (FileNotFoundError, IsADirectoryError):
        return None


@contextmanager
def _made_whole(target: Path) -> Iterator[Path]:
    """Build a folder beside its place; it is moved there when all of it is on the disk."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PlaceTaken(f"{target} 不是空目录，没有改动。")
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.mkdir(mode=0o700)
    try:
        yield part
        for folder in (part, *(path for path in part.rglob("*") if path.is_dir())):
            durable_folder(folder)
        part.rename(target)
        durable_folder(target.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
