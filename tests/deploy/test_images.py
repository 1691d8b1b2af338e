"""Images: what each holds is enough for its service, and holds nothing of the others."""

import os
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

from services.runtime.houses import NAMES
from tests.architecture.papers import ROOT
from tests.commands import parsed
from tests.deploy.images import (
    DOCKERFILES,
    ENTRYPOINT,
    OPERATOR,
    build,
    copies,
    environment,
    health_words,
    instructions,
    last_stage,
    only,
    words,
)

EACH = pytest.mark.parametrize("dockerfile", DOCKERFILES)
SERVICE = pytest.mark.parametrize("service", NAMES)
LOOK = """
import importlib, importlib.util, sys
own, *others = sys.argv[1:]
for name in (f"services.{own}.service", "services.cli.main", "services.runtime.processes.serving"):
    importlib.import_module(name)
for other in others:
    assert importlib.util.find_spec(f"services.{other}") is None, f"{other} is here"
strangers = [name for name in sys.modules if name.split(".")[:1] + name.split(".")[1:2]
             in [["services", other] for other in others]]
assert not strangers, strangers
"""


def run(tree: Path, *given: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Python in an image's tree; -S keeps this repository, installed for editing, out of it."""
    packages = sysconfig.get_path("purelib")
    clean = {name: text for name, text in os.environ.items() if not name.startswith("YINGBAO_")}
    paths = {"PYTHONPATH": f"{tree}:{packages}", "PYTHONDONTWRITEBYTECODE": "1"}
    given_here = {**clean, **paths, **more}
    command = [sys.executable, "-S", *given]
    return subprocess.run(
        command, cwd=tree, env=given_here, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(params=NAMES)
def image(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A service and the tree that its image holds."""
    service = str(request.param)
    return service, build(f"services/{service}/Dockerfile", tmp_path)


def test_an_image_runs_its_own_service_without_the_others(image: tuple[str, Path]) -> None:
    """Its service, the command line and its process import; no sibling is there or imported."""
    service, tree = image
    others = [name for name in (*NAMES, "demo") if name != service]

    looked = run(tree, "-c", LOOK, service, *others)

    assert 0 == looked.returncode, looked.stderr


def test_the_commands_of_an_image_end_with_their_own_sentences(
    image: tuple[str, Path], tmp_path: Path
) -> None:
    """Run and migrate miss the site, health its address, and what needs all houses says so."""
    service, tree = image
    told = {
        ("run", service): "没有站点",
        ("migrate", service): "没有站点",
        ("health", service): f"YINGBAO_HTTP_{service.upper()}",
        ("demo",): "这里没有安装 demo",
    }
    given = {"YINGBAO_MODE": "distributed", "YINGBAO_HOME": str(tmp_path / "none")}

    for command, sentence in told.items():
        ended = run(tree, *ENTRYPOINT[1:], *command, **given)
        assert (1, "") == (ended.returncode, ended.stdout), command
        assert sentence in ended.stderr, command
        assert "Traceback" not in ended.stderr, command


def test_the_help_of_an_image_names_what_is_there(tmp_path: Path) -> None:
    """`yingbao --help` in review's image: run and not demo; in the operator's, both."""
    review = run(build("services/review/Dockerfile", tmp_path / "a"), *ENTRYPOINT[1:], "--help")
    operator = run(build(OPERATOR, tmp_path / "b"), *ENTRYPOINT[1:], "--help")

    assert (0, 0) == (review.returncode, operator.returncode)
    assert ("  run " in review.stdout, "  demo " in review.stdout) == (True, False)
    assert ("  run " in operator.stdout, "  demo " in operator.stdout) == (True, True)


def test_an_image_says_the_project_s_version(tmp_path: Path) -> None:
    """Though nothing is installed in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = run(build(OPERATOR, tmp_path), *ENTRYPOINT[1:], "--version")

    assert (0, project["version"]) == (said.returncode, said.stdout.split()[-1])


@EACH
def test_every_source_that_is_copied_exists(dockerfile: str) -> None:
    """And .dockerignore, which keeps everything else out, lets it in."""
    let_in = [
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    ]
    for source, _ in copies(dockerfile):
        assert (ROOT / source).exists()
        assert any(source.startswith(one) for one in let_in), source


@SERVICE
def test_a_service_s_image_holds_its_own_folder_and_what_all_share(service: str) -> None:
    """Nothing more; above all no folder of secrets, tests or of a site."""
    copied = {source for source, _ in copies(f"services/{service}/Dockerfile")}

    assert {
        "requirements/base.txt",
        "shared/",
        "services/__init__.py",
        "services/cli/",
        "services/runtime/",
        f"services/{service}/",
    } == copied


@EACH
def test_an_image_is_built_from_pinned_parts_and_runs_as_nobody_special(dockerfile: str) -> None:
    """Base by its tag in both stages, packages by their hashes, a numeric user who isn't root."""
    stages = [
        rest.partition(" AS ")[0] for word, rest in instructions(dockerfile) if word == "FROM"
    ]
    installs = [rest for word, rest in instructions(dockerfile) if word == "RUN" and "pip" in rest]

    assert ["python:3.11-slim-bookworm"] * 2 == stages
    assert all("--require-hashes" in one for one in installs)
    assert len(installs) == 1
    assert "10001:10001" == only(dockerfile, "USER")
    assert "ARG" not in {word for word, _ in instructions(dockerfile)}
    last = [word for word, _ in last_stage(dockerfile)]
    assert last.index("USER") > max(n for n, word in enumerate(last) if word in ("RUN", "COPY"))


@EACH
def test_an_image_s_words_are_the_command_line_s(dockerfile: str) -> None:
    """ENTRYPOINT and CMD in exec form, so that SIGTERM arrives; the command takes these words."""
    assert ENTRYPOINT == words(dockerfile, "ENTRYPOINT")
    assert "SIGTERM" == only(dockerfile, "STOPSIGNAL")
    set_here = environment(dockerfile)
    assert ("distributed", "/var/lib/yingbao/site") == (
        set_here["YINGBAO_MODE"],
        set_here["YINGBAO_HOME"],
    )
    if dockerfile == OPERATOR:
        assert ["--help"] == words(dockerfile, "CMD")
        return
    service = Path(dockerfile).parent.name
    assert ["run", service] == words(dockerfile, "CMD")
    assert [*ENTRYPOINT, "health", service] == health_words(dockerfile)
    parsed(words(dockerfile, "CMD"))
    parsed(health_words(dockerfile)[len(ENTRYPOINT) :])
