"""A site whose databases are on a server is looked at by the same commands, with the same answers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.runtime.home import Home
from services.runtime.houses import DEFINITIONS
from services.runtime.reading import reading
from shared.database import PostgresDatabase
from tests.cli.conftest import Typed
from tests.servers.postgres import PostgresServer
from tests.servers.roles import ServerDatabases
from tests.sites import TrialSite

LOGS = ["gateway", "intake", "review", "payments", "reporting"]


def move(path: Path, databases: ServerDatabases) -> None:
    """Everything that the site's files hold, into the server's tables, as their owners."""
    databases.migrate(path)
    for definition in DEFINITIONS:
        owner = PostgresDatabase(databases.owner_url(definition.name))
        with reading(Home(path), definition.name) as there, owner.engine.begin() as here:
            for table in definition.metadata.tables.values():  # facts before what is signed of them
                rows = [dict(row) for row in there.execute(sa.select(table)).mappings()]
                if rows:
                    here.execute(sa.insert(table), rows)
        owner.close()
        for file in path.glob(f"{definition.name}.db*"):
            file.unlink()
    lines = [f"{name}={value}" for name, value in databases.environment().items()]
    (path / "settings.env").write_text("\n".join(lines), "utf-8")


@pytest.fixture
def served(
    postgres_server: PostgresServer, tmp_path: Path
) -> Iterator[tuple[Path, ServerDatabases]]:
    """A trial site with officers, signed and followed to the end, and its databases."""
    site = TrialSite(tmp_path / "site")
    site.site.checkpoint()
    site.close()
    postgres_server.start()
    databases = ServerDatabases(postgres_server)
    databases.create()
    move(site.path, databases)
    yield site.path, databases
    postgres_server.start()
    databases.drop()


def attack(databases: ServerDatabases, service: str, table: str, statement: str) -> None:
    """As the database's owner, who takes the guard away first."""
    owner = PostgresDatabase(databases.owner_url(service))
    with owner.engine.begin() as conn:
        conn.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        conn.exec_driver_sql(statement)
    owner.close()


def test_an_untouched_site_holds_with_its_books(
    served: tuple[Path, ServerDatabases], typed: Typed
) -> None:
    """Every log, its copy in the record, and the tables that doors decide by."""
    path, _ = served
    answer = typed(path, "verify", "--books", "--json")
    reports = json.loads(answer.stdout)
    assert [(f"411603/{name}", True, [], []) for name in LOGS] == [
        (r["log"], r["ok"], r["findings"], r["warnings"]) for r in reports
    ]
    assert 0 == answer.exit_code
    assert {0} == {report["unsigned"] for report in reports}


def test_what_is_shown_is_what_the_files_would_show(
    served: tuple[Path, ServerDatabases], typed: Typed
) -> None:
    """Followers at the head, the newest checkpoint, the record in the order of time."""
    path, _ = served
    status = typed(path, "follow", "status", "--json")
    assert (0, {0}) == (status.exit_code, {row["lag"] for row in json.loads(status.stdout)})
    note = typed(path, "checkpoint", "gateway")
    assert note.stdout.startswith("411603/gateway\n")
    kept = path / "kept"
    kept.write_text(note.stdout, "utf-8")
    assert 0 == typed(path, "verify", "--log", "gateway", "--checkpoint", str(kept)).exit_code
    shown = [
        json.loads(line)
        for line in typed(path, "log", "--officer", "admin", "--json").stdout.splitlines()
    ]
    assert {"admin"} == {entry["actor"]["officer"] for entry in shown}
    places = [(entry["at"], entry["log"], entry["position"]) for entry in shown]
    assert sorted(places) == places
    assert 2 + 16 == len(places)  # units, officers


def test_what_an_owner_changes_is_named(served: tuple[Path, ServerDatabases], typed: Typed) -> None:
    """In a log, in the record, and in the tables that doors decide by."""
    path, databases = served
    attack(databases, "gateway", "fact", "UPDATE fact SET officer = 'x' WHERE position = 3")
    attack(databases, "reporting", "mirror_fact",
           "UPDATE mirror_fact SET leaf = '' WHERE log = '411603/gateway' AND position = 5")  # fmt: skip
    attack(databases, "review", "appointment",
           "UPDATE appointment SET role = 'ADMINISTRATOR' WHERE officer = 'bureau-1'")  # fmt: skip
    answer = typed(path, "verify", "--books", "--json")
    found = {
        (report["log"].removeprefix("411603/"), finding["position"], finding["kind"])
        for report in json.loads(answer.stdout)
        for finding in report["findings"]
    }
    assert {
        ("gateway", 3, "column_edited"),
        ("gateway", 5, "record_edited"),
        ("review", None, "books_differ"),
    } == found
    assert 1 == answer.exit_code
    warned = {r["log"] for r in json.loads(answer.stdout) if "触发器" in "".join(r["warnings"])}
    assert {"411603/gateway", "411603/reporting"} == warned


def test_a_server_that_is_down_is_told_in_a_sentence(
    served: tuple[Path, ServerDatabases], typed: Typed
) -> None:
    """For each log, and no traceback."""
    path, databases = served
    databases.server.kill()
    answer = typed(path, "verify", "--json")
    reports = json.loads(answer.stdout)
    assert [False] * 5 == [report["ok"] for report in reports]
    assert {"unreadable"} == {f["kind"] for report in reports for f in report["findings"]}
