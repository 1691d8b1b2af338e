"""docker-compose.yml as it is after its anchors were followed."""

from functools import cache
from pathlib import PurePosixPath
from typing import Any

import yaml

from services.runtime.houses import NAMES
from tests.architecture.papers import ROOT
from tests.deploy.images import instructions, last_stage

SERVERS = ("postgres", "rabbitmq")
LONG_RUNNING = (*SERVERS, *NAMES)
SECRETS = "/run/secrets"


@cache
def compose() -> dict[str, Any]:
    """The whole file."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return read


def containers() -> dict[str, dict[str, Any]]:
    """Every service and job by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


JOBS = tuple(name for name in containers() if name not in LONG_RUNNING)
OURS = tuple(name for name in containers() if name not in SERVERS)


def dockerfile_of(name: str) -> str:
    """Which of our images a container runs, by the image's name."""
    image = containers()[name]["image"]
    [found] = {
        one["build"]["dockerfile"]
        for one in containers().values()
        if one["image"] == image and "build" in one
    }
    return str(found)


def user_of(name: str) -> str:
    """As whom it runs: its own word, else its image's."""
    given = containers()[name].get("user")
    return given or dict(last_stage(dockerfile_of(name)))["USER"]


def checks_health(name: str) -> bool:
    """Whether anything looks at it while it runs."""
    given = containers()[name].get("healthcheck")
    if given is not None:
        return not given.get("disable", False)
    return "HEALTHCHECK" in dict(instructions(dockerfile_of(name)))


def environment(name: str) -> dict[str, str]:
    """What a container's environment sets."""
    found: dict[str, str] = containers()[name].get("environment", {})
    return found


def secrets(name: str) -> set[str]:
    """What lies under /run/secrets."""
    return set(containers()[name].get("secrets", []))


def read_secrets(name: str) -> set[str]:
    """The secrets that its environment points to."""
    paths = [
        PurePosixPath(given) for key, given in environment(name).items() if key[-5:] == "_FILE"
    ]
    return {path.name for path in paths if str(path.parent) == SECRETS}


def mounts(name: str) -> dict[str, dict[str, Any]]:
    """Volumes and files by where they appear."""
    return {one["target"]: one for one in containers()[name].get("volumes", [])}
