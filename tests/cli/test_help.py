"""Each command explains itself."""

import click
import pytest
from click.testing import CliRunner

from services.cli import main

DOORS = {"run", "verify", "log", "follow", "token", "import", "demo"}


def _all(
    command: click.Command, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            found += _all(inner, (*path, name))
    return found


COMMANDS = _all(main)


def test_every_door_is_there() -> None:
    """The doors that the house promises."""
    assert DOORS <= set(main.commands)
    assert ("follow", "status") in [path for path, _ in COMMANDS]


@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=["-".join(p) or "yingbao" for p, _ in COMMANDS]
)
def test_every_command_has_help_worth_reading(
    path: tuple[str, ...], command: click.Command
) -> None:
    """A sentence of its own and a word on every option; no site is needed to read it."""
    shown = CliRunner().invoke(main, [*path, "--help"], env={"YINGBAO_HOME": "/nonexistent"})
    assert (0, "") == (shown.exit_code, shown.stderr)
    assert "Usage:" in shown.stdout
    assert len(command.help or "") > 20
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert [] == silent
