"""The servers that tests start are real, leave nothing behind, and survive being killed."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from tests.servers import PostgresDatabase, PostgresServer, ServerMissing, postgres_bin
from tests.servers.processes import HOST, ended, state_of, wait_until


def ask(dsn: str, question: str) -> object:
    """The first column of the first row that a question brings."""
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
            assert row is not None
            return row[0]
    finally:
        connection.close()


def test_the_server_is_postgresql_15_or_newer_and_durable(postgres_server: PostgresServer) -> None:
    """What answers is a real PostgreSQL with the durability that the services insist on."""
    version = ask(postgres_server.dsn(), "SELECT version()")
    settings = [
        ask(postgres_server.dsn(), f"SHOW {name}")
        for name in ("fsync", "synchronous_commit", "listen_addresses", "unix_socket_directories")
    ]

    assert str(version).startswith("PostgreSQL ")
    assert int(str(ask(postgres_server.dsn(), "SHOW server_version_num"))) >= 150_000
    assert settings == ["on", "on", HOST, ""]


def test_each_test_gets_an_empty_database_of_its_own(postgres_database: PostgresDatabase) -> None:
    """Nothing that another test wrote is in it, and it isn't the one that others use."""
    tables = ask(
        postgres_database.dsn(),
        "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    )

    assert tables == 0
    assert postgres_database.name == ask(postgres_database.dsn(), "SELECT current_database()")
    assert postgres_database.name != postgres_database.server.create_database()


def test_a_dropped_database_takes_its_connections_along(postgres_server: PostgresServer) -> None:
    """A test that forgot to close a connection doesn't keep its database alive."""
    name = postgres_server.create_database()
    forgotten = psycopg2.connect(postgres_server.dsn(name))

    postgres_server.drop_database(name)

    with pytest.raises(psycopg2.OperationalError), forgotten.cursor() as cursor:
        cursor.execute("SELECT 1")
    forgotten.close()
    assert (
        ask(postgres_server.dsn(), f"SELECT count(*) FROM pg_database WHERE datname = '{name}'")
        == 0
    )


def test_killed_and_restarted_it_keeps_what_was_committed_and_only_that() -> None:
    """SIGKILL to every process of the server loses no committed row and keeps no other."""
    with PostgresServer() as server:
        server.run("CREATE TABLE kept (number integer)")
        server.run("INSERT INTO kept VALUES (1), (2)")
        halfway = psycopg2.connect(server.dsn())
        with halfway.cursor() as cursor:
            cursor.execute("INSERT INTO kept VALUES (3)")
        before = server.pid

        server.restart()

        assert before != server.pid
        assert ask(server.dsn(), "SELECT count(*) FROM kept") == 2
        halfway.close()


def test_a_stopped_server_leaves_neither_process_nor_folder() -> None:
    """After the with block its processes have ended and its data folder is gone."""
    with PostgresServer() as server:
        pid, folder = server.pid, server.folder
        assert pid is not None
        assert (folder / "data" / "PG_VERSION").exists()

    assert not folder.exists()
    assert state_of(pid) == "X"
    assert server.pid is None


def test_a_killed_server_that_is_not_restarted_still_leaves_no_folder() -> None:
    """Tidying up doesn't depend on the server being alive."""
    with PostgresServer() as server:
        folder = server.folder
        server.kill()
        assert server.pid is None

    assert not folder.exists()


def test_the_server_ends_when_the_test_process_is_killed(tmp_path: Path) -> None:
    """Even a test run that gets SIGKILL leaves no server running."""
    told = tmp_path / "pid"
    script = (
        "import os, sys, signal, pathlib\n"
        "from tests.servers import PostgresServer\n"
        "server = PostgresServer().__enter__()\n"
        "pathlib.Path(sys.argv[1]).write_text(f'{server.pid} {server.folder}')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script, str(told)], cwd=root, check=False)
    pid, folder = told.read_text().split()

    wait_until(lambda: ended(int(pid)), "the orphaned server ends")

    assert ended(int(pid))
    subprocess.run(["rm", "-r", folder], check=True)


def test_the_server_does_not_run_as_root(postgres_server: PostgresServer) -> None:
    """PostgreSQL refuses root, so under root the server belongs to an ordinary account."""
    owner = Path(f"/proc/{postgres_server.pid}").stat().st_uid

    assert owner != 0
    assert os.geteuid() in {0, owner}


def test_without_postgresql_one_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    """A machine without the programs gets the command to install them, not a stack of errors."""
    with pytest.raises(ServerMissing, match="apt-get install postgresql"):
        postgres_bin([tmp_path])


def test_a_postgresql_older_than_15_is_passed_over(tmp_path: Path) -> None:
    """An older version that happens to be installed isn't taken for a usable one."""
    old = tmp_path / "14" / "bin"
    new = tmp_path / "15" / "bin"
    for folder, version in ((old, "14.11"), (new, "15.6")):
        folder.mkdir(parents=True)
        (folder / "initdb").touch()
        (folder / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / "postgres").chmod(0o755)

    assert new == postgres_bin([old, new])
