"""The papers say what the code does: every place, command, setting, term and key they name exists."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest

from services.demo.summary import Summary
from services.reporting.domain.titles import FACTS
from services.runtime.founding import SHARED_SECRETS
from services.runtime.houses import DEFINITIONS
from shared.facts.base import REGISTRY
from shared.service import Definition
from shared.settings import load_settings
from tests.architecture.papers import PAPERS, ROOT, found, places, quoted, rows, section
from tests.commands import leaves

SOURCES = sorted(path for top in ("services", "shared") for path in (ROOT / top).rglob("*.py"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES)
houses = pytest.mark.parametrize("house", DEFINITIONS, ids=lambda house: house.name)


def readme_of(house: Definition) -> Path:
    return ROOT / "services" / house.name / "README.md"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_place_that_a_paper_names_exists(paper: Path) -> None:
    """A path, a function written path::function, and the target of a link."""
    assert [] == [place for place in places(paper) if not found(place, paper)]


def test_the_readme_has_a_line_for_every_command() -> None:
    """The table of commands names what `yingbao --help` names, nothing less and nothing more."""
    told = [
        row[0].strip("`").split(" …")[0] for row in rows(section(ROOT / "README.md", "Commands"))
    ]

    assert sorted(" ".join(("yingbao", *path)) for path in leaves()) == sorted(told)


def test_the_readme_explains_every_key_of_the_summary() -> None:
    """In the order in which summary.json has them."""
    told = [
        key for row in rows(section(ROOT / "README.md", "summary.json")) for key in quoted(row[0])
    ]

    assert [field.name for field in fields(Summary)] == told


def test_every_setting_that_the_code_reads_is_in_the_table() -> None:
    """And the table names no setting that nobody reads."""
    table = rows(section(ROOT / "deploy" / "settings.md", "Settings"))
    read = {name.rstrip("_") for name in re.findall(r"YINGBAO_[A-Z_]+", CODE)} - {"YINGBAO"}

    assert read == {row[0].strip("`").partition("_<")[0] for row in table}


def test_the_table_gives_the_defaults_that_the_code_has() -> None:
    """What an operator who sets nothing gets."""
    table = {
        row[0].strip("`"): row[1]
        for row in rows(section(ROOT / "deploy" / "settings.md", "Settings"))
    }
    settings = load_settings({})

    assert f"`{settings.home}`" == table["YINGBAO_HOME"]
    assert f"`{settings.log_format}`" == table["YINGBAO_LOG_FORMAT"]
    assert f"`{settings.log_level}`" == table["YINGBAO_LOG_LEVEL"]


def test_every_secret_of_a_site_is_in_the_table() -> None:
    """With the house's name for those that each house has."""
    each = {f"{kind}-{house.name}" for kind in ("master", "log") for house in DEFINITIONS}
    told = {
        name
        for row in rows(section(ROOT / "deploy" / "settings.md", "Secrets"))
        for secret in quoted(row[0])
        for name in (
            [secret.replace("<house>", house.name) for house in DEFINITIONS]
            if "<house>" in secret
            else [secret]
        )
    }

    assert {*SHARED_SECRETS, *each} == told


def test_the_glossary_names_what_the_code_has() -> None:
    """Each identifier stands in the code as a whole word; each row has all three names."""
    table = rows((ROOT / "docs" / "glossary.md").read_text("utf-8"))
    words = set(re.findall(r"\w+", CODE))
    identifiers = [
        word for row in table for name in quoted(row[2]) for word in re.findall(r"\w+", name)
    ]

    assert len(table) > 50
    assert [] == [word for word in identifiers if word not in words]
    assert [] == [row for row in table if len(row) != 3 or not all(row)]


@houses
def test_a_house_tells_its_table_of_competence(house: Definition) -> None:
    """Command, roles, scope and article, in the order of COMMANDS."""
    told = [tuple(row) for row in rows(section(readme_of(house), "Commands"))]

    assert [
        (f"`{row.name}`", " ".join(sorted(row.roles)), row.scope.value, row.article)
        for row in house.commands
    ] == told


@houses
def test_a_house_tells_its_facts(house: Definition) -> None:
    """Under their published names, with the titles that readers of the record see."""
    told = {row[0].strip("`"): row[1] for row in rows(section(readme_of(house), "Facts"))}

    assert {name: FACTS[name] for name in REGISTRY if name.startswith(f"{house.name}.")} == told


@houses
def test_a_house_tells_what_it_follows(house: Definition) -> None:
    """Log and fact of every reaction."""
    told = [(row[0], row[1].strip("`")) for row in rows(section(readme_of(house), "Follows"))]

    assert [(reaction.service, reaction.fact.name) for reaction in house.reactions] == told


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_dated_and_says_what_would_change_it(decision: Path) -> None:
    """Context, decision, consequences, and the news that would reopen it."""
    headings = re.findall(r"^## (.+)$", decision.read_text("utf-8"), re.MULTILINE)

    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md", decision.name)
    assert headings == ["Context", "Decision", "Consequences", "What would change it"]


def test_every_package_that_runs_has_its_reason() -> None:
    """The record of packages names exactly those that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]]
    [record] = [path for path in DECISIONS if path.stem.endswith("packages")]

    assert sorted(asked) == sorted(row[0].strip("`") for row in rows(section(record, "Decision")))


def test_the_picture_shows_every_house_and_its_database() -> None:
    """It is well-formed, and no house is missing."""
    picture = ElementTree.parse(ROOT / "docs" / "architecture.svg")
    texts = " ".join("".join(node.itertext()) for node in picture.iter())

    assert [] == [house.name for house in DEFINITIONS if f"{house.name}.db" not in texts]
