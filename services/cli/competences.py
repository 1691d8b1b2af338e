"""The table of competence of all services, as one page."""

from collections.abc import Iterator
from itertools import groupby

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from services.cli.answering import print_json
from services.cli.command_titles import ROLES, SCOPES, command_title
from services.runtime.houses import DEFINITIONS, NAMES
from shared.competence import Competence, Role

Line = tuple[str, Competence]
"""The service whose door takes the command, and its row."""

_HEAD = """# Who may: the table of competence

Which command, by whom, how far, by which article: the rows of every service's `COMMANDS`, which the doors go by. Nothing that isn't here can be done. This page is written by `yingbao competence --markdown > docs/competence.md`; `tests/architecture/test_competence_page.py` holds it to the tables.

Whoever acts needs a post of one of these roles on the day, within this scope; or stands in, by a recorded delegation, for somebody who has one. Whatever is denied is recorded under who tried. Beyond this table, on every command: nobody touches the case of a filed relative or their own (57号 Art 11); and by person, delegation included in both directions: who investigated doesn't decide, who drew a roster doesn't review it, who reviewed doesn't release.
"""


@click.command()
@click.option("--role", type=click.Choice([*Role]), help="What this role may do, and no more.")
@click.option("--service", type=click.Choice(NAMES), help="One service's table.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--markdown", is_flag=True, help="Print the page docs/competence.md.")
def competence(role: str | None, service: str | None, as_json: bool, markdown: bool) -> None:
    """Show who may give which command, how far, by which article.

    Read from the tables that the services' doors go by. SYSTEM is what happens by itself, which no
    officer can ask for. No site is needed.
    """
    shown = [
        (name, row)
        for name, row in lines()
        if (role is None or role in row.roles) and (service is None or service == name)
    ]
    if as_json:
        print_json({"commands": [_json_of(line) for line in shown]})
    elif markdown:
        click.echo(page(shown), nl=False)
    else:
        _print_tables(shown)


def lines() -> Iterator[Line]:
    """Every row of every table, service by service."""
    return ((one.name, row) for one in DEFINITIONS for row in one.commands)


def page(shown: list[Line]) -> str:
    """In Markdown: a section for each service, a line for each command."""
    parts = [_HEAD]
    for service, rows in groupby(shown, key=lambda line: line[0]):
        parts.append(f"\n## {service}\n\n| command | 业务 | who | scope | article |")
        parts.append("\n|---|---|---|---|---|\n")
        parts += (_line(row) for _, row in rows)
    names = [f"| `{one}` | {title} |\n" for one, title in (*ROLES.items(), *SCOPES.items())]
    return "".join((*parts, "\n## Roles and scopes\n\n| name | 中文 |\n|---|---|\n", *names))


def _line(row: Competence) -> str:
    roles = " ".join(sorted(row.roles))
    title = command_title(row.name)
    return f"| `{row.name}` | {title} | {roles} | {row.scope.value} | {row.article} |\n"


def _json_of(line: Line) -> dict[str, object]:
    service, row = line
    return {
        "service": service,
        "command": row.name,
        "title": command_title(row.name),
        "roles": sorted(row.roles),
        "scope": row.scope,
        "article": row.article,
    }


def _print_tables(shown: list[Line]) -> None:
    """One for each service; a command's name is never cut, or it couldn't be searched."""
    console = Console()
    for service, rows in groupby(shown, key=lambda line: line[0]):
        others = (Column(name, overflow="fold") for name in ("业务", "谁可以办理", "范围", "依据"))
        table = Table(Column("操作", no_wrap=True), *others, title=f"职责权限表：{service}")
        for _, row in rows:
            roles = "、".join(ROLES[role] for role in sorted(row.roles))
            title, scope = command_title(row.name), SCOPES[row.scope]
            table.add_row(*map(escape, (row.name, title, roles, scope, row.article)))
        console.print(table)
    console.print(f"共 {len(shown)} 项。", highlight=False)
