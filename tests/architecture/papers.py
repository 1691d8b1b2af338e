"""Reading the house's papers: tables, sections, and the names that stand in backticks."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOP = ("services", "shared", "tests", "docs", "deploy", "requirements", ".ci")
PAPERS = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "deploy").glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "services").glob("*/README.md")),
    *sorted((ROOT / "shared").glob("README.md")),
)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\((?!\w+:)([^)#]+)")
_PLACE = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?(?:::\w+(?:\.\w+)*)?")
_FILE = re.compile(r"\.(?:py|md|yaml|svg|sh|txt)(?:::|$)")


def quoted(text: str) -> list[str]:
    """What stands in backticks outside of code blocks."""
    return _QUOTED.findall(_FENCE.sub("", text))


def places(paper: Path) -> Iterator[str]:
    """Paths that the paper names: `services/…`, `handlers.py::COMMANDS`, and targets of links."""
    text = paper.read_text("utf-8")
    yield from _LINK.findall(text)
    for name in quoted(text):
        if _PLACE.fullmatch(name) and (name.split("/")[0] in TOP or _FILE.search(name)):
            yield name


def found(place: str, paper: Path) -> bool:
    """Whether the place exists, seen from the paper's folder or from the repository's."""
    path, _, name = place.partition("::")
    for folder in (paper.parent, ROOT):
        if (folder / path).exists():
            return not name or name in defined(folder / path)
    return False


@cache
def defined(path: Path) -> frozenset[str]:
    """Names that a module defines: functions, classes with their members, assignments."""
    return frozenset(_names(ast.parse(path.read_text("utf-8")).body))


def _names(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name):
                yield prefix + name
            case ast.ClassDef(name=name, body=inner):
                yield prefix + name
                yield from _names(inner, f"{prefix}{name}.")
            case ast.Assign(targets=targets):
                yield from (prefix + t.id for t in targets if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield prefix + name
            case _:
                continue


def section(paper: Path, title: str) -> str:
    """The text under a heading, up to the next one; an error where there is no such heading."""
    parts = re.split(r"^#+ (.+)$", paper.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[title]


def rows(text: str) -> list[list[str]]:
    """The cells of a table's rows, without its heading."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in lines[2:]]
