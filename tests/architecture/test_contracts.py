"""The import contracts name every house and every room, and break when they should."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STANDS_ON_SHARED = "services stands on shared"
HOUSES_APART = "services never import one another"
ROOMS_IN_ORDER = "the rooms of a service, each standing on those below"
PURE = "what is pure knows no engine, not even through others"
CLOCKLESS = "what is pure asks no clock, no chance and no machine"
EDGE = "nameko, eventlet, kombu and amqp stay at the edge"
FIVE = {"intake", "review", "payments", "reporting", "gateway"}
ROOMS = [
    {"service"},
    {"queries"},
    {"documents", "reactions"},
    {"handlers", "mirror", "projections"},
    {"schemas", "read_models"},
    {"banks", "spreadsheet"},
    {"domain"},
    {"commands"},
    {"refusals"},
]


def contract(name: str) -> dict[str, list[str]]:
    """One contract as pyproject.toml has it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    [found] = [one for one in contracts if one["name"] == name]
    return dict(found)


def layers(name: str) -> list[set[str]]:
    """A contract's layers from top to bottom, without brackets."""
    return [
        {module.strip(" ()") for module in layer.split("|")} for layer in contract(name)["layers"]
    ]


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of this project held against another tree of modules."""
    shutil.copy(ROOT / "pyproject.toml", tree)
    linter = Path(sys.executable).with_name("lint-imports")
    words = [str(linter), "--no-cache", "--no-logo"]
    return subprocess.run(words, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """The five services and the shared rooms, with nothing in them."""
    packages = [f"services/{name}" for name in FIVE] + ["shared/facts", "shared/carrying"]
    for package in ["services", "shared", *packages]:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def test_the_contracts_name_every_house() -> None:
    """A service that nobody named would escape every rule."""
    houses = {path.parent.name for path in (ROOT / "services").glob("*/__init__.py")}
    containers = {name.removeprefix("services.") for name in contract(ROOMS_IN_ORDER)["containers"]}

    assert houses - {"cli", "demo", "runtime"} == FIVE
    assert layers(HOUSES_APART)[-1] == FIVE
    assert containers == FIVE


def test_the_contracts_name_every_room_in_its_order() -> None:
    """The order of the rooms is the order of the imports: none is forgotten or moved."""
    assert layers(ROOMS_IN_ORDER) == ROOMS


def test_empty_houses_keep_every_contract(empty_house: Path) -> None:
    """A room that isn't built yet breaks nothing."""
    told = lint(empty_house)

    assert told.returncode == 0, told.stdout + told.stderr
    assert "Contracts: 6 kept, 0 broken." in told.stdout


def test_the_edge_may_know_nameko(empty_house: Path) -> None:
    """The runtime's processes and the rabbit carrier: there the broker belongs, and only there."""
    (empty_house / "services/runtime").mkdir()
    (empty_house / "services/runtime/__init__.py").touch()
    for room in ("services/runtime/processes", "shared/carrying/rabbit"):
        (empty_house / room).mkdir()
        for module in ("__init__", "inner"):
            knowing = "import amqp\nimport eventlet\nimport kombu\nimport nameko\n"
            (empty_house / room / f"{module}.py").write_text(knowing)

    told = lint(empty_house)

    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("shared/clock", "import services.intake", STANDS_ON_SHARED),
        ("services/review/domain", "import services.intake", HOUSES_APART),
        ("services/gateway/handlers", "import services.runtime", HOUSES_APART),
        ("services/helpers", "", HOUSES_APART),
        ("services/payments/commands", "import services.payments.domain", ROOMS_IN_ORDER),
        ("services/payments/handlers", "import services.payments.projections", ROOMS_IN_ORDER),
        ("services/reporting/read_models", "import services.reporting.handlers", ROOMS_IN_ORDER),
        ("services/intake/utils", "", ROOMS_IN_ORDER),
        ("services/intake/domain", "import sqlalchemy", PURE),
        ("services/review/refusals", "import shared.database", PURE),
        ("services/gateway/commands", "import marshmallow", PURE),
        ("shared/facts/intake", "import structlog", PURE),
        *[
            (module, f"import {asked}", CLOCKLESS)
            for module, asked in (
                ("services/intake/domain", "random"),
                ("services/review/commands", "time"),
                ("services/payments/refusals", "secrets"),
                ("services/gateway/domain", "os"),
                ("shared/facts/review", "socket"),
                ("services/reporting/domain", "subprocess"),
            )
        ],
        ("services/runtime", "import nameko", EDGE),
        ("services/intake/handlers", "import nameko.rpc", EDGE),
        ("shared/carrying/local", "import kombu", EDGE),
        ("services/cli", "import eventlet", EDGE),
        ("services/intake/service", "import nameko", EDGE),
        ("shared/log", "import amqp", EDGE),
    ],
)
def test_a_wrong_import_breaks_its_contract(
    empty_house: Path, module: str, line: str, broken: str
) -> None:
    """Each rule bites as soon as a module that breaks it exists."""
    for name in ("domain", "handlers", "projections"):
        for house in ("payments", "reporting"):
            (empty_house / f"services/{house}/{name}.py").touch()
    (empty_house / "services/runtime.py").touch()
    (empty_house / "shared/database.py").write_text("import sqlalchemy\n")
    (empty_house / f"{module}.py").write_text(f"{line}\n")

    told = lint(empty_house)

    assert told.returncode == 1, told.stdout + told.stderr
    assert f"{broken} BROKEN" in told.stdout
    assert "5 kept, 1 broken" in told.stdout
