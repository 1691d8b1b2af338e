"""Files that people read; they name people, so only their owner may read them."""

from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a document, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
    path.chmod(0o600)
