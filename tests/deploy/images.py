"""Dockerfiles as what they do: instructions in order, what they copy, as whom they run."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from services.runtime.houses import NAMES
from tests.architecture.papers import ROOT

OPERATOR = "deploy/operator/Dockerfile"
DOCKERFILES = (*(f"services/{name}/Dockerfile" for name in NAMES), OPERATOR)
ENTRYPOINT = ["python", "-m", "services.cli"]


def instructions(dockerfile: str) -> list[tuple[str, str]]:
    """Word and rest of every instruction, lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / dockerfile).read_text("utf-8"), flags=re.MULTILINE)
    lines = [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [
        (word, " ".join(rest.split())) for word, _, rest in (one.partition(" ") for one in lines)
    ]


def last_stage(dockerfile: str) -> list[tuple[str, str]]:
    """What makes the image that runs."""
    found = instructions(dockerfile)
    start = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def only(dockerfile: str, word: str) -> str:
    """The one instruction of this kind in the image that runs."""
    [found] = [rest for each, rest in last_stage(dockerfile) if each == word]
    return found


def words(dockerfile: str, word: str) -> list[str]:
    """An instruction in exec form."""
    found: list[str] = json.loads(only(dockerfile, word))
    return found


def health_words(dockerfile: str) -> list[str]:
    """What an image's HEALTHCHECK runs."""
    found: list[str] = json.loads(only(dockerfile, "HEALTHCHECK").partition(" CMD ")[2])
    return found


def environment(dockerfile: str) -> dict[str, str]:
    """What the image sets."""
    return dict(pair.split("=", 1) for pair in only(dockerfile, "ENV").split(" "))


def copies(dockerfile: str) -> Iterator[tuple[str, str]]:
    """Source in the repository and target in the image, every stage."""
    for word, rest in instructions(dockerfile):
        if word == "COPY" and not rest.startswith("--from="):
            *sources, target = rest.split(" ")
            yield from ((source, target) for source in sources)


def build(dockerfile: str, folder: Path) -> Path:
    """The tree that an image holds, in `folder`: exactly what the Dockerfile copies to /app."""
    for source, target in copies(dockerfile):
        if target.startswith("/"):  # of the stage that only installs packages
            continue
        if source.endswith("/"):
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "Dockerfile")
            shutil.copytree(ROOT / source, folder / target, ignore=ignored)
        else:
            (folder / target).mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, folder / target)
    return folder
