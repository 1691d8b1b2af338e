"""systemd's units and environment files, as far as they are the site's business."""

from functools import cache
from pathlib import Path

from tests.architecture.papers import ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNITS = tuple(sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".env"))
ENVIRONMENTS = tuple(sorted(path.name for path in FOLDER.glob("*.env")))
_COMMENT = ("#", ";")


@cache
def unit(name: str) -> dict[str, list[tuple[str, str]]]:
    """Sections with their settings in order; a key may stand there more than once.

    Raises ValueError at a line that is neither, or that stands before any section.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    lines: list[tuple[str, str]] | None = None
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if not line.strip() or line.startswith(_COMMENT):
            continue
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line[1:-1], [])
            continue
        key, equals, value = line.partition("=")
        if lines is None or not equals or not key.isalpha():
            raise ValueError(f"{name}: {line}")
        lines.append((key, value))
    return found


def all_of(name: str, key: str, section: str = "Service") -> list[str]:
    """Every value of a key."""
    return [value for each, value in unit(name)[section] if each == key]


def one(name: str, key: str, section: str = "Service") -> str:
    """The value of a key that stands there once."""
    [found] = all_of(name, key, section)
    return found


def instance(text: str, service: str) -> str:
    """A template's text for one service."""
    return text.replace("%i", service)


def variables(path: Path) -> dict[str, str]:
    """An environment file."""
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith(_COMMENT))


def environment(name: str, service: str = "") -> dict[str, str]:
    """What a unit's EnvironmentFiles set, read from this repository instead of /etc/yingbao."""
    found: dict[str, str] = {}
    for file in all_of(name, "EnvironmentFile"):
        found |= variables(FOLDER / Path(instance(file, service)).name)
    return found


def credentials(name: str, service: str = "") -> dict[str, str]:
    """The secrets that a unit is handed: where they appear, and where they come from."""
    folder = f"/run/credentials/{name.replace('@', f'@{service}')}"
    pairs = (instance(line, service).split(":") for line in all_of(name, "LoadCredential"))
    return {f"{folder}/{into}": source for into, source in pairs}
