"""A database and two roles for each service, as deploy/postgres/roles.sh makes them."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from services.runtime.houses import NAMES
from tests.servers import PostgresServer, postgres_bin
from tests.servers.processes import HOST

ROLES = Path(__file__).parents[2] / "deploy" / "postgres" / "roles.sh"
PASSWORDS = {
    f"{role}_PASSWORD_{name.upper()}": f'it\'s "{role}" of {name}'
    for role in ("OWNER", "RUN")
    for name in NAMES
}


def roles(server: PostgresServer, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    where = {"PGHOST": HOST, "PGPORT": str(server.port), "LC_ALL": "C"}
    path = {"PATH": f"{postgres_bin()}:{os.environ['PATH']}"}
    command = [str(ROLES)]
    return subprocess.run(
        command, env=path | where | given, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A cluster in which the script has run twice: it is repeatable."""
    with PostgresServer() as server:
        for _ in range(2):
            done = roles(server, PASSWORDS)
            assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
        yield server


def ask(server: PostgresServer, service: str, user: str, statement: str) -> Any:
    """As this role in this service's database, in a transaction that stays."""
    connection = psycopg2.connect(server.dsn(f"yingbao_{service}", user))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


@pytest.mark.parametrize("service", NAMES)
def test_only_owner_and_runner_may_connect(server: PostgresServer, service: str) -> None:
    """Another service's roles, even its owner, don't get in."""
    asked = (
        "SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper"
        " AND has_database_privilege(oid, current_database(), 'CONNECT') ORDER BY 1"
    )

    assert [(f"{service}_owner",), (f"{service}_run",)] == ask(server, service, "postgres", asked)


def test_nobody_connects_to_the_administrators_databases(server: PostgresServer) -> None:
    """Nor makes anything there."""
    for database in ("postgres", "template1"):
        with pytest.raises(psycopg2.OperationalError, match="permission denied"):
            psycopg2.connect(server.dsn(database, "review_owner"))


def test_the_owner_makes_tables_and_the_runner_does_not(server: PostgresServer) -> None:
    """What the runner may do beyond connecting is granted table by table."""
    ask(server, "review", "review_owner", "CREATE TABLE made (number integer)")

    for statement in ("CREATE TABLE other (n integer)", "SELECT * FROM made", "DROP TABLE made"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(server, "review", "review_run", statement)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server, "review", "review_run", "CREATE TEMPORARY TABLE t (n integer)")


def test_no_role_can_do_more_than_log_in(server: PostgresServer) -> None:
    """No superuser, no making of roles or databases, no membership in one another."""
    asked = (
        "SELECT count(*) FROM pg_roles WHERE rolname ~ '_(owner|run)$' AND"
        " (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)"
    )
    members = "SELECT count(*) FROM pg_auth_members WHERE member::regrole::text ~ '_(owner|run)$'"

    assert [(0,)] == ask(server, "review", "postgres", asked)
    assert [(0,)] == ask(server, "review", "postgres", members)


def test_text_sorts_by_code_point_everywhere(server: PostgresServer) -> None:
    """An order that doesn't change with the machine's language packages."""
    asked = "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname ~ '^yingbao_'"

    assert [("C", "UTF8")] * len(NAMES) == ask(server, "review", "postgres", asked)


def test_a_password_may_come_from_a_file_and_may_not_be_missing(
    server: PostgresServer, tmp_path: Path
) -> None:
    """A mounted secret will do; nothing at all is told by name and no role gets an empty one."""
    (tmp_path / "secret").write_text("from a file\n")
    name = "RUN_PASSWORD_REVIEW"
    others = {key: value for key, value in PASSWORDS.items() if key != name}

    from_file = roles(server, others | {f"{name}_FILE": str(tmp_path / "secret")})
    missing = roles(server, others)

    assert (0, "") == (from_file.returncode, from_file.stderr)
    assert 1 == missing.returncode
    assert f"请设置 {name} 或 {name}_FILE" in missing.stderr
