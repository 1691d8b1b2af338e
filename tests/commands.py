"""Every command of `yingbao`, as `yingbao --help` and its groups name them."""

from collections.abc import Iterator

import click

from services.cli.main import main

Path = tuple[str, ...]


def every(command: click.Command = main, path: Path = ()) -> Iterator[tuple[Path, click.Command]]:
    """The command itself and all below it, each with the words that lead to it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name="yingbao")
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name
            yield from every(inner, (*path, name))


def leaves() -> dict[Path, click.Command]:
    """The commands that do something: `("follow", "status")`."""
    return {path: found for path, found in every() if not isinstance(found, click.Group)}
