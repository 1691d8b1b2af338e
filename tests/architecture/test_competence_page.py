"""The page of competence, on paper and on the screen, is the tables that the doors go by."""

import json
from pathlib import Path

from click.testing import CliRunner

from services.cli import main
from services.cli.command_titles import COMMANDS, ROLES, SCOPES
from services.cli.competences import lines, page
from shared.competence import Role, Scope
from tests.architecture.papers import ROOT
from tests.cli.conftest import Typed, typed

__all__ = ["typed"]
NOWHERE = Path("/nonexistent")


def shown(*words: str) -> list[dict[str, object]]:
    """The rows that the command prints as JSON."""
    told = CliRunner().invoke(main, ["competence", "--json", *words], catch_exceptions=False)
    assert 0 == told.exit_code, told.output
    found: list[dict[str, object]] = json.loads(told.stdout)["commands"]
    return found


def test_the_paper_is_what_the_command_prints() -> None:
    """After a change of a table: `yingbao competence --markdown > docs/competence.md`."""
    assert page(list(lines())) == (ROOT / "docs" / "competence.md").read_text("utf-8")


def test_every_command_role_and_scope_has_its_chinese_title() -> None:
    """And no title is left of a command that is gone; none stands for two."""
    assert sorted(row.name for _, row in lines()) == sorted(COMMANDS)
    assert (set(Role), set(Scope)) == (set(ROLES), set(SCOPES))
    assert len(COMMANDS) == len(set(COMMANDS.values()))


def test_every_row_is_shown_to_programs() -> None:
    """Service, command, title, roles, scope and article, in the order of the tables."""
    expected = [
        {
            "service": service,
            "command": row.name,
            "title": COMMANDS[row.name],
            "roles": sorted(row.roles),
            "scope": row.scope.value,
            "article": row.article,
        }
        for service, row in lines()
    ]

    assert expected == shown()


def test_one_roles_part_of_one_service_can_be_asked_for() -> None:
    """Of payments a township's head may hand a roster in, and nothing else."""
    found = shown("--role", "TOWNSHIP_HEAD", "--service", "payments")

    assert ["submit_roster"] == [row["command"] for row in found]


def test_people_are_shown_the_table_in_chinese(typed: Typed) -> None:
    """Nothing cut off, the count below; no site is needed."""
    told = typed(NOWHERE, "competence", "--role", "TOWNSHIP_HEAD")

    assert 0 == told.exit_code
    for words in (
        "职责权限表",
        "职责权限表：review",
        "confirm_eligibility",
        "乡镇（街道）行政正职",
        "57号 Art 2, 21",
    ):
        assert words in told.stdout
    assert f"共 {len(shown('--role', 'TOWNSHIP_HEAD'))} 项。" in told.stdout
