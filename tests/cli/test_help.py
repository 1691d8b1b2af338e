"""Each command explains itself."""

import click
import pytest
from click.testing import CliRunner

from services.cli import main
from tests.commands import every

DOORS = {"run", "verify", "log", "follow", "token", "import", "demo"}


COMMANDS = list(every())


def test_every_door_is_there() -> None:
    """The doors that the house promises."""
    assert DOORS <= {path[0] for path, _ in COMMANDS if path}
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
