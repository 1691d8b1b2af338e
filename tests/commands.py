"""Every command of `yingbao`, as `yingbao --help` and its groups name them."""

from collections.abc import Iterator, Sequence

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


def parsed(words: Sequence[str]) -> click.Context:
    """What `yingbao WORDS` would be called with; raises click's error for words it doesn't know."""
    context, rest = click.Context(main, info_name="yingbao"), list(words)
    command: click.Command = main
    name: str | None = "yingbao"
    while isinstance(command, click.Group):
        name, found, rest = command.resolve_command(context, rest)
        assert found is not None, words
        command = found
    return command.make_context(name, rest, parent=context)
