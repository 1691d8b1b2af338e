"""The house's own rules on rooms and sizes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSES = ("gateway", "intake", "review", "payments", "reporting")
ROOMS = {
    "Dockerfile", "README.md", "commands", "domain", "handlers", "migrations", "projections",
    "reactions", "read_models", "refusals", "schemas", "service",
}  # fmt: skip
OWN_ROOMS = {
    "intake": {"spreadsheet"},  # a township's sheet ⇄ requests
    # one file per bank format; what people read and sign; what may be asked
    "payments": {"banks", "documents", "queries"},
    # what hangs in the village, what a household is told in writing; what waits for whom
    "review": {"documents", "queries"},
    "reporting": {"documents", "mirror", "queries"},  # the table; the second copy of every log
}
NO_ROOMS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
FILE_MAX, FUNCTION_MAX = 250, 60
# Each may be as long as this and no longer; the reason is why it isn't cut in two.
LONG_FILES = {
    "shared/carrying/follower.py": (300, "one batch's way: gap, cursor, effects, parked streams"),
    "shared/facts/payments.py": (270, "the published language of one house, read as a list"),
}  # fmt: skip


def modules() -> Iterator[tuple[str, Path]]:
    """All Python files of services and shared, by their path from the root."""
    for folder in ("services", "shared"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path


@pytest.mark.parametrize("house", HOUSES)
def test_every_service_has_the_same_rooms(house: str) -> None:
    """A folder listing is the architecture; what a house has beside it is named here."""
    found = {
        path.name if path.suffix == ".md" else path.stem
        for path in (ROOT / "services" / house).iterdir()
        if not path.name.startswith("__")
    }
    assert ROOMS | OWN_ROOMS.get(house, set()) == found


def test_no_module_is_a_drawer_for_this_and_that() -> None:
    """A module that is no room has no place."""
    named = [name for name, path in modules() if NO_ROOMS & {*path.parts, path.stem}]
    assert [] == named


def test_no_file_is_longer_than_a_thought() -> None:
    """At most 250 lines; an exception has its reason and its own limit."""
    limits = {name: most for name, (most, _) in LONG_FILES.items()}
    long = [
        (name, count)
        for name, path in modules()
        if (count := len(path.read_text("utf-8").splitlines())) > limits.get(name, FILE_MAX)
    ]
    assert [] == long


def test_every_exception_is_still_a_file() -> None:
    """A list that outlives its files hides the next one."""
    assert [] == [name for name in LONG_FILES if not (ROOT / name).exists()]


def test_no_function_is_longer_than_a_page() -> None:
    """At most 60 lines, without exception."""
    long = [
        (name, node.name, length)
        for name, path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_MAX
    ]
    assert [] == long
